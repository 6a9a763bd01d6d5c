// Why this file: a job says where it is, ends between two stages when it is told to, and is done if
// and only if its effect is there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "server/jobs/import_month.hpp"
#include "server/jobs/retention.hpp"
#include "server/jobs/run_month.hpp"
#include "server/store/job_store.hpp"
#include "server/store/pg_error.hpp"
#include "server/store/request_store.hpp"
#include "tests/pg/database.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu {
namespace {

using testing::Database;
namespace fs = std::filesystem;
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
    /// Asked at the time of the database; `hours` later.
    jobs::Removed tidied(int hours) {
        const auto now = std::chrono::system_clock::now() + std::chrono::hours(hours);
        return jobs::remove_expired(session(), folder_.path() / "uploads", {}, now);
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

TEST_F(JobsTest, working_folder_of_an_import_stands_in_its_scratch_and_goes_with_it) {
    ASSERT_TRUE(import(MonthFolderBuilder().with_prior(), {}).stored);
    ASSERT_TRUE(run({}).run_no);
    MonthFolderBuilder october;
    october.replace("manifest.json", "2026-09", "2026-10");
    october.set_rows("ledger.csv", {}).set_rows("charge_lines.csv", {});
    october.write(folder_.path() / "october");
    const fs::path scratch = folder_.path() / "data/scratch";
    bool was_there = false;
    const auto look = [&](std::string_view stage, int) {
        was_there = was_there || (stage == "load" && !fs::is_empty(scratch));
    };
    const auto outcome = jobs::import_month(session(), {.month = folder_.path() / "october/month",
                                                        .rules = folder_.path() / "october/rules",
                                                        .parallel_for = loop_,
                                                        .scratch = scratch,
                                                        .hooks = {.progress = look}});
    EXPECT_TRUE(outcome.took_prior_from_store);
    EXPECT_TRUE(was_there);
    EXPECT_TRUE(fs::is_empty(scratch));
}

TEST_F(JobsTest, keys_expire_and_make_a_new_job_then) {
    ASSERT_TRUE(import(MonthFolderBuilder(), {}).stored);
    store::JobRequest request;
    request.username = "fin";
    request.request_key = "the-same-key";
    request.body_hash = std::string(64, 'a');
    request.kind = "run";
    request.period = 202609;
    const auto first = store::RequestStore(session()).ask(request);
    ASSERT_EQ(first.kind, store::Asked::Kind::made);
    ASSERT_TRUE(store::JobStore(session()).claim(first.job_no));
    end_cancelled(first.job_no);
    EXPECT_EQ(tidied(23).request_keys, 0);
    EXPECT_EQ(store::RequestStore(session()).ask(request).kind, store::Asked::Kind::repeated);
    EXPECT_EQ(tidied(25).request_keys, 1);
    const auto second = store::RequestStore(session()).ask(request);
    EXPECT_EQ(second.kind, store::Asked::Kind::made);
    EXPECT_GT(second.job_no, first.job_no);
}

TEST_F(JobsTest, jobs_that_ended_long_ago_go_with_what_was_said_about_them) {
    ASSERT_TRUE(import(MonthFolderBuilder().with_prior(), {}).stored);
    const int ended = claimed("run");
    ASSERT_TRUE(run({.job_no = ended}).run_no);
    const int at_work = claimed("run");
    EXPECT_EQ(tidied(24 * 89).jobs, 0);
    EXPECT_EQ(tidied(24 * 91).jobs, 1);
    EXPECT_FALSE(store::RequestStore(session()).find(ended));
    EXPECT_TRUE(store::RequestStore(session()).find(at_work));
    EXPECT_EQ(number_of(session(), "select count(*) from access.job_request"), 1);
    // What the run has posted stays.
    EXPECT_EQ(number_of(session(), "select run_no from core.current_run"), 1);
}

TEST_F(JobsTest, uploads_that_nobody_imports_go_and_wanted_ones_stay) {
    const fs::path uploads = folder_.path() / "uploads";
    ASSERT_TRUE(import(MonthFolderBuilder(), {}).stored);
    claimed("import");  // upload-1, at work
    for (const char* name : {"upload-1", "abandoned", "growing"}) {
        fs::create_directories(uploads / name / "month");
        std::ofstream(uploads / name / "month/ledger.csv") << "x\n";
    }
    EXPECT_EQ(tidied(23).uploads, 0);
    // A file came in three hours ago by that clock.
    fs::last_write_time(uploads / "growing/month/ledger.csv",
                        fs::file_time_type::clock::now() + std::chrono::hours(22));
    EXPECT_EQ(tidied(25).uploads, 1);
    EXPECT_TRUE(fs::exists(uploads / "upload-1"));
    EXPECT_TRUE(fs::exists(uploads / "growing"));
    EXPECT_FALSE(fs::exists(uploads / "abandoned"));
}

}  // namespace
}  // namespace yuanliu
