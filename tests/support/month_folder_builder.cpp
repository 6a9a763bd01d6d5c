// Why this file: see month_folder_builder.hpp.
#include "tests/support/month_folder_builder.hpp"

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace yuanliu::testing {
namespace {

constexpr std::string_view kRulesPrefix = "rules/";

// clang-format off
const std::map<std::string, std::string>& minimal_month() {
    static const std::map<std::string, std::string> files{
        {"departments.csv",
         "department,name,class,care_setting,valid_from,valid_to\n"
         "ADM,院办,administrative,none,,\n"
         "LAB,检验科,medical_technology,mixed,,\n"
         "MED,内科,clinical,mixed,,\n"
         "SUR,外科,clinical,inpatient,2020-01,\n"},
        {"cost_items.csv",
         "cost_item,name,category,traced_to,valid_from,valid_to\n"
         "C01,人员经费,staff,,,\n"
         "C02,药品费,drugs,drug,,\n"},
        {"accounts.csv",
         "account,name,valid_from,valid_to\n"
         "1601,固定资产,,\n"
         "5001,人员费用,,\n"
         "5002,药品费用,,\n"},
        {"account_map.csv",
         "account,valid_from,valid_to,treatment,cost_item,reason\n"
         "1601,,,excluded,,资本性支出\n"
         "5001,,2025-12,cost,C02,\n"
         "5001,2026-01,,cost,C01,\n"
         "5002,,,cost,C02,\n"},
        {"ledger.csv",
         "voucher,line,booking_period,attribution_period,account,department,fund_source,amount,summary\n"
         "V1,1,2026-09,2026-09,5001,ADM,basic,30000.00,工资\n"
         "V1,2,2026-09,2026-09,5001,LAB,basic,40000.00,工资\n"
         "V1,3,2026-09,2026-09,5001,MED,basic,80000.00,工资\n"
         "V1,4,2026-09,2026-08,5001,SUR,basic,90000.00,补发\n"
         "V1,5,2026-09,2026-09,5001,SUR,research,1000.00,\n"
         "V2,1,2026-09,2026-09,5002,MED,basic,500.00,\n"
         "V2,2,2026-09,2026-09,5002,SUR,basic,700.00,\n"
         "V3,1,2026-09,2026-09,1601,SUR,basic,25000.00,设备\n"},
        {"drivers.csv",
         "driver,name,unit\n"
         "headcount,人数,人\n"
         "workload,工作量,次\n"},
        {"driver_readings.csv",
         "driver,sender,department,value\n"
         "headcount,,LAB,4\n"
         "headcount,,MED,10\n"
         "headcount,,SUR,16\n"
         "workload,LAB,MED,30\n"
         "workload,LAB,SUR,70.5\n"},
        {"service_items.csv",
         "service_item,name,kind,charge_category,unit,equivalent,valid_from,valid_to\n"
         "BED,床位费,service,bed,日,1,,\n"
         "CBC,血常规,service,laboratory,次,0.8,,\n"
         "DRG,头孢,drug,drug,支,,,\n"
         "OPC,门诊诊查,service,consultation,次,0.5,,\n"
         "SRG,阑尾切除,service,surgery,次,12,,\n"},
        {"encounters.csv",
         "encounter,kind,department,attending,admitted_on,discharged_on,payer,record_number\n"
         "E1,inpatient,SUR,P1,2026-09-03,2026-09-10,employee,B0001\n"
         "E2,outpatient,MED,P2,2026-09-15,,self,\n"
         "E3,inpatient,MED,P2,2026-08-28,,resident,B0003\n"},
        {"discharges.csv",
         "encounter,sex,age_years,outcome\n"
         "E1,male,34,cured\n"},
        {"diagnoses.csv",
         "encounter,sequence,diagnosis\n"
         "E1,1,K35.800\n"
         "E1,2,I10.x00\n"},
        {"procedures.csv",
         "encounter,sequence,procedure\n"
         "E1,1,47.0100\n"},
        {"charge_lines.csv",
         "encounter,line,charged_on,service_item,ordering_department,executing_department,physician,quantity,charge,refund_of\n"
         "E1,01,2026-09-03,BED,SUR,SUR,P1,7,350.00,\n"
         "E1,02,2026-09-03,CBC,SUR,LAB,P1,2,40.00,\n"
         "E1,03,2026-09-04,SRG,SUR,SUR,P1,1,1800.00,\n"
         "E1,04,2026-09-04,DRG,SUR,SUR,P1,6,300.00,\n"
         "E1,05,2026-09-05,DRG,SUR,SUR,P1,-1,-50.00,04\n"
         "E2,01,2026-09-15,OPC,MED,MED,P2,1,20.00,\n"
         "E2,02,2026-09-15,CBC,MED,LAB,P2,1,20.00,\n"
         "E3,01,2026-09-30,BED,MED,MED,P2,30,1500.00,\n"
         "E3,02,2026-09-30,DRG,MED,MED,P2,2.5,125.00,\n"},
        {"pathway_readings.csv",
         "encounter,eligible,entered,completed,varied\n"
         "E1,1,1,1,0\n"},
        {"quality_readings.csv",
         "department,indicator,numerator,denominator\n"
         "SUR,front_page_quality,19,20\n"},
        {"staff.csv",
         "staff,department,category,bonus_coefficient,attendance\n"
         "P1,SUR,医师,1.2,1\n"
         "P2,MED,医师,1.1,0.9\n"
         "P3,SUR,护理,1,0.5\n"},
        {"dip_catalogue.csv",
         "group,name,level,diagnosis,procedure,procedure_class,score,reference_charge,reference_days\n"
         "G1,急性阑尾炎:阑尾切除,core,K35.8,47.01,,400,2500.00,6.5\n"
         "G2,阑尾疾病综合手术组,composite,K35,,surgery,350.5,2300.00,6\n"},
        {"procedure_classes.csv",
         "procedure,class,name\n"
         "47.0100,surgery,阑尾切除术\n"},
        {"rules/allocation.toml", R"(schema = "yuanliu.allocation/1"
version = "2026.1"

[[stage]]
name = "administrative"
senders = ["class:administrative"]
receivers = ["class:medical_technology", "class:clinical"]
before_items = true

  [[stage.rule]]
  senders = ["*"]
  cost_categories = ["*"]
  drivers = ["headcount"]

[[stage]]
name = "medical_technology"
senders = ["LAB"]
receivers = ["class:clinical"]
before_items = false

  [[stage.rule]]
  senders = ["*"]
  cost_categories = ["*"]
  drivers = ["workload", "headcount"]
)"},
        {"rules/costing.toml", R"(schema = "yuanliu.costing/1"
version = "2026.1"
max_parked_share = "0.005"
)"},
        {"rules/payment.toml", R"(schema = "yuanliu.payment/1"
version = "2026.1"
hospital_coefficient = "1.08"
ungrouped_ratio = "0.7"
uncoded_ratio = "1"

[deviation]
low_ratio = "0.5"
low_boundary = "inclusive"
high_ratio = "2"
high_boundary = "exclusive"

[[payer]]
payer = "employee"
method = "dip"
point_value = "11.6"

[[payer]]
payer = "resident"
method = "charges"

[[payer]]
payer = "self"
method = "charges"
)"},
        {"rules/bonus.toml", R"(schema = "yuanliu.bonus/1"
version = "2026.1"
pool = "retained_surplus"
release_share = "0.0833"

[[indicator]]
indicator = "cmi"
weight = "0.3"
zero_at = "0.1"
full_at = "0.5"

[[indicator]]
indicator = "time_index"
weight = "0.7"
zero_at = "2"
full_at = "0.5"

[[gate]]
gate = "front_page"
indicator = "front_page_quality"
at_least = "0.95"
effect = "block"
)"}};
    return files;
}
// clang-format on

}  // namespace

TempFolder::TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "yuanliu-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("no temporary folder: " + pattern);
    }
    path_ = pattern;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

MonthFolderBuilder::MonthFolderBuilder() : files_(minimal_month()) {
    write_manifest();
}

MonthFolderBuilder& MonthFolderBuilder::with_prior() {
    set("prior/manifest.json",
        "{\n  \"schema\": \"yuanliu.prior/1\",\n  \"hospital\": \"H001\",\n"
        "  \"period\": \"2026-08\",\n  \"result_hash\": \"" +
            std::string(64, 'a') + "\"\n}\n");
    set("prior/in_hospital.csv",
        "encounter,cost_category,fund_source,origin,cost\n"
        "E3,drugs,basic,direct,45.67\n"
        "E3,staff,basic,administrative,12.34\n");
    set("prior/in_hospital_charges.csv", "encounter,charge\nE3,210.00\n");
    return set("prior/carried_pools.csv",
               "pool,name,amount\nretained_surplus,医保结余留用,120000.00\n");
}

MonthFolderBuilder& MonthFolderBuilder::set(const std::string& file, std::string text) {
    files_[file] = std::move(text);
    return *this;
}

MonthFolderBuilder& MonthFolderBuilder::remove(const std::string& file) {
    files_.erase(file);
    return *this;
}

MonthFolderBuilder& MonthFolderBuilder::add_row(const std::string& file, std::string_view row) {
    files_.at(file) += std::string(row) + "\n";
    return *this;
}

MonthFolderBuilder& MonthFolderBuilder::set_rows(const std::string& file,
                                                 const std::vector<std::string>& rows) {
    std::string& text = files_.at(file);
    text.erase(text.find('\n') + 1);
    for (const std::string& row : rows) {
        text += row + "\n";
    }
    return *this;
}

MonthFolderBuilder& MonthFolderBuilder::replace(const std::string& file, std::string_view old_text,
                                                std::string_view new_text) {
    std::string& text = files_.at(file);
    const std::size_t at = text.find(old_text);
    if (at == std::string::npos) {
        throw std::logic_error(file + " does not contain " + std::string(old_text));
    }
    text.replace(at, old_text.size(), new_text);
    return *this;
}

MonthFolderBuilder& MonthFolderBuilder::feed(const std::string& table, const std::string& state) {
    feeds_[table] = state;
    write_manifest();
    return *this;
}

void MonthFolderBuilder::write_manifest() {
    std::string text =
        "{\n  \"schema\": \"yuanliu.month/1\",\n  \"hospital\": \"H001\",\n"
        "  \"hospital_name\": \"示范医院\",\n  \"period\": \"2026-09\",\n  \"feeds\": {";
    std::string_view comma;
    for (const auto& [table, state] : feeds_) {
        text += std::string(comma) + "\"" + table + "\": \"" + state + "\"";
        comma = ", ";
    }
    files_["manifest.json"] = text + "}\n}\n";
}

const std::string& MonthFolderBuilder::text(const std::string& file) const {
    return files_.at(file);
}

std::vector<std::string> MonthFolderBuilder::rows(const std::string& file) const {
    const std::string& text = files_.at(file);
    std::vector<std::string> rows;
    for (std::size_t at = text.find('\n') + 1; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        rows.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return rows;
}

void MonthFolderBuilder::write(const std::filesystem::path& dir) const {
    std::filesystem::create_directories(dir / "month");
    std::filesystem::create_directories(dir / "rules");
    for (const auto& [name, text] : files_) {
        const bool is_rule = name.starts_with(kRulesPrefix);
        const std::filesystem::path path = is_rule ? dir / name : dir / "month" / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream out(path, std::ios::binary);
        out << text;
        out.close();
        if (!out) {
            throw std::runtime_error("can't write " + path.string());
        }
    }
}

ParallelFor serial_loop() {
    return [](std::size_t n, const std::function<void(std::size_t)>& body) {
        for (std::size_t i = 0; i < n; ++i) {
            body(i);
        }
    };
}

ParallelFor threaded_loop(unsigned threads) {
    return [threads](std::size_t n, const std::function<void(std::size_t)>& body) {
        std::atomic<std::size_t> next{0};
        std::vector<std::jthread> pool;
        for (unsigned i = 0; i < threads; ++i) {
            pool.emplace_back([&] {
                for (std::size_t at = next++; at < n; at = next++) {
                    body(at);
                }
            });
        }
    };
}

intake::LoadedMonth load_month(const MonthFolderBuilder& folder) {
    const TempFolder temp;
    folder.write(temp.path());
    const ParallelFor loop = serial_loop();
    return intake::read_month(temp.path() / "month", {.parallel_for = loop});
}

}  // namespace yuanliu::testing
