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

std::string explain_by_catalogue(const group::CatalogueTables& catalogue,
                                 const std::string& encounter, const group::GroupingCase& given,
                                 bool as_json, Language language) {
    group::GroupAnswer answer;
    group::GroupingTrace trace;
    group::CatalogueGrouper(catalogue).group(given, answer, &trace);
    if (!as_json) {
        return grouping_explanation(
            catalogue, {.encounter = encounter, .record = given, .answer = answer, .trace = trace},
            language);
    }
    json::array codes;
    for (const group::MedicalCode code : answer.codes) {
        codes.emplace_back(code.text());
    }
    json::array steps;
    for (const std::string& step : grouping_steps(catalogue, trace, language)) {
        steps.emplace_back(step);
    }
    return json::serialize(json::object{{"encounter", encounter},
                                        {"catalogue", catalogue.id},
                                        {"status", word_of(answer.status)},
                                        {"reason", word_of(answer.reason)},
                                        {"level", word_of(answer.level)},
                                        {"group", group::group_code(catalogue, given, answer)},
                                        {"deciding_codes", std::move(codes)},
                                        {"steps", std::move(steps)}}) +
           "\n";
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
    return explain_by_catalogue(*catalogue, encounter, group::grouping_case_of(record, charge),
                                as_json, language);
}

}  // namespace yuanliu::cli
