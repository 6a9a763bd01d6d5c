// Why this file: what changes under an import or after a run is noticed: what was checked is what
// is stored, and a run that people see is never mixed with a month that was imported anew.
#include <gtest/gtest.h>

#include <fstream>

#include "server/jobs/import_month.hpp"
#include "server/jobs/job_worker.hpp"
#include "server/jobs/run_month.hpp"
#include "server/jobs/snapshot.hpp"
#include "server/jobs/upload_folder.hpp"
#include "server/store/job_store.hpp"
#include "server/store/pg_error.hpp"
#include "server/store/request_store.hpp"
#include "server/store/result_reader.hpp"
#include "tests/pg/database.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu {
namespace {

namespace fs = std::filesystem;
using store::StoreErrorCode;
using testing::Database;
using testing::MonthFolderBuilder;
using testing::number_of;
using testing::OpenFolder;
using testing::text_of;

class ReimportTest : public ::testing::Test {
  protected:
    jobs::ImportOutcome import(const MonthFolderBuilder& builder, const jobs::JobHooks& hooks = {},
                               std::optional<jobs::ExpectedMonth> expected = {}) {
        fs::remove_all(in());
        builder.write(in());
        return jobs::import_month(session(), {.month = in() / "month",
                                              .rules = in() / "rules",
                                              .parallel_for = loop_,
                                              .hooks = hooks,
                                              .expected = std::move(expected)});
    }
    jobs::RunOutcome run() {
        return jobs::run_month(session(), {.hospital = "",
                                           .period = Period(2026, 9),
                                           .snapshots = folder_.path() / "snapshots",
                                           .parallel_for = loop_,
                                           .findings_document = [](const auto&) { return "[]"; }});
    }
    store::Asked ask(const std::string& kind, const std::string& hospital = "H001",
                     const std::string& upload = "upload") {
        return store::RequestStore(session()).ask(
            {.username = "fin",
             .request_key = "request-" + std::to_string(++asked_),
             .body_hash = std::string(64, 'a'),
             .kind = kind,
             .hospital = kind == "import" ? hospital : "",
             .hospital_name = kind == "import" ? hospital : "",
             .period = 202609,
             .upload = upload});
    }
    /// Adds to a file of the month being imported, when its reading has ended.
    jobs::JobHooks altering(const std::string& file, const std::string& line) {
        return {.progress = [this, file, line](std::string_view stage, int) {
            if (stage == "load") {
                std::ofstream(in() / file, std::ios::app) << line << "\n";
            }
        }};
    }
    template <class Work>
    static std::optional<StoreErrorCode> refusal_of(Work work) {
        try {
            work();
        } catch (const store::StoreError& error) {
            return error.code();
        }
        return std::nullopt;
    }
    [[nodiscard]] fs::path in() const { return folder_.path() / "in"; }
    static MonthFolderBuilder of_hospital(const std::string& code) {
        MonthFolderBuilder builder;
        builder.replace("manifest.json", "H001", code);
        return builder;
    }
    store::Session& session() { return database_.session(); }

    ParallelFor loop_ = testing::serial_loop();
    OpenFolder folder_;
    Database database_;
    int asked_ = 0;
};

TEST_F(ReimportTest, rules_are_stored_as_they_were_hashed) {
    const MonthFolderBuilder builder;
    ASSERT_TRUE(import(builder, altering("rules/allocation.toml", "# changed")).stored);
    EXPECT_EQ(
        text_of(session(), "select content from core.rules_file where file = 'allocation.toml'"),
        builder.text("rules/allocation.toml"));
    EXPECT_TRUE(run().run_no);
}

TEST_F(ReimportTest, damaged_rules_are_put_right_by_an_import) {
    ASSERT_TRUE(import(MonthFolderBuilder()).stored);
    session().execute("update core.rules_file set content = 'x = 1' where file = 'payment.toml'");
    EXPECT_THROW((void)run(), std::runtime_error);
    ASSERT_TRUE(import(MonthFolderBuilder()).stored);
    EXPECT_TRUE(run().run_no);
}

TEST_F(ReimportTest, table_that_changes_after_its_reading_is_refused) {
    // A row as good as the others: only the state of the file tells.
    EXPECT_THROW((void)import(MonthFolderBuilder(), altering("month/encounters.csv",
                                                             "E9,outpatient,MED,P2,2026-09-15,,"
                                                             "self,")),
                 std::runtime_error);
    EXPECT_EQ(number_of(session(), "select count(*) from core.month"), 0);
}

TEST_F(ReimportTest, another_month_than_was_asked_for_is_refused) {
    EXPECT_EQ(refusal_of([&] {
                  (void)import(MonthFolderBuilder(), {},
                               jobs::ExpectedMonth{.hospital = "H001", .period = Period(2026, 8)});
              }),
              StoreErrorCode::upload_changed);
    EXPECT_EQ(refusal_of([&] {
                  (void)import(MonthFolderBuilder(), {},
                               jobs::ExpectedMonth{.hospital = "H002", .period = Period(2026, 9)});
              }),
              StoreErrorCode::upload_changed);
    EXPECT_EQ(number_of(session(), "select count(*) from core.month"), 0);
    EXPECT_TRUE(import(MonthFolderBuilder(), {},
                       jobs::ExpectedMonth{.hospital = "H001", .period = Period(2026, 9)})
                    .stored);
}

TEST_F(ReimportTest, imports_draw_one_number_a_hospital_and_none_when_they_fail) {
    const auto asked = ask("import");
    ASSERT_EQ(asked.kind, store::Asked::Kind::made);
    EXPECT_EQ(ask("import").kind, store::Asked::Kind::job_active);
    EXPECT_EQ(store::RequestStore(session()).import_of(asked.job_no).hospital, "H001");
    const auto job = store::JobStore(session()).claim();
    ASSERT_TRUE(job);
    EXPECT_EQ(job->hospital_id, 0);
    store::JobStore(session()).end(asked.job_no, store::JobEnd::failed, "findings");
    EXPECT_EQ(number_of(session(), "select count(*) from core.hospital"), 0);
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(import(MonthFolderBuilder()).stored);
        const auto again = ask("import");
        ASSERT_EQ(again.kind, store::Asked::Kind::made);
        ASSERT_TRUE(store::RequestStore(session()).cancel(again.job_no));
    }
    EXPECT_EQ(number_of(session(), "select last_value from core.hospital_hospital_id_seq"), 1);
    // A hospital without a month is none that could be meant.
    session().execute("insert into core.hospital (code, name) values ('H009', 'junk')");
    EXPECT_TRUE(run().run_no);
}

