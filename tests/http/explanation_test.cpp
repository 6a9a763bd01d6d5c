// Why this file: one explanation that has to compute holds one worker, for itself and for others.
#include "server/api/explanation.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <thread>

namespace yuanliu::api {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

ComputedMonths::Shared month_of(const std::string& run_id) {
    auto computed = std::make_shared<ComputedMonths::Computed>();
    computed->run_id = run_id;
    return computed;
}

class ComputedMonthsTest : public testing::Test {
  protected:
    ~ComputedMonthsTest() override { go_on_.set_value(); }
    /// A computation on a thread of its own that reaches one stage when it is let go on.
    std::future<std::string> begin() {
        std::promise<void> begun;
        auto has_begun = begun.get_future();
        auto result = std::async(
            std::launch::async, [this, begun = std::move(begun)]() mutable -> std::string {
                try {
                    return months_
                        .get("run-1",
                             [&](const usecase::Progress& progress) {
                                 begun.set_value();
                                 while (gate_.wait_for(10ms) != std::future_status::ready) {
                                     progress("stage", 1);
                                 }
                                 return month_of("run-1");
                             })
                        ->run_id;
                } catch (const http::Refusal& refusal) {
                    return std::string(http::name_of(refusal.code()));
                }
            });
        has_begun.wait();
        return result;
    }
    std::string ask(const std::string& run_id = "run-1") {
        try {
            return months_.get(run_id, [&](const auto&) { return month_of(run_id); })->run_id;
        } catch (const http::Refusal& refusal) {
            return std::string(http::name_of(refusal.code()));
        }
    }

    ComputedMonths months_{{}, {}};
    std::promise<void> go_on_;
    std::shared_future<void> gate_{go_on_.get_future()};
};

TEST_F(ComputedMonthsTest, FewWaitShortlyAndTheOthersNotAtAll) {
    auto first = begin();
    std::vector<std::future<std::string>> waiting;
    for (int i = 0; i < ComputedMonths::kMostWaiting; ++i) {
        waiting.push_back(std::async(std::launch::async, [this] { return ask(); }));
    }
    std::this_thread::sleep_for(200ms);
    const auto began = Clock::now();
    EXPECT_EQ(ask(), "overloaded");
    EXPECT_LT(Clock::now() - began, 500ms);
    for (auto& each : waiting) {
        EXPECT_EQ(each.get(), "overloaded");
    }
    EXPECT_LT(Clock::now() - began, 3s);
    months_.stop();
    EXPECT_EQ(first.get(), "overloaded");
}

TEST_F(ComputedMonthsTest, EndsWithTheServer) {
    auto first = begin();
    auto second = std::async(std::launch::async, [this] { return ask(); });
    std::this_thread::sleep_for(100ms);
    const auto began = Clock::now();
    months_.stop();
    EXPECT_EQ(first.get(), "overloaded");
    EXPECT_EQ(second.get(), "overloaded");
    EXPECT_EQ(ask("run-2"), "overloaded");
    EXPECT_LT(Clock::now() - began, 500ms);
}

TEST_F(ComputedMonthsTest, ARunThatEndsServesWhoeverWaitsForIt) {
    auto first = begin();
    auto second = std::async(std::launch::async, [this] { return ask("run-2"); });
    std::this_thread::sleep_for(100ms);
    months_.keep("run-2", {}, std::filesystem::temp_directory_path());
    EXPECT_EQ(second.get(), "run-2");
    EXPECT_EQ(ask("run-2"), "run-2");
    months_.stop();
    EXPECT_EQ(first.get(), "overloaded");
    EXPECT_EQ(ask("run-2"), "run-2") << "what is at hand needs no computing";
}

TEST_F(ComputedMonthsTest, AFailedComputationGivesTheTurnBack) {
    EXPECT_THROW((void)months_.get("run-1",
                                   [](const auto&) -> ComputedMonths::Shared {
                                       throw std::runtime_error("broken");
                                   }),
                 std::runtime_error);
    EXPECT_EQ(ask(), "run-1");
}

}  // namespace
}  // namespace yuanliu::api
