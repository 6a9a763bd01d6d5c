// Why this file: reports are made from a result folder, as the command makes them; the result of a
// stored run is written as one beside the database, kept for the next asker, and gone at the end.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace yuanliu::jobs {

/// At most kMostKept folders, the ones asked for last. For any thread.
class ResultFolders {
  public:
    static constexpr std::size_t kMostKept = 4;

    /// A folder that is removed when nobody uses it any more.
    class Folder {
      public:
        explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}
        ~Folder();
        Folder(const Folder&) = delete;
        Folder& operator=(const Folder&) = delete;
        Folder(Folder&&) = delete;
        Folder& operator=(Folder&&) = delete;
        [[nodiscard]] const std::filesystem::path& path() const { return path_; }

      private:
        std::filesystem::path path_;
    };
    using Shared = std::shared_ptr<const Folder>;
    using Write = std::function<void(const std::filesystem::path& folder)>;

    explicit ResultFolders(std::filesystem::path home) : home_(std::move(home)) {}

    /// The folder of a result, written by `write` when it isn't there. Who asks for one that is
    /// being written waits for it. Throws what `write` throws; then nothing of it is left, and the
    /// next asker tries again.
    [[nodiscard]] Shared get(const std::string& result, const Write& write);

  private:
    class Writing;
    [[nodiscard]] Shared find(const std::string& result);
    void keep(const std::string& result, const Shared& folder);

    std::filesystem::path home_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::set<std::string> being_written_;
    std::list<std::pair<std::string, Shared>> kept_;  ///< the last used first
    std::uint64_t next_ = 0;
};

}  // namespace yuanliu::jobs