TEST_F(ReimportTest, server_holds_one_hospital_and_all_its_lookups_mean_the_same) {
    ASSERT_TRUE(import(MonthFolderBuilder()).stored);
    EXPECT_EQ(ask("import", "H002").kind, store::Asked::Kind::other_hospital);
    const auto asked = ask("import");
    EXPECT_EQ(refusal_of([&] { (void)import(of_hospital("H002"), {.job_no = asked.job_no}); }),
              StoreErrorCode::other_hospital);
    ASSERT_TRUE(store::RequestStore(session()).cancel(asked.job_no));
    // The command line may; then the first one is shown, also when only the other has a run.
    ASSERT_TRUE(import(of_hospital("H002")).stored);
    ASSERT_TRUE(jobs::run_month(session(), {.hospital = "H002",
                                            .period = Period(2026, 9),
                                            .snapshots = folder_.path() / "snapshots",
                                            .parallel_for = loop_,
                                            .findings_document = [](const auto&) { return "[]"; }})
                    .run_no);
    const auto wish = ask("run");
    ASSERT_EQ(wish.kind, store::Asked::Kind::made);
    EXPECT_EQ(number_of(session(), "select hospital_id from core.job where job_no = " +
                                       std::to_string(wish.job_no)),
              1);
    store::ResultReader reader(session());
    EXPECT_TRUE(reader.has_month(202609));
    EXPECT_FALSE(reader.current(202609));
    ASSERT_EQ(reader.months().size(), 1U);
    EXPECT_EQ(store::cell(reader.months()[0], 0), "H001");
}

TEST_F(ReimportTest, run_that_was_killed_leaves_nothing_that_waits) {
    ASSERT_TRUE(import(MonthFolderBuilder()).stored);
    {
        auto killed = std::make_unique<store::Session>(database_.dsn());
        const int job_no = store::JobStore(*killed).start(1, 202609, "run");
        EXPECT_EQ(text_of(session(), "select state from core.job"), "running");
        EXPECT_EQ(store::JobStore(session()).reclaim(), 0) << job_no;
        EXPECT_EQ(refusal_of([&] { (void)run(); }), StoreErrorCode::run_already_active);
    }
    session().execute("select pg_sleep(0.1)");
    EXPECT_TRUE(run().run_no);
    // As a killed command of an earlier version left it.
    session().execute("insert into core.job (hospital_id, period, kind) values (1, 202609, 'run')");
    EXPECT_TRUE(run().run_no);
}

TEST_F(ReimportTest, import_during_a_run_is_noticed_even_when_it_brings_the_same) {
    const auto imported = import(MonthFolderBuilder());
    const auto outcome = run();
    ASSERT_TRUE(import(MonthFolderBuilder()).stored);
    EXPECT_EQ(
        refusal_of([&] {
            store::RunStore(session()).post({.month = imported.stored.value(),
                                             .certificate = outcome.computed.certificate.value(),
                                             .tables = outcome.computed.tables,
                                             .findings = "[]",
                                             .started = std::chrono::system_clock::now()});
        }),
        StoreErrorCode::month_changed);
}

