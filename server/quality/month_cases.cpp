// Why this file: see case_source.hpp. The files of a month are read by column name, so that a
// month with more columns or companion tables is checked on more fields, and one with fewer still
// is.
#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "costing/base/money.hpp"
#include "costing/base/period.hpp"
#include "costing/quality/quality_record.hpp"
#include "server/catalogue/plain_table.hpp"
#include "server/quality/case_source.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::quality {
namespace {

using catalogue::PlainRow;
using catalogue::PlainTableSpec;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kOutcomeWays{
    {{"cured", "home"},
     {"improved", "home"},
     {"transferred", "hospital"},
     {"against_advice", "against_advice"},
     {"died", "died"},
     {"other", "other"}}};

/// Charges before the month of stays that cross into it (docs/month-folder.md §4).
constexpr std::string_view kOpeningCharges = "prior/in_hospital_charges.csv";

/// One coded line of a stay, with what stands beside it.
struct CodedLine {
    std::int64_t sequence = 0;
    std::string code;
    std::map<std::string, std::string, std::less<>> details;
};

struct MonthStay {
    std::map<std::string, std::string, std::less<>> cells;  ///< by field name
    std::vector<CodedLine> diagnoses;
    std::vector<CodedLine> procedures;
    Int128 charge = 0;
    std::int64_t row = 0;
    bool is_wanted = false;
    bool lacks_opening = false;  ///< admitted before the month, and prior/ has no charge of it
};

class MonthCases {
  public:
    MonthCases(std::filesystem::path folder, intake::FindingBook& book)
        : folder_(std::move(folder)), book_(book) {}

    bool read_period() {
        std::string reason;
        const auto file = text::MappedFile::open(folder_ / "manifest.json", reason);
        boost::system::error_code error;
        const boost::json::value manifest =
            file ? boost::json::parse(file->bytes(), error) : boost::json::value();
        const auto* object = manifest.if_object();
        const auto* written = object == nullptr ? nullptr : object->if_contains("period");
        const auto* text = written == nullptr ? nullptr : written->if_string();
        const auto period = text == nullptr
                                ? std::nullopt
                                : Period::parse(std::string_view(text->data(), text->size()));
        if (!period) {
            book_.of("manifest.json")
                .add(FindingCode::quality_column_missing, {.row = 0, .column = "period"},
                     {"period"});
            return false;
        }
        first_day_ = Date::first_of(*period);
        last_day_ = Date::last_of(*period);
        return true;
    }

    void read_tables() {
        read("encounters.csv", {"encounter", "kind", "department", "discharged_on"},
             {"attending", "admitted_on", "payer", "record_number"},
             [&](const PlainRow& row) { take_encounter(row); });
        read("discharges.csv", {"encounter"}, fields_and("outcome"),
             [&](const PlainRow& row) { take_discharge(row); });
        read("stay_details.csv", {"encounter"}, fields_and({}),
             [&](const PlainRow& row) { take_cells(row); });
        read("diagnoses.csv", {"encounter", "sequence", "diagnosis"}, {},
             [&](const PlainRow& row) { take_code(row, row["diagnosis"], &MonthStay::diagnoses); });
        read(
            "procedures.csv", {"encounter", "sequence", "procedure"}, {},
            [&](const PlainRow& row) { take_code(row, row["procedure"], &MonthStay::procedures); });
        read("diagnosis_details.csv", {"encounter", "sequence"}, {"admission_condition"},
             [&](const PlainRow& row) {
                 take_detail(row, &MonthStay::diagnoses, "admission_condition",
                             "admission_conditions");
             });
        read("procedure_details.csv", {"encounter", "sequence"},
             {"level", "performed_on", "operator", "anaesthesia_way", "anaesthetist",
              "incision_healing"},
             [&](const PlainRow& row) { take_procedure_details(row); });
        if (exists(folder_ / "charge_lines.csv")) {
            columns_.emplace("detail_charge");
            read("charge_lines.csv", {"encounter", "charge"}, {},
                 [&](const PlainRow& row) { take_charge(row); });
            read(kOpeningCharges, {"encounter", "charge"}, {}, [&](const PlainRow& row) {
                if (MonthStay* stay = take_charge(row)) {
                    stay->lacks_opening = false;
                }
            });
            tell_missing_openings();
        }
    }

    void write(CaseSource& source) {
        std::vector<std::string> columns{"encounter", "main_diagnosis", "other_diagnoses",
                                         "procedures"};
        for (const std::string& name : columns_) {
            columns.push_back(name);
        }
        std::vector<const std::pair<const std::string, MonthStay>*> wanted;
        for (const auto& stay : stays_) {
            if (stay.second.is_wanted) {
                wanted.push_back(&stay);
            }
        }
        std::sort(wanted.begin(), wanted.end(),
                  [](const auto* left, const auto* right) { return left->first < right->first; });
        add_line(source.made, columns);
        for (const auto* stay : wanted) {
            std::vector<std::string> cells;
            for (const std::string& column : columns) {
                cells.push_back(cell(stay->first, stay->second, column));
            }
            add_line(source.made, cells);
            source.rows.push_back(stay->second.row);
        }
    }

