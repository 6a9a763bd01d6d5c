// Why this file: see import_month.hpp.
#include "server/jobs/import_month.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include "server/intake/manifest.hpp"
#include "server/store/pg_error.hpp"
#include "server/store/run_store.hpp"

namespace yuanliu::jobs {
namespace {

namespace fs = std::filesystem;

/// A folder of links to the month's files with a prior/ of ours beside them; gone with the object.
class CompletedFolder {
  public:
    explicit CompletedFolder(const fs::path& scratch) {
        fs::create_directories(scratch);
        std::string path = (scratch / "yuanliu-import-XXXXXX").string();
        if (mkdtemp(path.data()) == nullptr) {
            throw std::runtime_error("cannot make a folder in " + scratch.string());
        }
        path_ = path;
    }
    ~CompletedFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    CompletedFolder(const CompletedFolder&) = delete;
    CompletedFolder& operator=(const CompletedFolder&) = delete;

    [[nodiscard]] const fs::path& path() const noexcept { return path_; }
    void link(const fs::path& month) const {
        for (const fs::directory_entry& entry : fs::directory_iterator(month)) {
            fs::create_symlink(fs::absolute(entry.path()), path_ / entry.path().filename());
        }
    }

  private:
    fs::path path_;
};

/// The closing state of the month before, when the folder brings none and the store has one.
std::unique_ptr<CompletedFolder> complete(store::Session& session, const fs::path& month,
                                          const fs::path& scratch) {
    std::error_code ignored;
    if (fs::exists(month / "prior", ignored) || !fs::is_directory(month, ignored)) {
        return nullptr;
    }
    intake::FindingBook book(1);
    const auto manifest = intake::read_month_manifest(month, book.of("manifest.json"));
    const auto period = manifest ? Period::parse(manifest->period) : std::nullopt;
    store::RunStore runs(session);
    if (!period || !runs.current(manifest->hospital, period->previous())) {
        return nullptr;
    }
    auto folder = std::make_unique<CompletedFolder>(scratch);
    folder->link(month);
    runs.write_prior(manifest->hospital, period->previous(), folder->path() / "prior");
    return folder;
}

void require_expected(const ImportRequest& request, const Month& month) {
    if (request.expected && (month.hospital != request.expected->hospital ||
                             month.period != request.expected->period)) {
        throw store::StoreError(store::StoreErrorCode::upload_changed,
                                "asked for " + request.expected->hospital + " " +
                                    request.expected->period.text() + ", found " + month.hospital +
                                    " " + month.period.text());
    }
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

ImportOutcome import_month(store::Session& session, const ImportRequest& request) {
    auto start = std::chrono::steady_clock::now();
    ImportOutcome out;
    usecase::reach(request.hooks.progress, "read", 50);
    const auto completed = complete(session, request.month, request.scratch);
    out.took_prior_from_store = completed != nullptr;
    const fs::path& folder = completed ? completed->path() : request.month;
    const intake::LoadedRules rules = intake::read_rules(request.rules);
    const store::FolderState state(folder);
    const intake::LoadedMonth loaded =
        intake::read_month(folder, {.parallel_for = request.parallel_for});
    out.findings = rules.findings;
    out.findings.insert(out.findings.end(), loaded.findings.begin(), loaded.findings.end());
    std::stable_sort(
        out.findings.begin(), out.findings.end(),
        [](const Finding& left, const Finding& right) { return left.severity < right.severity; });
    for (const intake::TableIdentity& table : loaded.tables) {
        if (table.name == intake::tables::charge_lines.file) {
            out.charge_lines = table.rows;
        }
    }
    out.read_seconds = seconds_since(start);
    if (request.hooks.found) {
        request.hooks.found(out.findings);
    }
    if (has_stop(out.findings)) {
        return out;
    }
    require_expected(request, loaded.month);
    start = std::chrono::steady_clock::now();
    usecase::reach(request.hooks.progress, "load", 400);
    const auto loaded_lines = [&] { usecase::reach(request.hooks.progress, "store", 800); };
    out.stored = store::MonthStore(session).import({.folder = folder,
                                                    .loaded = loaded,
                                                    .state = state,
                                                    .rules = rules,
                                                    .job_no = request.hooks.job_no,
                                                    .loaded_lines = loaded_lines});
    out.store_seconds = seconds_since(start);
    return out;
}

}  // namespace yuanliu::jobs
