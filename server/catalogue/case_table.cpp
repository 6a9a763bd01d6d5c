// Why this file: see case_table.hpp.
#include "server/catalogue/case_table.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "server/catalogue/plain_table.hpp"
#include "server/text/csv.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

namespace group = costing::group;
using group::MedicalCode;

class CaseReader {
  public:
    CaseReader(const group::RecordChecks& checks, GroupingCases& cases)
        : checks_(checks), cases_(cases) {}

    void take(const PlainRow& row) {
        const std::string encounter(row["encounter"]);
        if (encounter.empty()) {
            row.report(FindingCode::value_missing, "encounter", {});
            return;
        }
        const auto [first, is_new] = seen_.emplace(encounter, row.number());
        if (!is_new) {
            row.report(FindingCode::duplicate_key, "encounter",
                       {text::shown(encounter), std::to_string(first->second)});
            return;
        }
        group::GroupingCase record;
        const auto sex = row.word("sex", kSexes);
        record.sex = sex && *sex < 3 ? static_cast<Sex>(*sex) : Sex::unknown;
        record.age_days = whole(row, "age_days");
        record.weight_g = whole(row, "weight_g");
        record.charge = Money::from_raw(row.decimal("charge", Money::kScale).value_or(0));
        add_codes(row, "main_diagnosis", false, record.diagnoses);
        // Without a main diagnosis the others must not move into its place.
        if (!record.diagnoses.empty()) {
            add_codes(row, "other_diagnoses", false, record.diagnoses);
        }
        add_codes(row, "procedures", true, record.procedures);
        if (!record.procedures.empty() &&
            checks_.grey_procedures.contains(record.procedures.front())) {
            row.report(FindingCode::case_code_grey, "procedures",
                       {record.procedures.front().text()}, Severity::warn);
        }
        cases_.encounters.push_back(encounter);
        cases_.cases.push_back(std::move(record));
        cases_.rows.push_back(row.number());
    }

  private:
    static std::int32_t whole(const PlainRow& row, std::string_view column) {
        return static_cast<std::int32_t>(
            row.decimal(column, 0).value_or(group::GroupingCase::kUnknown));
    }

    void add_codes(const PlainRow& row, std::string_view column, bool is_procedure,
                   std::vector<MedicalCode>& codes) const {
        const bool has_table = is_procedure ? checks_.has_procedures : checks_.has_diagnoses;
        const auto& known = is_procedure ? checks_.procedures : checks_.diagnoses;
        std::string_view rest = row[column];
        while (!rest.empty()) {
            const std::string_view text = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(text.size() + 1, rest.size()));
            const auto code = MedicalCode::parse(text);
            if (!code) {
                row.report(FindingCode::medical_code_malformed, column, {text::shown(text)});
                continue;
            }
            // An unknown main diagnosis fails the checks, which say so.
            if (has_table && column != "main_diagnosis" && !known.contains(*code)) {
                row.report(FindingCode::case_code_unknown, column, {code->text()}, Severity::warn);
            }
            codes.push_back(*code);
        }
    }

    const group::RecordChecks& checks_;
    GroupingCases& cases_;
    std::map<std::string, std::int64_t, std::less<>> seen_;
};

}  // namespace

GroupingCases read_cases(const std::filesystem::path& path, const group::RecordChecks& checks) {
    GroupingCases cases;
    intake::FindingList findings(path.filename().string(), 200);
    CaseReader reader(checks, cases);
    const PlainTableSpec spec{.required = {"encounter", "sex", "age_days", "weight_g", "charge",
                                           "main_diagnosis", "other_diagnoses", "procedures"},
                              .optional = {},
                              .own_names = {}};
    read_plain_table(path, spec, findings, [&](const PlainRow& row) { reader.take(row); });
    findings.flush_to(cases.findings);
    intake::sort_findings(cases.findings);
    return cases;
}

std::string group_name(const group::CatalogueTables& catalogue, const group::GroupAnswer& answer) {
    if (answer.row == group::GroupAnswer::kNoRow) {
        return {};
    }
    return catalogue.drg ? catalogue.drg->drgs[answer.row].name
                         : catalogue.dip->rows[answer.row].name;
}

std::string answers_as_csv(const LoadedCatalogue& catalogue, const GroupingCases& cases,
                           const std::vector<group::GroupAnswer>& answers) {
    std::string out = "encounter,status,reason,level,group,name,deciding_codes,catalogue\n";
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const group::GroupAnswer& answer = answers[i];
        std::string codes;
        for (const MedicalCode code : answer.codes) {
            codes += (codes.empty() ? "" : ";") + code.text();
        }
        const std::string group_of_case = group_code(catalogue, cases.cases[i], answer);
        const std::string name = group_name(catalogue, answer);
        const std::array<std::string_view, 8> fields{cases.encounters[i],
                                                     word_of(answer.status),
                                                     word_of(answer.reason),
                                                     word_of(answer.level),
                                                     group_of_case,
                                                     name,
                                                     codes,
                                                     catalogue.id};
        out += text::render_row(fields);
        out += '\n';
    }
    return out;
}

}  // namespace yuanliu::catalogue