  private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };

    static std::vector<std::string_view> fields_and(std::string_view more) {
        std::vector<std::string_view> names(costing::quality::kFieldNames.begin(),
                                            costing::quality::kFieldNames.end());
        std::erase(names, "encounter");
        if (!more.empty()) {
            names.push_back(more);
        }
        return names;
    }

    void read(std::string_view file, std::vector<std::string_view> required,
              std::vector<std::string_view> optional,
              const std::function<void(const PlainRow&)>& take) {
        const bool must_be_there =
            file == "encounters.csv" || file == "discharges.csv" || file == "diagnoses.csv";
        if (!must_be_there && !exists(folder_ / file)) {
            return;
        }
        columns_of_file_.clear();
        note_header(file);
        read_plain_table(
            folder_ / file,
            {.required = std::move(required), .optional = std::move(optional), .own_names = {}},
            book_.of(file), take);
    }

    /// Which columns the file at hand has; a column that is there makes its field one of ours.
    void note_header(std::string_view file) {
        std::string reason;
        const auto mapped = text::MappedFile::open(folder_ / file, reason);
        if (!mapped) {
            return;
        }
        std::string_view line = mapped->bytes().substr(0, mapped->bytes().find('\n'));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        text::RowSplitter splitter;
        if (splitter.split(line) == text::LineFault::none) {
            for (const text::Field& field : splitter.fields()) {
                columns_of_file_.emplace_back(field.value);
            }
        }
    }

    void put(MonthStay& stay, std::string_view field, std::string_view value) {
        columns_.emplace(field);
        if (!value.empty()) {
            stay.cells[std::string(field)] = std::string(value);
        }
    }

    void take_encounter(const PlainRow& row) {
        MonthStay& stay = stays_[std::string(row["encounter"])];
        for (const std::string_view field : {"department", "attending", "admitted_on",
                                             "discharged_on", "payer", "record_number"}) {
            if (std::find(columns_of_file_.begin(), columns_of_file_.end(), field) !=
                columns_of_file_.end()) {
                put(stay, field, row[field]);
            }
        }
        const auto admitted = Date::parse(row["admitted_on"]);
        stay.lacks_opening = row["kind"] == "inpatient" && admitted && *admitted < first_day_;
        const auto discharged = Date::parse(row["discharged_on"]);
        stay.is_wanted = row["kind"] == "inpatient" && discharged && *discharged >= first_day_ &&
                         *discharged <= last_day_;
    }

    MonthStay* known(const PlainRow& row) {
        const auto found = stays_.find(row["encounter"]);
        return found == stays_.end() ? nullptr : &found->second;
    }

    /// Nothing for an encounter that isn't known or a charge that is no amount.
    MonthStay* take_charge(const PlainRow& row) {
        MonthStay* stay = known(row);
        const auto charge = parse_decimal(row["charge"], Money::kScale, kMaxRowFen);
        if (stay == nullptr || !charge) {
            return nullptr;
        }
        stay->charge += *charge;
        return stay;
    }

    /// The month's lines of such a stay are a part of its charges, which nothing may be compared
    /// with.
    void tell_missing_openings() {
        std::size_t count = 0;
        std::string first;
        for (const auto& [encounter, stay] : stays_) {
            if (stay.is_wanted && stay.lacks_opening) {
                first = count == 0 || encounter < first ? encounter : first;
                ++count;
            }
        }
        if (count > 0) {
            book_.of(kOpeningCharges)
                .add(FindingCode::quality_opening_missing, {.row = 0, .column = "encounter"},
                     {std::to_string(count), first}, Severity::warn);
        }
    }

