// Why this file: a job says where it is, ends between two stages when it is told to, and is done if
// and only if its effect is there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "server/jobs/import_month.hpp"
#include "server/jobs/run_month.hpp"
#include "server/store/job_store.hpp"
#include "server/store/pg_error.hpp"
#include "server/store/request_store.hpp"
#include "tests/pg/database.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu {
namespace {

using testing::Database;
using ::testing::ElementsAre;
using testing::MonthFolderBuilder;
using testing::number_of;
using testing::OpenFolder;
using testing::text_of;

class JobsTest : public ::testing::Test {
  protected:
    /// A job that was asked for through the API and is at work.
    int claimed(const std::string& kind) {
        ++asked_;
        const auto asked =
            store::RequestStore(session()).ask({.username = "fin",
                                                .request_key = "request-" + std::to_string(asked_),
                                                .body_hash = std::string(64, 'a'),
                                                .kind = kind,
                                                .hospital = "H001",
                                                .hospital_name = "H001",
                                                .period = 202609,
                                                .upload = "upload-" + std::to_string(asked_)});
        EXPECT_EQ(asked.kind, store::Asked::Kind::made);
        EXPECT_TRUE(store::JobStore(session()).claim(asked.job_no));
        return asked.job_no;
    }
    /// Shows progress as a worker does, remembers it, and asks to end the job at one stage.
    usecase::Progress watched(int job_no, const std::string& cancel_at = "") {
        return [this, job_no, cancel_at, shown = jobs::shown_progress(pool_, job_no)](
                   std::string_view stage, int permille) {
            if (stage == cancel_at) {
                const auto lease = pool_.lease();
                EXPECT_TRUE(store::RequestStore(*lease).cancel(job_no));
            }
            shown(stage, permille);
            const auto lease = pool_.lease();
            const auto job = store::RequestStore(*lease).find(job_no);
            EXPECT_EQ(job.value().stage, stage);
            EXPECT_EQ(job.value().progress, permille / 10);
            EXPECT_GE(job.value().progress, last_progress_);
            last_progress_ = job.value().progress;
            stages_.emplace_back(stage);
        };
    }
    jobs::ImportOutcome import(const MonthFolderBuilder& builder, const jobs::JobHooks& hooks) {
        stages_.clear();
        last_progress_ = 0;
        builder.write(folder_.path() / "in");
        return jobs::import_month(session(), {.month = folder_.path() / "in/month",
                                              .rules = folder_.path() / "in/rules",
                                              .parallel_for = loop_,
                                              .hooks = hooks});
    }
    jobs::RunOutcome run(const jobs::JobHooks& hooks) {
        stages_.clear();
        last_progress_ = 0;
        const auto month = store::MonthStore(session()).find("H001", Period(2026, 9));
        return jobs::compute_and_post(session(), month.value(),
                                      {.hospital = "H001",
                                       .period = Period(2026, 9),
                                       .snapshots = folder_.path() / "snapshots",
                                       .parallel_for = loop_,
                                       .findings_document = [](const auto&) { return "[]"; },
                                       .hooks = hooks});
    }
    std::string state_of(int job_no) {
        return text_of(session(),
                       "select state from core.job where job_no = " + std::to_string(job_no));
    }
    void end_cancelled(int job_no) {
        store::JobStore(session()).end(job_no, store::JobEnd::cancelled);
    }
    store::Session& session() { return database_.session(); }

    ParallelFor loop_ = testing::serial_loop();
    OpenFolder folder_;
    Database database_;
    store::ConnectionPool pool_{database_.dsn(), 4};
    std::vector<std::string> stages_;
    int last_progress_ = 0;
    int asked_ = 0;
};

TEST_F(JobsTest, import_and_run_show_their_stages_in_order) {
    const int import_job = claimed("import");
    ASSERT_TRUE(import(MonthFolderBuilder().with_prior(),
                       {.job_no = import_job, .progress = watched(import_job)})
                    .stored);
    EXPECT_THAT(stages_, ElementsAre("read", "load", "store"));
    EXPECT_EQ(state_of(import_job), "done");
    const int run_job = claimed("run");
    ASSERT_TRUE(run({.job_no = run_job, .progress = watched(run_job)}).run_no);
    EXPECT_THAT(stages_, ElementsAre("read", "allocate", "group", "payment", "profit", "bonus",
                                     "prove", "store_result"));
    EXPECT_EQ(state_of(run_job), "done");
}

TEST_F(JobsTest, run_cancelled_at_any_stage_leaves_the_current_run) {
    ASSERT_TRUE(import(MonthFolderBuilder().with_prior(), {}).stored);
    ASSERT_EQ(run({}).run_no, 1);
    for (const char* stage :
         {"read", "allocate", "group", "payment", "profit", "bonus", "prove", "store_result"}) {
        const int job_no = claimed("run");
        EXPECT_THROW((void)run({.job_no = job_no, .progress = watched(job_no, stage)}),
                     jobs::JobCancelled)
            << stage;
        EXPECT_EQ(state_of(job_no), "running") << stage;
        end_cancelled(job_no);
        EXPECT_EQ(number_of(session(), "select run_no from core.current_run"), 1) << stage;
        EXPECT_EQ(number_of(session(), "select count(*) from core.run"), 1) << stage;
    }
    EXPECT_EQ(run({}).run_no, 2);
}

TEST_F(JobsTest, import_cancelled_at_any_stage_leaves_the_month_as_it_was) {
    const auto first = import(MonthFolderBuilder().with_prior(), {});
    ASSERT_TRUE(first.stored);
    const std::string tables = "select count(*) from pg_class where relname like 'charge_lines%'";
    const auto tables_before = number_of(session(), tables);
    const auto lines_before = number_of(session(), "select count(*) from month.charge_lines");
    MonthFolderBuilder altered;
    altered.set_rows("charge_lines.csv", {altered.rows("charge_lines.csv").front()});
    for (const char* stage : {"read", "load", "store"}) {
        const int job_no = claimed("import");
        EXPECT_THROW((void)import(altered, {.job_no = job_no, .progress = watched(job_no, stage)}),
                     jobs::JobCancelled)
            << stage;
        end_cancelled(job_no);
        EXPECT_EQ(text_of(session(), "select month_hash from core.month"),
                  first.stored->month_hash);
        EXPECT_EQ(number_of(session(), "select count(*) from month.charge_lines"), lines_before);
        EXPECT_EQ(number_of(session(), tables), tables_before) << stage;
    }
    const auto second = import(altered, {});
    EXPECT_NE(second.stored.value().month_hash, first.stored->month_hash);
}

TEST_F(JobsTest, job_without_effect_is_not_done_and_a_done_one_stays_done) {
    const auto imported = import(MonthFolderBuilder(), {});
    const int job_no = claimed("run");
    auto month_changes = [this](std::string_view stage, int) {
        if (stage == "store_result") {
            import(MonthFolderBuilder().with_prior(), {});
        }
    };
    EXPECT_THROW((void)run({.job_no = job_no, .progress = month_changes}), store::StoreError);
    EXPECT_EQ(state_of(job_no), "running");
    ASSERT_TRUE(run({.job_no = job_no}).run_no);
    EXPECT_EQ(state_of(job_no), "done");
    store::JobStore(session()).end(job_no, store::JobEnd::failed, "too late");
    EXPECT_EQ(state_of(job_no), "done");
}

}  // namespace
}  // namespace yuanliu
