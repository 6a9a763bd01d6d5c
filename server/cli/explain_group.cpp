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
#include "server/cli/grouping_text.hpp"
#include "server/cli/summary.hpp"
#include "server/text/vocabulary.hpp"

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
    const std::string& encounter;
    const DischargeRecord* record = nullptr;
    const CaseTerms* terms = nullptr;
    group::GroupingCase given;
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
        text += fmt::format(": {} {}", row.kinds, row.bands);
        text += row.decided_by.empty() ? "" : fmt::format(" [{}]", row.decided_by);
    }
    return text + fmt::format("; {} {}, {} {}\n", say(language, "bands that hold", "命中分档数"),
                              row.hits, say(language, "CCI points", "CCI 分"), row.points);
}

std::string explain_by_catalogue(const group::CatalogueTables& catalogue, const StayOfGroup& stay,
                                 bool as_json, Language language) {
    const std::string& encounter = stay.encounter;
    const group::GroupingCase& given = stay.given;
    group::GroupAnswer answer;
    group::GroupingTrace trace;
    group::CatalogueGrouper(catalogue).group(given, answer, &trace);
    const std::string group_code = group::group_code(catalogue, given, answer);
    const auto correction = correction_of(catalogue, stay, group_code, answer.status);
    if (!as_json) {
        const std::string text = grouping_explanation(
            catalogue, {.encounter = encounter, .record = given, .answer = answer, .trace = trace},
            language);
        return correction ? text + correction_text(catalogue, *correction, language) : text;
    }
    json::array codes;
    for (const group::MedicalCode code : answer.codes) {
        codes.emplace_back(code.text());
    }
    json::array steps;
    for (const std::string& step : grouping_steps(catalogue, trace, language)) {
        steps.emplace_back(step);
    }
    json::object out{{"encounter", encounter},
                     {"catalogue", catalogue.id},
                     {"status", word_of(answer.status)},
                     {"reason", word_of(answer.reason)},
                     {"level", word_of(answer.level)},
                     {"group", group_code},
                     {"deciding_codes", std::move(codes)},
                     {"steps", std::move(steps)}};
    if (correction) {
        out["auxiliary"] = json::object{{"catalogue", catalogue.auxiliary->id},
                                        {"coefficient", correction->coefficient.trimmed()},
                                        {"kind", correction->kinds},
                                        {"band", correction->bands},
                                        {"decided_by", correction->decided_by},
                                        {"hits", correction->hits},
                                        {"points", correction->points}};
    }
    return json::serialize(out) + "\n";
}

/// The rule DIP-001 has no trace: the level and the deciding codes are its reason.
std::string explain_by_rule(const Month& month, const std::string& encounter,
                            const DischargeRecord* record, bool as_json, Language language) {
    CaseGroup found;
    found.status = CaseStatus::uncoded;
    if (record != nullptr) {
        found = group::Grouper(month).group(*record);
    }
    const bool is_grouped = found.status == CaseStatus::grouped;
    const CatalogueRow row = is_grouped ? month.catalogue[found.row.index()] : CatalogueRow();
    if (as_json) {
        return json::serialize(json::object{{"encounter", encounter},
                                            {"catalogue", "dip_catalogue.csv"},
                                            {"status", word_of(found.status)},
                                            {"level", is_grouped ? word_of(found.level) : ""},
                                            {"group", row.group},
                                            {"deciding_codes", found.deciding_codes}}) +
               "\n";
    }
    std::string out =
        fmt::format("{}: {}\n{}: dip_catalogue.csv\n", say(language, "Encounter", "就诊"),
                    encounter, say(language, "Catalogue", "目录"));
    out += fmt::format("{}: {}\n", say(language, "Status", "状态"), word_of(found.status));
    if (is_grouped) {
        out += fmt::format("{}: {} {}\n{}: {}\n{}: {}\n", say(language, "Group", "病组"), row.group,
                           row.name, say(language, "Level", "层级"), name_in(language, found.level),
                           say(language, "Deciding codes", "决定入组的编码"), found.deciding_codes);
    }
    return out;
}

}  // namespace

std::optional<std::string> encounter_of_group_cell(const std::string& cell) {
    if (!cell.starts_with(kCaseHead) || !cell.ends_with(kGroupTail) ||
        cell.size() <= kCaseHead.size() + kGroupTail.size()) {
        return std::nullopt;
    }
    return cell.substr(kCaseHead.size(), cell.size() - kCaseHead.size() - kGroupTail.size());
}

std::optional<std::string> explain_group_of(const usecase::ComputeOutcome& outcome,
                                            const std::string& encounter, bool as_json,
                                            Language language) {
    const Month& month = outcome.loaded.month;
    const auto stay = std::find_if(month.encounters.begin(), month.encounters.end(),
                                   [&](const Encounter& one) { return one.code == encounter; });
    if (stay == month.encounters.end()) {
        return std::nullopt;
    }
    const EncounterId id(static_cast<std::size_t>(stay - month.encounters.begin()));
    const DischargeRecord* record = record_of_stay(month, id);
    if (stay->status != StayStatus::discharged && record == nullptr) {
        return std::nullopt;
    }
    if (outcome.catalogues.empty()) {
        return explain_by_rule(month, encounter, record, as_json, language);
    }
    const group::CatalogueTables* catalogue = group::catalogue_of(outcome.catalogues, stay->payer);
    if (catalogue == nullptr) {
        return std::nullopt;
    }
    const Money charge = outcome.result.costing.stays[id.index()].charge();
    return explain_by_catalogue(*catalogue,
                                {.encounter = encounter,
                                 .record = record,
                                 .terms = terms_of_stay(month, id),
                                 .given = group::grouping_case_of(record, charge)},
                                as_json, language);
}

}  // namespace yuanliu::cli