    void take_cells(const PlainRow& row) {
        MonthStay* stay = known(row);
        if (stay == nullptr) {
            return;
        }
        for (const std::string& column : columns_of_file_) {
            const auto field = costing::quality::field_named(column);
            if (!field || column == "encounter") {
                continue;
            }
            std::string value(row[column]);
            // Whole days: 2.5 days of intensive care are more than 2 of a stay.
            if (column == "icu_days") {
                if (const auto days = parse_decimal(value, 4, 1'000'000'000)) {
                    value = std::to_string((*days + 9'999) / 10'000);
                }
            }
            put(*stay, column, value);
        }
    }

    void take_discharge(const PlainRow& row) {
        MonthStay* stay = known(row);
        if (stay == nullptr) {
            return;
        }
        // A discharge of an earlier month that was registered late counts with this month.
        stay->is_wanted = stay->is_wanted || stay->cells.contains("discharged_on");
        stay->row = row.number();
        for (const auto& [outcome, way] : kOutcomeWays) {
            if (row["outcome"] == outcome) {
                put(*stay, "discharge_way", way);
            }
        }
        take_cells(row);
    }

    void take_code(const PlainRow& row, std::string_view code,
                   std::vector<CodedLine> MonthStay::*lines) {
        MonthStay* stay = known(row);
        const auto sequence = parse_decimal(row["sequence"], 0, 1'000'000);
        if (stay != nullptr && sequence) {
            (stay->*lines)
                .push_back({.sequence = *sequence, .code = std::string(code), .details = {}});
        }
    }

    void take_detail(const PlainRow& row, std::vector<CodedLine> MonthStay::*lines,
                     std::string_view column, std::string_view field) {
        if (std::find(columns_of_file_.begin(), columns_of_file_.end(), column) ==
            columns_of_file_.end()) {
            return;
        }
        columns_.emplace(field);
        MonthStay* stay = known(row);
        const auto sequence = parse_decimal(row["sequence"], 0, 1'000'000);
        if (stay == nullptr || !sequence) {
            return;
        }
        for (CodedLine& line : stay->*lines) {
            if (line.sequence == *sequence) {
                line.details[std::string(field)] = std::string(row[column]);
            }
        }
    }

    void take_procedure_details(const PlainRow& row) {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kDetails{
            {{"level", "procedure_levels"},
             {"performed_on", "procedure_dates"},
             {"operator", "procedure_operators"},
             {"anaesthesia_way", "anaesthesia_ways"},
             {"anaesthetist", "anaesthetists"},
             {"incision_healing", "incision_healings"}}};
        for (const auto& [column, field] : kDetails) {
            take_detail(row, &MonthStay::procedures, column, field);
        }
    }

    /// Codes or details in the order of their sequence, joined; the main one (1) keeps its place.
    static std::string joined(const std::vector<CodedLine>& lines,
                              const std::function<std::string(const CodedLine&)>& text,
                              bool with_main, bool with_others) {
        std::vector<const CodedLine*> order;
        for (const CodedLine& line : lines) {
            order.push_back(&line);
        }
        std::sort(order.begin(), order.end(), [](const CodedLine* left, const CodedLine* right) {
            return left->sequence < right->sequence;
        });
        std::string out;
        const bool has_main = !order.empty() && order.front()->sequence == 1;
        if (with_main && has_main) {
            out = text(*order.front());
        }
        if (with_others) {
            for (std::size_t i = has_main ? 1 : 0; i < order.size(); ++i) {
                out += with_main || i > (has_main ? 1U : 0U) ? ";" : "";
                out += text(*order[i]);
            }
        }
        return out;
    }

    static std::string cell(const std::string& encounter, const MonthStay& stay,
                            const std::string& column) {
        const auto code = [](const CodedLine& line) { return line.code; };
        const auto detail = [&](const CodedLine& line) {
            const auto found = line.details.find(column);
            return found == line.details.end() ? std::string() : found->second;
        };
        if (column == "encounter") {
            return encounter;
        }
        if (column == "main_diagnosis") {
            return joined(stay.diagnoses, code, true, false);
        }
        if (column == "other_diagnoses") {
            return joined(stay.diagnoses, code, false, true);
        }
        if (column == "procedures") {
            return joined(stay.procedures, code, true, true);
        }
        if (column == "admission_conditions") {
            return joined(stay.diagnoses, detail, true, true);
        }
        if (column.starts_with("procedure_") || column.starts_with("anaesthe") ||
            column == "incision_healings") {
            return joined(stay.procedures, detail, true, true);
        }
        if (column == "detail_charge") {
            return stay.lacks_opening ? "" : Money::from_raw(narrowed(stay.charge)).text();
        }
        const auto found = stay.cells.find(column);
        return found == stay.cells.end() ? std::string() : found->second;
    }

    static void add_line(std::string& out, const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            out += i == 0 ? "" : ",";
            text::append_field(out, cells[i]);
        }
        out += '\n';
    }

    std::filesystem::path folder_;
    intake::FindingBook& book_;
    Date first_day_;
    Date last_day_;
    std::vector<std::string> columns_of_file_;
    std::set<std::string, std::less<>> columns_;  ///< fields that some file of the month has
    std::unordered_map<std::string, MonthStay, TextHash, std::equal_to<>> stays_;
};

}  // namespace

CaseSource cases_of_month(const std::filesystem::path& folder, std::vector<Finding>& findings) {
    CaseSource source;
    source.file = "discharges.csv";
    intake::FindingBook book(200);
    MonthCases cases(folder, book);
    if (cases.read_period()) {
        cases.read_tables();
        cases.write(source);
    }
    const std::vector<Finding> found = book.take();
    findings.insert(findings.end(), found.begin(), found.end());
    return source;
}

CaseSource open_cases(const std::filesystem::path& place, std::vector<Finding>& findings) {
    if (std::filesystem::is_directory(place)) {
        return cases_of_month(place, findings);
    }
    CaseSource source;
    source.file = place.filename().string();
    std::string reason;
    source.mapped = text::MappedFile::open(place, reason);
    if (!source.mapped) {
        findings.push_back({.code = FindingCode::file_unreadable,
                            .severity = Severity::stop,
                            .where = {.file = source.file, .row = 0, .column = {}},
                            .arguments = {reason}});
    }
    return source;
}

}  // namespace yuanliu::quality
