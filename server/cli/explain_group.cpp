// Why this file: see explain_group.hpp. The case is grouped again with a trace; the groupers are
// pure, so the trace is that of the run.
#include "server/cli/explain_group.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "costing/group/group.hpp"
#include "costing/group/month_groups.hpp"
#include "server/catalogue/case_table.hpp"
#include "server/cli/grouping_text.hpp"
#include "server/cli/summary.hpp"
#include "server/text/payment_vocabulary.hpp"

namespace yuanliu::cli {
namespace {

namespace group = costing::group;
namespace json = boost::json;

constexpr std::string_view kCaseHead = "case:";
constexpr std::string_view kGroupTail = ":group";

const DischargeRecord* record_of_stay(const Month& month, EncounterId encounter) {
    for (const auto* records : {&month.discharge_records, &month.open_records}) {
        const auto found =
            std::find_if(records->begin(), records->end(),
                         [&](const DischargeRecord& one) { return one.encounter == encounter; });
        if (found != records->end()) {
            return &*found;
        }
    }
    return nullptr;
}

/// The case with what the auxiliary catalogue looks at.
struct StayOfGroup {
    const DischargeRecord* record = nullptr;
    const CaseTerms* terms = nullptr;
    const group::GroupingCase& given;
};

/// The correction of a grouped case; nothing where no auxiliary catalogue is for it.
std::optional<AuxiliaryRow> correction_of(const group::CatalogueTables& catalogue,
                                          const StayOfGroup& stay, const std::string& group_code,
                                          GroupingStatus status) {
    if (!catalogue.auxiliary || status != GroupingStatus::grouped) {
        return std::nullopt;
    }
    const group::AuxiliaryCase one =
        group::auxiliary_case_of(group_code, stay.record, stay.given, stay.terms);
    const group::AuxiliaryAnswer answer = group::auxiliary_coefficient(*catalogue.auxiliary, one);
    group::AuxiliaryReasons reasons = group::reasons_of(*catalogue.auxiliary, one, answer);
    return AuxiliaryRow{.encounter = {},
                        .coefficient = answer.coefficient,
                        .kinds = std::move(reasons.kinds),
                        .bands = std::move(reasons.bands),
                        .decided_by = std::move(reasons.decided_by),
                        .hits = static_cast<std::int64_t>(answer.hits),
                        .points = answer.points};
}

std::string correction_text(const group::CatalogueTables& catalogue, const AuxiliaryRow& row,
                            Language language) {
    std::string text =
        fmt::format("{}: {} ({})", say(language, "Auxiliary coefficient", "辅助系数"),
                    row.coefficient.trimmed(), catalogue.auxiliary->id);
    if (row.bands.empty()) {
        text += say(language, ": no band holds", ": 未命中任何分档");
    } else {
        text +=
            fmt::format(": {} {}", names_in<group::AuxiliaryKind>(language, row.kinds), row.bands);
        text += row.decided_by.empty() ? "" : fmt::format(" [{}]", row.decided_by);
    }
    return text + fmt::format("; {} {}, {} {}\n", say(language, "bands that hold", "命中分档数"),
                              row.hits, say(language, "CCI points", "CCI 分"), row.points);
}

json::array codes_json(const std::vector<group::MedicalCode>& codes) {
    json::array texts;
    for (const group::MedicalCode code : codes) {
        texts.emplace_back(code.text());
    }
    return texts;
}

/// A generated group is no row; the catalogue's list of groups may name it.
std::string name_of_group(const group::CatalogueTables& catalogue, const std::string& code,
                          const group::GroupAnswer& answer) {
    const auto row = std::find_if(catalogue.groups.begin(), catalogue.groups.end(),
                                  [&](const CatalogueRow& one) { return one.group == code; });
    return row == catalogue.groups.end() ? catalogue::group_name(catalogue, answer) : row->name;
}

/// Null where no auxiliary catalogue is for the case.
json::value correction_json(const group::CatalogueTables& catalogue,
                            const std::optional<AuxiliaryRow>& correction, Language language) {
    if (!correction) {
        return nullptr;
    }
    return json::object{{"catalogue", catalogue.auxiliary->id},
                        {"coefficient", correction->coefficient.trimmed()},
                        {"kind", correction->kinds},
                        {"kind_words", names_in<group::AuxiliaryKind>(language, correction->kinds)},
                        {"band", correction->bands},
                        {"decided_by", correction->decided_by},
                        {"hits", correction->hits},
                        {"points", correction->points}};
}

json::object object_by_catalogue(const group::CatalogueTables& catalogue,
                                 const std::string& encounter, const ExplainedCase& explained,
                                 const std::optional<AuxiliaryRow>& correction, Language language) {
    const group::GroupAnswer& answer = explained.answer;
    const std::string code = group::group_code(catalogue, explained.record, answer);
    json::array steps;
    for (const GroupingStep& step : grouping_steps(catalogue, explained.trace, language)) {
        const std::size_t begin = std::min(step.text.find_first_not_of(' '), step.text.size());
        steps.push_back(json::object{{"text", step.text.substr(begin)},
                                     {"depth", begin == 0 ? 0 : 1},
                                     {"outcome", step.outcome},
                                     {"near", step.is_near}});
    }
    return {{"encounter", encounter},
            {"catalogue", catalogue.id},
            {"status", word_of(answer.status)},
            {"status_words", words_of(answer.status, language)},
            {"reason", word_of(answer.reason)},
            {"reason_words", words_of(answer.reason, language)},
            {"level", word_of(answer.level)},
            {"level_words", words_of(answer.level, language)},
            {"group", code},
            {"name", name_of_group(catalogue, code, answer)},
            {"diagnoses", codes_json(explained.record.diagnoses)},
            {"procedures", codes_json(explained.record.procedures)},
            {"deciding_codes", codes_json(answer.codes)},
            {"auxiliary", correction_json(catalogue, correction, language)},
            {"steps", std::move(steps)}};
}

/// The rule DIP-001 has no trace: the level and the deciding codes are its reason.
struct RuleGroup {
    CaseGroup found;
    CatalogueRow row;
    [[nodiscard]] bool is_grouped() const { return found.status == CaseStatus::grouped; }
};

RuleGroup group_by_rule(const Month& month, const DischargeRecord* record) {
    RuleGroup out;
    out.found.status = CaseStatus::uncoded;
    if (record != nullptr) {
        out.found = group::Grouper(month).group(*record);
    }
    if (out.is_grouped()) {
        out.row = month.catalogue[out.found.row.index()];
    }
    return out;
}

/// The codes as the record has them, which a page marks there; of a composite group the second is
/// the class of procedures, in words.
std::vector<std::string> deciding_codes(const RuleGroup& grouped, const DischargeRecord* record,
                                        Language language) {
    if (!grouped.is_grouped() || record == nullptr) {
        return {};
    }
    // A code of a diagnosis may hold a plus itself: A18.000+M49.0*.
    std::vector<std::string> codes{record->main_diagnosis};
    const std::string& joined = grouped.found.deciding_codes;
    if (joined.size() > record->main_diagnosis.size()) {
        std::string second = joined.substr(record->main_diagnosis.size() + 1);
        const auto one = grouped.found.level == GroupingLevel::composite
                             ? parse_word<CompositeClass>(second)
                             : std::nullopt;
        codes.push_back(one ? name_in(language, *one) : std::move(second));
    }
    return codes;
}

json::array texts_json(const std::vector<std::string>& codes) {
    json::array texts;
    for (const std::string& code : codes) {
        texts.emplace_back(code);
    }
    return texts;
}

json::object object_by_rule(const std::string& encounter, const RuleGroup& grouped,
                            const DischargeRecord* record, Language language) {
    return {{"encounter", encounter},
            {"catalogue", "dip_catalogue.csv"},
            {"status", word_of(grouped.found.status)},
            {"status_words", name_in(language, grouped.found.status)},
            {"reason", ""},
            {"reason_words", ""},
            {"level", grouped.is_grouped() ? word_of(grouped.found.level) : ""},
            {"level_words", grouped.is_grouped() ? name_in(language, grouped.found.level) : ""},
            {"group", grouped.row.group},
            {"name", grouped.row.name},
            {"diagnoses", record == nullptr ? json::array() : texts_json(record->diagnoses)},
            {"procedures", record == nullptr ? json::array() : texts_json(record->procedures)},
            {"deciding_codes", texts_json(deciding_codes(grouped, record, language))},
            {"auxiliary", nullptr},
            {"steps", json::array()}};
}

std::string text_by_rule(const std::string& encounter, const RuleGroup& grouped,
                         const DischargeRecord* record, Language language) {
    std::string out =
        fmt::format("{}: {}\n{}: dip_catalogue.csv\n", say(language, "Encounter", "就诊"),
                    encounter, say(language, "Catalogue", "目录"));
    out += fmt::format("{}: {}\n", say(language, "Status", "状态"),
                       name_in(language, grouped.found.status));
    if (grouped.is_grouped()) {
        out += fmt::format("{}: {} {}\n{}: {}\n{}: {}\n", say(language, "Group", "病组"),
                           grouped.row.group, grouped.row.name, say(language, "Level", "层级"),
                           name_in(language, grouped.found.level),
                           say(language, "Deciding codes", "决定入组的编码"),
                           fmt::join(deciding_codes(grouped, record, language), " + "));
    }
    return out;
}

/// How a stay is to be grouped: its record, and the catalogue if the rules have some.
struct StayToGroup {
    EncounterId encounter;
    const DischargeRecord* record = nullptr;
    const group::CatalogueTables* catalogue = nullptr;
};

/// Nothing when the month has no such stay discharged, or coded so far.
std::optional<StayToGroup> find_stay(const usecase::ComputeOutcome& outcome,
                                     const std::string& encounter) {
    const Month& month = outcome.loaded.month;
    const auto stay = std::find_if(month.encounters.begin(), month.encounters.end(),
                                   [&](const Encounter& one) { return one.code == encounter; });
    if (stay == month.encounters.end()) {
        return std::nullopt;
    }
    StayToGroup found{.encounter =
                          EncounterId(static_cast<std::size_t>(stay - month.encounters.begin()))};
    found.record = record_of_stay(month, found.encounter);
    if (stay->status != StayStatus::discharged && found.record == nullptr) {
        return std::nullopt;
    }
    if (!outcome.catalogues.empty()) {
        found.catalogue = group::catalogue_of(outcome.catalogues, stay->payer);
        if (found.catalogue == nullptr) {
            return std::nullopt;
        }
    }
    return found;
}

/// A case that is grouped once more, with its trace.
class TracedCase {
  public:
    TracedCase(const usecase::ComputeOutcome& outcome, const StayToGroup& stay)
        : given_(group::grouping_case_of(
              stay.record, outcome.result.costing.stays[stay.encounter.index()].charge())) {
        const group::CatalogueTables& catalogue = *stay.catalogue;
        group::CatalogueGrouper(catalogue).group(given_, answer_, &trace_);
        correction_ = correction_of(catalogue,
                                    {.record = stay.record,
                                     .terms = terms_of_stay(outcome.loaded.month, stay.encounter),
                                     .given = given_},
                                    group::group_code(catalogue, given_, answer_), answer_.status);
    }
    [[nodiscard]] const std::optional<AuxiliaryRow>& correction() const { return correction_; }
    [[nodiscard]] ExplainedCase of(const std::string& encounter) const {
        return {.encounter = encounter, .record = given_, .answer = answer_, .trace = trace_};
    }

