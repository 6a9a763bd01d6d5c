// Why this file: see result_folders.hpp. A folder gets a name of its own each time, so that one
// that is still read and one that is being written never meet.
#include "server/jobs/result_folders.hpp"

#include <algorithm>

namespace yuanliu::jobs {

ResultFolders::Folder::~Folder() {
    std::error_code ignored;  // what can't be removed now is removed at the next start
    std::filesystem::remove_all(path_, ignored);
}

/// The right to write the folder of a result, given back at the end.
class ResultFolders::Writing {
  public:
    Writing(ResultFolders& folders, std::string result)
        : folders_(folders), result_(std::move(result)) {}
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    Writing(Writing&&) = delete;
    Writing& operator=(Writing&&) = delete;
    ~Writing() {
        const std::lock_guard lock(folders_.mutex_);
        folders_.being_written_.erase(result_);
        folders_.changed_.notify_all();
    }

  private:
    ResultFolders& folders_;
    std::string result_;
};

ResultFolders::Shared ResultFolders::get(const std::string& result, const Write& write) {
    std::filesystem::path path;
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !being_written_.contains(result); });
        if (Shared there = find(result)) {
            return there;
        }
        being_written_.insert(result);
        path = home_ / std::to_string(++next_);
    }
    const Writing writing(*this, result);
    const auto folder = std::make_shared<const Folder>(path);
    write(path);
    keep(result, folder);
    return folder;
}

ResultFolders::Shared ResultFolders::find(const std::string& result) {
    const auto found = std::find_if(kept_.begin(), kept_.end(),
                                    [&](const auto& one) { return one.first == result; });
    if (found == kept_.end()) {
        return {};
    }
    kept_.splice(kept_.begin(), kept_, found);
    return kept_.front().second;
}

void ResultFolders::keep(const std::string& result, const Shared& folder) {
    Shared last;  // goes, with its files, after the lock
    const std::lock_guard lock(mutex_);
    kept_.emplace_front(result, folder);
    if (kept_.size() > kMostKept) {
        last = std::move(kept_.back().second);
        kept_.pop_back();
    }
}

}  // namespace yuanliu::jobs
