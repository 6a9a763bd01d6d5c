// Walks the result folder and checks what no table covers.
#include "result_folder.hpp"

#include "month_folder.hpp"
#include "schema.hpp"

namespace yuanliu_verify {

void check_file_list(const std::filesystem::path& folder, const std::set<std::string>& parts,
                     Report& report) {
    std::set<std::string> allowed = {"certificate.json",  "findings.json",
                                     "run.json",          "closing/manifest.json",
                                     "closing",           "report",
                                     "report/groups.csv", "report/departments.csv",
                                     "report/visits.csv", "report/bed_days.csv"};
    for (const TableSchema& schema : result_schemas()) {
        if (schema.optional && !parts.contains(schema.part)) {
            continue;
        }
        allowed.insert(schema.file);
        if (!std::filesystem::is_regular_file(folder / schema.file)) {
            report.difference("result folder", schema.file + " is missing");
        }
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        if (!allowed.contains(name)) {
            report.difference("result folder", name + " is not a file of a result");
        }
    }
}

void check_closing_manifest(const std::filesystem::path& folder,
                            const boost::json::object& certificate, Report& report) {
    const auto path = folder / "closing" / "manifest.json";
    if (!std::filesystem::exists(path)) {
        return;
    }
    const boost::json::object manifest = read_json_object(path);
    const auto expect = [&](const char* key, const std::string& value) {
        const auto* member = manifest.if_contains(key);
        if (member == nullptr || !member->is_string() || member->get_string() != value) {
            report.difference("closing/manifest.json",
                              std::string(key) + " is not '" + value + "'");
        }
    };
    const std::string where = "certificate";
    expect("schema", "yuanliu.prior/1");
    expect("hospital", string_member(certificate, "hospital", where));
    expect("period", string_member(certificate, "period", where));
    expect("result_hash", string_member(certificate, "result_hash", where));
    const auto* tables = manifest.if_contains("tables");
    if (tables == nullptr || !tables->is_object()) {
        report.difference("closing/manifest.json", "it has no listing of tables");
        return;
    }
    for (const auto& [file, identity] : certificate.at("tables").as_object()) {
        const auto* listed = tables->as_object().if_contains(file);
        if (listed == nullptr || *listed != identity.at("sha256")) {
            report.difference("closing/manifest.json",
                              std::string(file) + " is not listed with its hash");
        }
    }
}

}  // namespace yuanliu_verify