  private:
    group::GroupingCase given_;
    group::GroupAnswer answer_;
    group::GroupingTrace trace_;
    std::optional<AuxiliaryRow> correction_;
};

}  // namespace

std::optional<std::string> encounter_of_group_cell(const std::string& cell) {
    if (!cell.starts_with(kCaseHead) || !cell.ends_with(kGroupTail) ||
        cell.size() <= kCaseHead.size() + kGroupTail.size()) {
        return std::nullopt;
    }
    return cell.substr(kCaseHead.size(), cell.size() - kCaseHead.size() - kGroupTail.size());
}

std::optional<json::object> grouping_object(const usecase::ComputeOutcome& outcome,
                                            const std::string& encounter, Language language) {
    const auto stay = find_stay(outcome, encounter);
    if (!stay) {
        return std::nullopt;
    }
    if (stay->catalogue == nullptr) {
        return object_by_rule(encounter, group_by_rule(outcome.loaded.month, stay->record),
                              stay->record, language);
    }
    const TracedCase traced(outcome, *stay);
    return object_by_catalogue(*stay->catalogue, encounter, traced.of(encounter),
                               traced.correction(), language);
}

std::optional<std::string> explain_group_of(const usecase::ComputeOutcome& outcome,
                                            const std::string& encounter, bool as_json,
                                            Language language) {
    if (as_json) {
        const auto object = grouping_object(outcome, encounter, language);
        return object ? std::optional(json::serialize(*object) + "\n") : std::nullopt;
    }
    const auto stay = find_stay(outcome, encounter);
    if (!stay) {
        return std::nullopt;
    }
    if (stay->catalogue == nullptr) {
        return text_by_rule(encounter, group_by_rule(outcome.loaded.month, stay->record),
                            stay->record, language);
    }
    const TracedCase traced(outcome, *stay);
    std::string text = grouping_explanation(*stay->catalogue, traced.of(encounter), language);
    if (traced.correction()) {
        text += correction_text(*stay->catalogue, *traced.correction(), language);
    }
    return text;
}

}  // namespace yuanliu::cli
