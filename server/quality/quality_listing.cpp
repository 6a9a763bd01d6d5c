// Why this file: see quality_listing.hpp.
#include "server/quality/quality_listing.hpp"

#include <array>
#include <vector>

#include "server/quality/field_words.hpp"
#include "server/text/csv.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::quality {
namespace {

using costing::quality::Field;

std::string_view cell_of(const costing::quality::Record& record, Field field) {
    return record.text[costing::quality::index_of(field)];
}

void add_line(const ListedCase& listed, const std::array<std::string, 10>& rest, std::string& out) {
    const costing::quality::Record& record = listed.record;
    text::append_field(out, listed.file);
    out += ',' + std::to_string(listed.row);
    for (const Field field :
         {Field::encounter, Field::record_number, Field::department, Field::coder}) {
        out += ',';
        text::append_field(out, cell_of(record, field));
    }
    for (const std::string& cell : rest) {
        out += ',';
        text::append_field(out, cell);
    }
    out += '\n';
}

}  // namespace

std::string_view listing_header() {
    return "file,row,encounter,record_number,department,coder,rule,severity,field,position,value,"
           "expected,deduct,label,message,mend\n";
}

std::string with_values(std::string_view words, const std::vector<std::string>& values) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool is_slot = words[i] == '{' && i + 2 < words.size() && words[i + 2] == '}' &&
                             words[i + 1] >= '0' && words[i + 1] <= '9';
        const auto slot = is_slot ? static_cast<std::size_t>(words[i + 1] - '0') : values.size();
        if (slot >= values.size()) {
            out.push_back(words[i]);
            continue;
        }
        out += values[slot];
        i += 2;
    }
    return out;
}

void list_hits(const costing::quality::RuleBook& rules, const ListedCase& listed,
               const costing::quality::Verdict& verdict, Language language, std::string& out) {
    const bool is_chinese = language == Language::zh;
    for (const costing::quality::Hit& hit : verdict.hits) {
        const costing::quality::Rule& rule = rules.rules[hit.rule];
        const std::vector<std::string> values{text::shown(hit.value), text::shown(hit.expected),
                                              label_of(hit.field, language),
                                              std::to_string(hit.position)};
        add_line(listed,
                 {rule.id, std::string(word_of(rule.severity)), std::string(name_of(hit.field)),
                  values[3], values[0], values[1], rule.deduct.trimmed(), values[2],
                  with_values(is_chinese ? rule.message_zh : rule.message_en, values),
                  with_values(is_chinese ? rule.mend_zh : rule.mend_en, values)},
                 out);
    }
}

void list_uncoded(const ListedCase& listed, std::string_view charge, Language language,
                  std::string& out) {
    const bool is_chinese = language == Language::zh;
    add_line(listed,
             {"~uncoded", "park", "main_diagnosis", "0", std::string(charge), "", "0",
              label_of(Field::main_diagnosis, language),
              is_chinese ? "病案尚未编码, 已挂起, 不计分"
                         : "the record is not coded: set aside, no score",
              is_chinese ? "请完成编码后重新质控" : "code it, and check again"},
             out);
}

}  // namespace yuanliu::quality
