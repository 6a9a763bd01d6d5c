// Why this file: writes result folders atomically, and the prior/ of the next month from the
// closing tables.
#include "server/export/result_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "server/export/json_text.hpp"

namespace yuanliu::exporting {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

[[noreturn]] void fail_to_write(const fs::path& path) {
    throw std::runtime_error("cannot write " + path.string() + ": " +
                             std::generic_category().message(errno));
}

/// Hands a file or folder to the disk, so that a power cut after us finds it whole.
void sync(const fs::path& path) {
    const int handle = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0 || fsync(handle) != 0) {
        fail_to_write(path);
    }
    close(handle);
}

void write_file(const fs::path& path, std::string_view text) {
    fs::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) {
        fail_to_write(path);
    }
    sync(path);
}

/// One step of the file system: at every moment the folder is the old result or the new one.
void put_in_place(const fs::path& fresh, const fs::path& target) {
    const bool replaces = fs::exists(target);
    if (renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, target.c_str(),
                  replaces ? RENAME_EXCHANGE : RENAME_NOREPLACE) != 0) {
        fail_to_write(target);
    }
    sync(target.parent_path());
}

/// With the listing behind the result's hash, so that the month after can tell an edited prior/
/// from a true one.
std::string closing_manifest(const ResultFiles& files) {
    json::object tables;
    for (const FinishedTable& table : files.tables) {
        tables[table.name] = table.sha256;
    }
    return indented(json::object{{"schema", "yuanliu.prior/1"},
                                 {"hospital", files.month.hospital},
                                 {"period", files.month.period.text()},
                                 {"result_hash", files.certificate.result_hash},
                                 {"tables", std::move(tables)}});
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
    const fs::path target = fs::weakly_canonical(fs::absolute(folder));
    const fs::path clean = target.has_filename() ? target : target.parent_path();
    const fs::path fresh = clean.string() + ".new." + std::to_string(getpid());
    try {
        write_all(files, fresh);
        sync(fresh);
        put_in_place(fresh, clean);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(fresh, ignored);
        throw;
    }
    fs::remove_all(fresh);  // what was replaced, if anything
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
