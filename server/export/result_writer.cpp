// Why this file: writes result folders atomically, and the prior/ of the next month from the
// closing tables.
#include "server/export/result_writer.hpp"

#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "server/export/json_text.hpp"

namespace yuanliu::exporting {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

void write_file(const fs::path& path, std::string_view text) {
    fs::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) {
        throw std::runtime_error("cannot write " + path.string() +
                                 ": is the disk full, or the folder not writable?");
    }
}

std::string closing_manifest(const ResultFiles& files) {
    return indented(json::object{{"schema", "yuanliu.prior/1"},
                                 {"hospital", files.month.hospital},
                                 {"period", files.month.period.text()},
                                 {"result_hash", files.certificate.result_hash}});
}

void write_all(const ResultFiles& files, const fs::path& folder) {
    for (const FinishedTable& table : files.tables) {
        write_file(folder / table.name, table.text);
    }
    write_file(folder / "closing" / "manifest.json", closing_manifest(files));
    write_file(folder / "certificate.json", indented(files.certificate.document));
    for (const auto& [name, text] : files.extras) {
        write_file(folder / name, text);
    }
}

}  // namespace

bool may_replace(const fs::path& folder) {
    return !fs::exists(folder) ||
           (fs::is_directory(folder) &&
            (fs::is_empty(folder) || fs::exists(folder / "certificate.json")));
}

void write_result(const ResultFiles& files, const fs::path& folder, bool replace) {
    if (fs::exists(folder) && !replace) {
        throw std::runtime_error(folder.string() +
                                 " exists already: name another folder, or pass --replace");
    }
    if (!may_replace(folder)) {
        throw std::runtime_error(
            folder.string() +
            " is not a result folder (no certificate.json), so it is not replaced: "
            "name another folder");
    }
    const std::string suffix = "." + std::to_string(getpid());
    const fs::path absolute = fs::absolute(folder).lexically_normal();
    const fs::path clean = absolute.has_filename() ? absolute : absolute.parent_path();
    const fs::path fresh = clean.string() + ".new" + suffix;
    const fs::path old = clean.string() + ".old" + suffix;
    try {
        write_all(files, fresh);
        if (fs::exists(clean)) {
            fs::rename(clean, old);
        }
        fs::rename(fresh, clean);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(fresh, ignored);
        if (fs::exists(old) && !fs::exists(clean)) {
            fs::rename(old, clean, ignored);
        }
        throw;
    }
    fs::remove_all(old);
}

void write_prior(const ResultFiles& files, const fs::path& prior) {
    constexpr std::string_view kClosing = "closing/";
    for (const FinishedTable& table : files.tables) {
        if (table.name.starts_with(kClosing)) {
            write_file(prior / table.name.substr(kClosing.size()), table.text);
        }
    }
    write_file(prior / "manifest.json", closing_manifest(files));
}

}  // namespace yuanliu::exporting
