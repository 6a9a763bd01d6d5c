// Why this file: see settlement_folder.hpp; and estimates from the cases of result folders, trusted
// only when their hash is that of the certificate (docs/settlement.md §3.1).
#include "server/settle/settlement_folder.hpp"

#include <boost/json/parse.hpp>
#include <map>

#include "costing/base/int128.hpp"
#include "costing/settle/settlement.hpp"
#include "server/catalogue/plain_table.hpp"
#include "server/settle/settlement_draft.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/sha256.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::settle {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostFindings = 200;

std::string member_text(const json::value* value, std::string_view key) {
    const json::object* object = value == nullptr ? nullptr : value->if_object();
    const json::value* found = object == nullptr ? nullptr : object->if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

/// What the certificate says of a table; null if it has none of that name.
const json::value* table_entry(const json::value& certificate, std::string_view table) {
    const json::object* root = certificate.if_object();
    const json::value* tables = root == nullptr ? nullptr : root->if_contains("tables");
    return tables != nullptr && tables->is_object() ? tables->get_object().if_contains(table)
                                                    : nullptr;
}

struct CertifiedResult {
    Period period;
    bool has_auxiliary = false;   ///< auxiliary.csv is there
    bool has_fund_parts = false;  ///< fund_parts.csv is there
    bool has_policies = false;    ///< case_policies.csv is there
};

/// A result whose cases.csv, and the further tables below if it has them, are the certified ones;
/// else a finding.
std::optional<CertifiedResult> certified_result(const std::filesystem::path& result,
                                                intake::FindingList& findings) {
    std::string reason;
    const auto certificate = text::MappedFile::open(result / "certificate.json", reason);
    if (!certificate) {
        findings.add(FindingCode::settle_result_unusable, {}, {result.string(), reason});
        return std::nullopt;
    }
    boost::system::error_code error;
    const json::value document = json::parse(certificate->bytes(), error);
    const auto period = error ? std::nullopt : Period::parse(member_text(&document, "period"));
    for (const char* table :
         {"cases.csv", "auxiliary.csv", "fund_parts.csv", "case_policies.csv"}) {
        if (table != std::string_view("cases.csv") && table_entry(document, table) == nullptr) {
            continue;
        }
        const auto file = text::MappedFile::open(result / table, reason);
        if (!file) {
            findings.add(FindingCode::settle_result_unusable, {}, {result.string(), reason});
            return std::nullopt;
        }
        if (!period || member_text(table_entry(document, table), "sha256") !=
                           text::sha256_hex(file->bytes())) {
            findings.add(FindingCode::settle_result_unusable, {},
                         {result.string(), "sha256 of " + std::string(table)});
            return std::nullopt;
        }
    }
    return CertifiedResult{.period = *period,
                           .has_auxiliary = table_entry(document, "auxiliary.csv") != nullptr,
                           .has_fund_parts = table_entry(document, "fund_parts.csv") != nullptr,
                           .has_policies = table_entry(document, "case_policies.csv") != nullptr};
}

/// One decimal column of a result's table, by encounter.
using FigureByCase = std::map<std::string, std::int64_t, std::less<>>;

FigureByCase read_figures(const std::filesystem::path& file, std::string_view column, int scale,
                          intake::FindingList& findings) {
    FigureByCase figures;
    catalogue::read_plain_table(
        file, {.required = {"encounter", column}, .optional = {}, .own_names = {}}, findings,
        [&](const catalogue::PlainRow& row) {
            if (const auto figure = parse_decimal(row[column], scale, kMaxRowFen)) {
                figures.emplace(row["encounter"], *figure);
            }
        });
    return figures;
}

/// What a policy multiplied the score by, of the cases that it pays; none of those whose payment is
/// no product of score and coefficients.
using PolicyFactors = std::map<std::string, std::optional<std::int64_t>, std::less<>>;

PolicyFactors read_policy_factors(const std::filesystem::path& file,
                                  intake::FindingList& findings) {
    PolicyFactors factors;
    const catalogue::PlainTableSpec spec{
        .required = {"encounter", "basis", "coefficient", "points"},
        .optional = {},
        .own_names = {}};
    catalogue::read_plain_table(file, spec, findings, [&](const catalogue::PlainRow& row) {
        const bool is_product = !row["points"].empty() && row["basis"] != "special_points";
        factors.emplace(
            row["encounter"],
            is_product ? parse_decimal(row["coefficient"], 6, kMaxRowQuantity) : std::nullopt);
    });
    return factors;
}

/// Whether the auxiliary coefficient is a factor of the payment: of a case by points; of a case by
/// a policy where the policy's own coefficient is that of the hospital times it.
bool applies(Rate auxiliary, Rate hospital, std::string_view basis,
             const std::optional<std::int64_t>* by_policy) {
    if (by_policy == nullptr) {
        return basis == word_of(PaymentBasis::dip);
    }
    const std::int64_t both = rounded_half_away(Int128{auxiliary.raw()} * hospital.raw(), 100);
    return *by_policy == both;
}

Money share_of(Money amount, Rate share) {
    return Money::from_raw(rounded_half_away(Int128{amount.raw()} * share.raw(), 10'000));
}

engine::Estimate estimate_of(const catalogue::PlainRow& row, Period period,
                             const ResultDefaults& defaults, const std::string& file) {
    const auto number = [&](std::string_view column, int scale) {
        const auto value = parse_decimal(row[column], scale, kMaxRowQuantity);
        if (!value && !row[column].empty()) {
            row.report(FindingCode::number_malformed, column,
                       {text::shown(row[column]), std::to_string(scale)});
        }
        return value.value_or(0);
    };
    engine::Estimate made{.encounter = std::string(row["encounter"]),
                          .recorded_on = Date::last_of(period),
                          .payer = std::string(row["payer"]),
                          .department = std::string(row["department"]),
                          .record_number = {},
                          .discharged_on = Date::first_of(period),
                          .factors = {},
                          .charge = Money::from_raw(number("charge", 2)),
                          .standard = Money::from_raw(number("payment", 2)),
                          .patient = {},
                          .where = {.file = file, .row = row.number(), .column = {}}};
    made.factors.group = std::string(row["group"]);
    made.factors.score = Points::from_raw(number("score", 4));
    made.factors.points = Points::from_raw(number("points", 4));
    made.factors.deviation = parse_word<Deviation>(row["deviation"]);
    made.factors.hospital = defaults.hospital;
    made.factors.auxiliary = Rate::from_raw(10'000);
    made.factors.point_value = defaults.point_value;
    made.patient = std::min(made.standard, share_of(made.charge, defaults.patient_share));
    return made;
}

/// What the engine finds. Of a file that has faults itself nobody can say who is not in it: false
/// findings would bury the one that matters.
void add_checks(LoadedSettlement& loaded) {
    bool has_all_payers = true;
    bool has_all_cases = true;
    for (const Finding& finding : loaded.findings) {
        const bool is_stop = finding.severity == Severity::stop;
        const std::string& file = finding.where.file;
        has_all_payers = has_all_payers && !(is_stop && file == "settlement.toml");
        has_all_cases =
            has_all_cases && !(is_stop && (file == "estimates.csv" || file.ends_with("cases.csv")));
    }
    for (Finding& finding : engine::check_settlement(loaded.input)) {
        const bool is_judged = finding.code == FindingCode::settle_case_unknown    ? has_all_cases
                               : finding.code == FindingCode::settle_payer_unknown ? has_all_payers
                                                                                   : true;
        if (is_judged) {
            loaded.findings.push_back(std::move(finding));
        }
    }
    intake::sort_findings(loaded.findings);
}

}  // namespace

void read_result(SettlementDraft& draft, const std::filesystem::path& result) {
    const std::string file = (result.filename() / "cases.csv").string();
    intake::FindingList& findings = draft.book.of(file);
    const auto certified = certified_result(result, findings);
    if (!certified) {
        return;
    }
    FigureByCase corrections;
    FigureByCase patients;
    PolicyFactors policies;
    if (certified->has_auxiliary) {
        corrections = read_figures(result / "auxiliary.csv", "coefficient", Rate::kScale, findings);
    }
    if (certified->has_fund_parts) {
        patients = read_figures(result / "fund_parts.csv", "patient_paid", Money::kScale, findings);
    }
    if (certified->has_policies) {
        policies = read_policy_factors(result / "case_policies.csv", findings);
    }
    const catalogue::PlainTableSpec spec{
        .required = {"encounter", "department", "payer", "group", "score", "deviation", "points",
                     "basis", "charge", "payment"},
        .optional = {},
        .own_names = {}};
    catalogue::read_plain_table(
        result / "cases.csv", spec, findings, [&](const catalogue::PlainRow& row) {
            const auto defaults = draft.defaults.find(row["payer"]);
            draft.input.estimates.push_back(estimate_of(
                row, certified->period,
                defaults == draft.defaults.end() ? ResultDefaults() : defaults->second, file));
            engine::Estimate& made = draft.input.estimates.back();
            const auto corrected = corrections.find(row["encounter"]);
            const auto policy = policies.find(row["encounter"]);
            if (corrected != corrections.end() &&
                applies(Rate::from_raw(corrected->second), made.factors.hospital, row["basis"],
                        policy == policies.end() ? nullptr : &policy->second)) {
                made.factors.auxiliary = Rate::from_raw(corrected->second);
            }
            const auto patient = patients.find(row["encounter"]);
            if (patient != patients.end()) {
                made.patient = Money::from_raw(patient->second);
            }
        });
}

LoadedSettlement read_settlement(const std::filesystem::path& folder,
                                 std::span<const std::filesystem::path> results) {
    SettlementDraft draft(folder, kMostFindings);
    LoadedSettlement loaded;
    if (read_settings(draft)) {
        read_event_tables(draft);
        read_reply_files(draft);
        for (const std::filesystem::path& result : results) {
            read_result(draft, result);
        }
        if (draft.input.estimates.empty()) {
            draft.book.of("estimates.csv").add(FindingCode::file_missing, {}, {"estimates.csv"});
        }
    }
    loaded.findings = draft.book.take();
    loaded.input = std::move(draft.input);
    if (!loaded.input.estimates.empty()) {
        add_checks(loaded);
    }
    return loaded;
}

}  // namespace yuanliu::settle
