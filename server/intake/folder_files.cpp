// Why this file: the files of a month folder as files: what the manifest claims of them, and which
// of them nobody will read.
#include <algorithm>
#include <filesystem>

#include "server/intake/manifest.hpp"
#include "server/intake/month_draft.hpp"
#include "server/intake/month_hash.hpp"
#include "server/text/csv.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/sha256.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::intake {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = "manifest.json";

bool is_read(std::string_view file) {
    const auto all = month_tables();
    return file == kManifest || file == "prior" || file == "prior/manifest.json" ||
           file == tables::prior_in_hospital.file ||
           file == tables::prior_in_hospital_charges.file ||
           file == tables::prior_carried_pools.file || file == tables::prior_estimates.file ||
           std::any_of(all.begin(), all.end(),
                       [&](const TableSpec* spec) { return spec->file == file; });
}

void report_unread_files(MonthDraft& draft, const fs::path& dir, const std::string& prefix) {
    std::error_code error;
    for (fs::directory_iterator it(dir, error), end; !error && it != end; it.increment(error)) {
        const std::string raw = prefix + it->path().filename().string();
        if (is_read(raw)) {
            continue;
        }
        const std::string name = text::shown(raw, 400);
        const FindingCode code = is_reserved_file(raw) ? FindingCode::reserved_file_ignored
                                                       : FindingCode::unknown_file_ignored;
        draft.book.of(name).add(code, {}, {name}, Severity::warn);
    }
}

template <class T>
const T* value_of(const std::vector<std::pair<std::string, T>>& known, const std::string& name) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const auto& entry) { return entry.first == name; });
    return found == known.end() ? nullptr : &found->second;
}

void report_difference(MonthDraft& draft, const std::string& name, std::string_view what,
                       std::string claimed, std::string found) {
    draft.book.of(name).add(FindingCode::raw_file_differs, {.row = 0, .column = what},
                            {std::string(what), text::shown(claimed), std::move(found)},
                            Severity::warn);
}

/// Hash and rows of a file as it stands, against what the manifest claims.
void check_claim(MonthDraft& draft, const std::string& name, const FileClaim& claim) {
    std::string reason;
    const auto file = text::MappedFile::open(draft.dir / name, reason);
    if (!file) {
        report_difference(draft, name, "file", name, reason);
        return;
    }
    if (claim.sha256) {
        const std::string* known = value_of(draft.raw_hashes, name);
        std::string found = known != nullptr ? *known : text::sha256_hex(file->bytes());
        if (found != *claim.sha256) {
            report_difference(draft, name, "sha256", *claim.sha256, std::move(found));
        }
    }
    if (claim.rows) {
        const std::uint64_t* known = value_of(draft.raw_rows, name);
        const std::uint64_t lines = text::count_lines(file->bytes());
        const std::uint64_t rows = known != nullptr ? *known : lines - (lines > 0 ? 1 : 0);
        if (std::to_string(rows) != std::to_string(*claim.rows)) {
            report_difference(draft, name, "rows", std::to_string(*claim.rows),
                              std::to_string(rows));
        }
    }
}

void take_feeds(MonthDraft& draft, const Manifest& manifest, FindingList& findings) {
    for (const auto& [name, state] : manifest.feeds) {
        if (state == "final") {
            continue;
        }
        draft.loaded.feeds.emplace(name, state);
        const bool is_estimated = state == "estimated";
        if (!is_estimated) {
            draft.not_arrived.insert(name);
        }
        std::error_code ignored;
        const bool is_there = fs::exists(draft.dir / (name + ".csv"), ignored);
        std::vector<std::string> arguments{name};
        if (!is_estimated) {
            arguments.emplace_back(is_there ? "file_ignored" : "no_file");
        }
        findings.add(is_estimated ? FindingCode::feed_estimated : FindingCode::feed_not_arrived,
                     {.row = 0, .column = "feeds." + name}, std::move(arguments), Severity::warn);
    }
}

}  // namespace

bool read_manifest(MonthDraft& draft) {
    FindingList& findings = draft.book.of(kManifest);
    const auto manifest = read_month_manifest(draft.dir, findings);
    if (!manifest) {
        return false;
    }
    Month& month = draft.month();
    month.hospital = manifest->hospital;
    month.hospital_name = manifest->hospital_name;
    draft.loaded.tables.push_back(
        {.name = std::string(kManifest), .rows = 0, .sha256 = month_manifest_hash(*manifest)});
    draft.claims = manifest->files;
    take_feeds(draft, *manifest, findings);
    if (manifest->period.empty()) {
        return false;
    }
    month.period = Period::parse(manifest->period).value_or(Period());
    draft.first_day = Date::first_of(month.period);
    draft.last_day = Date::last_of(month.period);
    return true;
}

void check_files(MonthDraft& draft) {
    report_unread_files(draft, draft.dir, "");
    report_unread_files(draft, draft.dir / "prior", "prior/");
    for (const auto& [name, claim] : draft.claims) {
        check_claim(draft, name, claim);
    }
}

}  // namespace yuanliu::intake