TEST_F(ReimportTest, reader_sees_one_state_and_changes_nothing) {
    ASSERT_TRUE(import(MonthFolderBuilder()).stored);
    store::Session reading(database_.dsn());
    store::ResultReader reader(reading);
    EXPECT_FALSE(reader.current(202609));
    ASSERT_TRUE(run().run_no);
    EXPECT_FALSE(reader.current(202609));
    EXPECT_THROW(reading.execute("update core.job set permille = 1"), store::StoreError);
}

TEST_F(ReimportTest, session_on_loan_comes_back_without_its_locks) {
    store::ConnectionPool pool(database_.dsn(), 1);
    pool.lease()->execute("select pg_advisory_lock(7303, 1)");
    EXPECT_EQ(text_of(session(), "select pg_try_advisory_lock(7303, 1)"), "t");
}

TEST_F(ReimportTest, run_is_not_mixed_with_a_month_imported_anew) {
    const auto first = import(MonthFolderBuilder().with_prior());
    ASSERT_TRUE(run().run_no);
    const fs::path snapshots = folder_.path() / "snapshots";
    const fs::path kept = jobs::snapshot_of(session(), first.stored.value(), snapshots);
    {
        store::ResultReader reader(session());
        const auto visible = reader.current(202609).value();
        EXPECT_TRUE(visible.has_its_month && visible.has_its_prior && visible.has_its_rules);
        EXPECT_EQ(visible.prior_hash, first.stored->prior_hash);
        EXPECT_EQ(store::cell(reader.one_case(visible, 202609, "E1").value(), 1), "B0001");
        EXPECT_TRUE(reader.has_opening(visible, "E3"));
        EXPECT_FALSE(reader.has_opening(visible, "E1"));
    }
    MonthFolderBuilder renumbered;
    renumbered.replace("encounters.csv", "B0001", "X9999");
    const auto second = import(renumbered);
    {
        store::ResultReader reader(session());
        const auto visible = reader.current(202609).value();
        EXPECT_FALSE(visible.has_its_month || visible.has_its_prior);
        EXPECT_TRUE(visible.has_its_rules);
        EXPECT_EQ(store::cell(reader.one_case(visible, 202609, "E1").value(), 1), "");
        for (const store::Row& part : reader.cost_parts(visible, 202609, "E3")) {
            EXPECT_EQ(store::cell(part, 1), "0") << store::cell(part, 0);
        }
    }
    // Its folder stays as long as it is the one that people see.
    EXPECT_TRUE(fs::exists(jobs::snapshot_of(session(), second.stored.value(), snapshots)));
    EXPECT_TRUE(fs::exists(kept / "ledger.csv"));
    ASSERT_TRUE(run().run_no);
    ASSERT_TRUE(import(MonthFolderBuilder().with_prior().feed("ledger", "estimated")).stored);
    ASSERT_TRUE(run().run_no);
    EXPECT_FALSE(fs::exists(kept));
}

TEST_F(ReimportTest, upload_is_frozen_once_and_no_name_reaches_the_folder_of_all) {
    const fs::path uploads = folder_.path() / "uploads";
    fs::create_directories(uploads / "abc" / "month");
    for (const char* name : {"", ".", "..", ".abc", "a/b", "unknown"}) {
        EXPECT_EQ(jobs::freeze_upload(uploads, name), fs::path()) << name;
    }
    EXPECT_EQ(jobs::freeze_upload(uploads, "abc"), uploads / ".abc");
    EXPECT_FALSE(fs::exists(uploads / "abc"));
    EXPECT_EQ(jobs::freeze_upload(uploads, "abc"), uploads / ".abc");
    EXPECT_EQ(jobs::upload_of_folder(uploads / ".abc"), "abc");
    // A job whose upload has no name fails, and takes nothing with it.
    const auto asked = ask("import", "H001", "");
    {
        store::ConnectionPool pool(database_.dsn(), 3);
        const jobs::JobWorker worker({.pool = pool,
                                      .uploads = uploads,
                                      .snapshots = folder_.path() / "snapshots",
                                      .scratch = folder_.path() / "scratch",
                                      .rules = {},
                                      .parallel_for = loop_,
                                      .findings_document = [](const auto&) { return "[]"; },
                                      .findings_array = [](const auto&) { return "[]"; },
                                      .log = [](const char*, const std::string&) {},
                                      .note = [](const char*, const std::string&) {},
                                      .keep = {}});
        for (int i = 0; i < 100; ++i) {
            const auto job = store::RequestStore(session()).find(asked.job_no);
            if (job.value().state == "failed") {
                break;
            }
            session().execute("select pg_sleep(0.1)");
        }
    }
    EXPECT_EQ(store::RequestStore(session()).find(asked.job_no).value().state, "failed");
    EXPECT_TRUE(fs::exists(uploads / ".abc" / "month"));
}

}  // namespace
}  // namespace yuanliu
