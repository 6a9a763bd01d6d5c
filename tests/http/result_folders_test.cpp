// Why this file: folders of results come and go under many askers: each whole, written once, few at
// a time, none left behind.
#include "server/jobs/result_folders.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace yuanliu::jobs {
namespace {

namespace fs = std::filesystem;

class ResultFoldersTest : public ::testing::Test {
  protected:
    void SetUp() override {
        home_ = fs::temp_directory_path() / ("yuanliu-folders-" + std::to_string(::getpid()));
        fs::create_directories(home_);
    }
    void TearDown() override { fs::remove_all(home_); }
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(home_), fs::directory_iterator()));
    }
    /// Writes slowly, so that others come meanwhile.
    ResultFolders::Write writer() {
        return [this](const fs::path& folder) {
            ++written_;
            fs::create_directories(folder);
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            std::ofstream(folder / "whole") << "whole";
        };
    }

    fs::path home_;
    std::atomic<int> written_{0};
};

TEST_F(ResultFoldersTest, a_result_is_written_once_for_all_who_ask_at_the_same_time) {
    ResultFolders folders(home_);
    std::atomic<int> whole{0};
    std::vector<std::thread> askers;
    for (int i = 0; i < 8; ++i) {
        askers.emplace_back([&] {
            const auto folder = folders.get("one", writer());
            whole += fs::exists(folder->path() / "whole") ? 1 : 0;
        });
    }
    for (std::thread& asker : askers) {
        asker.join();
    }
    EXPECT_EQ(written_, 1);
    EXPECT_EQ(whole, 8);
}

TEST_F(ResultFoldersTest, the_last_used_are_kept_and_the_others_go_when_nobody_reads_them) {
    ResultFolders folders(home_);
    const auto held = folders.get("held", writer());
    for (const char* name : {"a", "b", "c", "d"}) {
        (void)folders.get(name, writer());
    }
    EXPECT_EQ(count(), ResultFolders::kMostKept + 1) << "what is still read stays";
    EXPECT_TRUE(fs::exists(held->path() / "whole"));
    (void)folders.get("a", writer());
    EXPECT_EQ(written_, 5) << "a was at hand";
    (void)folders.get("e", writer());
    (void)folders.get("b", writer());
    EXPECT_EQ(written_, 7) << "b was the one used longest ago";
}

TEST_F(ResultFoldersTest, what_could_not_be_written_leaves_nothing_and_may_be_tried_again) {
    ResultFolders folders(home_);
    const auto fails = [](const fs::path& folder) {
        fs::create_directories(folder);
        std::ofstream(folder / "half") << "half";
        throw std::runtime_error("the disk is full");
    };
    EXPECT_THROW((void)folders.get("one", fails), std::runtime_error);
    EXPECT_EQ(count(), 0U);
    EXPECT_TRUE(fs::exists(folders.get("one", writer())->path() / "whole"));
}

TEST_F(ResultFoldersTest, nothing_is_left_at_the_end) {
    {
        ResultFolders folders(home_);
        (void)folders.get("one", writer());
        EXPECT_EQ(count(), 1U);
    }
    EXPECT_EQ(count(), 0U);
}

}  // namespace
}  // namespace yuanliu::jobs
