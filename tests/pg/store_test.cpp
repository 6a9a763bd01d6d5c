// Why this file: a month goes in and comes out as the same content, a run gives what headless
// computing gives, and whatever is refused leaves nothing behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "server/jobs/import_month.hpp"
#include "server/jobs/run_month.hpp"
#include "server/jobs/snapshot.hpp"
#include "server/store/job_store.hpp"
#include "server/store/pg_error.hpp"
#include "tests/pg/database.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu {
namespace {

namespace fs = std::filesystem;
using testing::Database;
using testing::MonthFolderBuilder;
using testing::number_of;
using testing::OpenFolder;

class StoreTest : public ::testing::Test {
  protected:
    jobs::ImportOutcome import(const MonthFolderBuilder& builder, const std::string& name = "in") {
        builder.write(folder_.path() / name);
        return jobs::import_month(session(), {.month = folder_.path() / name / "month",
                                              .rules = folder_.path() / name / "rules",
                                              .parallel_for = loop_});
    }
    jobs::RunOutcome run(Period period = Period(2026, 9)) {
        return jobs::run_month(session(), {.hospital = "",
                                           .period = period,
                                           .snapshots = folder_.path() / "snapshots",
                                           .parallel_for = loop_,
                                           .findings_document = [](const auto&) { return "[]"; }});
    }
    intake::LoadedMonth exported(const std::string& name) {
        store::MonthStore months(session());
        const auto month = months.find("", Period(2026, 9));
        months.write_folder(month.value(), folder_.path() / name);
        return intake::read_month(folder_.path() / name, {.parallel_for = loop_});
    }
    usecase::ComputeOutcome headless(const std::string& name) {
        return usecase::compute_month(folder_.path() / name / "month",
                                      folder_.path() / name / "rules", loop_);
    }
    store::Session& session() { return database_.session(); }

    ParallelFor loop_ = testing::serial_loop();
    OpenFolder folder_;
    Database database_;
};

TEST_F(StoreTest, exported_month_has_the_hashes_of_the_imported) {
    const auto imported = import(MonthFolderBuilder().with_prior());
    ASSERT_TRUE(imported.stored);
    const auto loaded = exported("out");
    EXPECT_EQ(loaded.month_hash, imported.stored->month_hash);
    EXPECT_EQ(loaded.prior_hash, imported.stored->prior_hash);
    EXPECT_TRUE(loaded.has_prior);
    EXPECT_TRUE(std::all_of(loaded.tables.begin(), loaded.tables.end(), [](const auto& table) {
        return table.name == "manifest.json" || table.stands_canonical;
    }));
}

TEST_F(StoreTest, order_of_rows_and_states_of_feeds_do_not_change_the_exported_content) {
    MonthFolderBuilder builder;
    for (const char* file : {"charge_lines.csv", "ledger.csv", "departments.csv"}) {
        auto rows = builder.rows(file);
        std::reverse(rows.begin(), rows.end());
        builder.set_rows(file, rows);
    }
    builder.feed("pathway_readings", "not_arrived").feed("ledger", "estimated");
    const auto imported = import(builder);
    ASSERT_TRUE(imported.stored);
    const auto loaded = exported("out");
    EXPECT_EQ(loaded.month_hash, imported.stored->month_hash);
    EXPECT_EQ(loaded.prior_hash, "none");
    EXPECT_FALSE(fs::exists(folder_.path() / "out" / "pathway_readings.csv"));
}

/// Optional tables come out only when they went in with rows, and then as the same content.
TEST_F(StoreTest, optional_tables_are_stored_as_the_same_content) {
    MonthFolderBuilder builder;
    builder
        .set("item_drivers.csv",
             "item_driver,department,service_item,value\nminutes,LAB,CBC,6.5\nminutes,,CBC,5\n")
        .set("activities.csv",
             "department,activity,name,measure,item_driver,practical_capacity\n"
             "LAB,take,采样,charge,,\nLAB,run,检测,item_driver,minutes,4000\n")
        .set("activity_readings.csv",
             "department,resource_driver,activity,value\nLAB,staff_minutes,run,30\n")
        .set("traced_costs.csv",
             "department,cost_item,fund_source,service_item,amount\nLAB,C01,basic,CBC,12.00\n")
        .set("account_balances.csv",
             "account,fund_source,debit,credit\n5002,,1205.00,5.00\n5001,research,1000.00,0.00\n"
             "5001,basic,240000.00,0.00\n1601,,25000.00,0.00\n")
        .set("attending_groups.csv",
             "attending,valid_from,valid_to,group,name\nP1,,2025-12,G2,乙组\nP1,2026-01,,G1,甲组\n")
        .set("assets.csv",
             "asset,name,department,kind,depreciation,paid_basic,paid_fiscal_project,"
             "paid_other_fiscal_project,paid_research,paid_teaching\n"
             "Z1,生化仪,LAB,special,100.00,1.00,0.00,0.00,0.00,0.00\n")
        .set("equipment_items.csv", "asset,department,service_item,share\nZ1,LAB,CBC,0.75\n")
        .set("equipment_costs.csv", "asset,voucher,line,share\nZ1,V1,2,0.1\n")
        .set("beds.csv", "department,opened,available_days\nSUR,30,\n")
        .set("research_projects.csv", "project,name\nK1,课题\n")
        .set("project_lines.csv",
             "voucher,line,account,department,project\nV1,5,,,K1\n,,5001,SUR,K1\n")
        .set("treatment_times.csv", "encounter,department,minutes\nE1,LAB,12.5\n")
        .set("stay_details.csv",
             "encounter,age_days,birth_weight_g,admission_weight_g,discharge_way,icu_days\n"
             "E1,,,,home,1.5\n")
        .set("case_terms.csv",
             "encounter,severity,tumour,level_coefficient,special_amount,special_points,patient_"
             "paid\n"
             "E1,III,,1.05,1234.50,,200.00\n")
        .set("ward_stays.csv", "encounter,department,days\n");
    const auto imported = import(builder);
    ASSERT_TRUE(imported.stored);
    EXPECT_EQ(exported("out").month_hash, imported.stored->month_hash);
    EXPECT_TRUE(fs::exists(folder_.path() / "out" / "activities.csv"));
    EXPECT_TRUE(fs::exists(folder_.path() / "out" / "account_balances.csv"));
    EXPECT_FALSE(fs::exists(folder_.path() / "out" / "ward_stays.csv"));
    // The same month without them is another month, and leaves none of their rows behind.
    const auto second = import(MonthFolderBuilder(), "again");
    ASSERT_TRUE(second.stored);
    EXPECT_NE(second.stored->month_hash, imported.stored->month_hash);
    EXPECT_EQ(number_of(session(), "select count(*) from month.item_drivers"), 0);
    EXPECT_EQ(number_of(session(), "select count(*) from month.account_balances"), 0);
    EXPECT_EQ(number_of(session(), "select count(*) from month.project_lines"), 0);
    EXPECT_FALSE(fs::exists(folder_.path() / "later" / "activities.csv"));
}

TEST_F(StoreTest, run_gives_the_result_of_headless_computing_and_becomes_current) {
    ASSERT_TRUE(import(MonthFolderBuilder().with_prior()).stored);
    const auto outcome = run();
    ASSERT_EQ(outcome.run_no, 1);
    const auto expected = headless("in");
    ASSERT_TRUE(expected.certificate);
    const auto current = store::RunStore(session()).current("H001", Period(2026, 9));
    ASSERT_TRUE(current);
    EXPECT_EQ(current->result_hash, expected.certificate->result_hash);
    EXPECT_EQ(current->run_id, expected.certificate->run_id);
    EXPECT_EQ(run().run_no, 2);
    EXPECT_EQ(number_of(session(), "select run_no from core.current_run"), 2);
}

TEST_F(StoreTest, stored_result_tables_come_out_as_the_same_bytes) {
    ASSERT_TRUE(import(MonthFolderBuilder().with_prior()).stored);
    const auto outcome = run();
    store::RunStore(session()).write_tables(1, outcome.run_no.value(), folder_.path() / "result");
    for (const auto& table : outcome.computed.tables) {
        std::ifstream in(folder_.path() / "result" / table.name, std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        EXPECT_EQ(text.str(), table.text) << table.name;
    }
    EXPECT_EQ(outcome.computed.tables.size(), 21U);
}

/// A catalogue is kept with the rules: the store groups as the folder does, and by its hash.
TEST_F(StoreTest, catalogue_of_the_rules_groups_a_stored_month) {
    MonthFolderBuilder builder;
    builder
        .set("rules/grouping.toml",
             "schema = \"yuanliu.grouping/1\"\nversion = \"t\"\n[[catalogue]]\n"
             "folder = \"own/dip\"\npayers = [\"*\"]\n")
        .set("rules/own/dip/catalogue.toml",
             "schema = \"yuanliu.catalogue/1\"\nid = \"OWN\"\nkind = \"dip\"\n[files]\n"
             "groups = \"groups.csv\"\n[dip]\ncomposite = \"rows\"\n"
             "excluded_diagnosis_match = \"exact\"\nunknown_class = \"ignored\"\n[[dip.stage]]\n"
             "levels = [\"basic\"]\nprocedures = \"counted\"\nmain_procedure = \"any\"\n"
             "related = \"ignored\"\npriority = [\"first_row\"]\n")
        .set("rules/own/dip/groups.csv",
             "group,name,level,diagnosis,other_diagnosis,procedure,related,class,mean_charge,"
             "score,reference_days\nB1,阑尾切除,basic,K35.8,,47.01,,,2500.00,400,6.5\n");
    ASSERT_TRUE(import(builder).stored);
    const auto outcome = run();
    ASSERT_TRUE(outcome.run_no);
    const auto expected = headless("in");
    ASSERT_TRUE(expected.certificate);
    EXPECT_EQ(outcome.computed.certificate->result_hash, expected.certificate->result_hash);
    EXPECT_EQ(outcome.computed.certificate->run_id, expected.certificate->run_id);
    store::RunStore(session()).write_tables(1, outcome.run_no.value(), folder_.path() / "result");
    std::ifstream in(folder_.path() / "result" / "grouping.csv", std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    EXPECT_EQ(text.str(),
              "encounter,status,reason,level,group,deciding_codes,catalogue\n"
              "E1,grouped,,basic,B1,K35.800;47.0100,OWN\n");
}

/// With methods a result has two more tables, and only then.
TEST_F(StoreTest, activities_of_a_run_come_out_as_the_same_bytes) {
    MonthFolderBuilder builder;
    builder.set("rules/costing.toml",
                "schema = \"yuanliu.costing/1\"\nversion = \"2026.1\"\n"
                "[[method]]\ndepartments = [\"*\"]\nmethod = \"income\"\n");
    ASSERT_TRUE(import(builder).stored);
    const auto outcome = run();
    store::RunStore(session()).write_tables(1, outcome.run_no.value(), folder_.path() / "result");
    EXPECT_EQ(outcome.computed.tables.size(), 23U);
    for (const auto& table : outcome.computed.tables) {
        std::ifstream in(folder_.path() / "result" / table.name, std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        EXPECT_EQ(text.str(), table.text) << table.name;
    }
    EXPECT_EQ(number_of(session(), "select count(*) from result.activities"), 3);
}

/// Policy files are rules like any other, and say in a table of their own how they paid.
TEST_F(StoreTest, policies_are_stored_and_run_as_the_same_content) {
    MonthFolderBuilder builder;
    builder
        .replace("rules/payment.toml", "method = \"dip\"\npoint_value = \"11.6\"",
                 "method = \"policy\"\npolicy = \"by_weight\"")
        .set("rules/policy_employee.toml",
             "schema = \"yuanliu.policy/1\"\nid = \"by_weight\"\nkind = \"weight\"\n"
             "value = \"9000\"\npoints_per_weight = \"0.001\"\nratio_to = \"standard\"\n"
             "coefficients = [\"hospital\"]\n[[band]]\nname = \"low\"\nto = \"0.4\"\n"
             "formula = \"charge\"\n[[band]]\nformula = \"linear\"\nr = \"1\"\n");
    ASSERT_TRUE(import(builder).stored);
    const auto outcome = run();
    ASSERT_TRUE(outcome.run_no);
    store::RunStore(session()).write_tables(1, outcome.run_no.value(), folder_.path() / "result");
    EXPECT_EQ(outcome.computed.tables.size(), 22U);
    for (const auto& table : outcome.computed.tables) {
        std::ifstream in(folder_.path() / "result" / table.name, std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        EXPECT_EQ(text.str(), table.text) << table.name;
    }
    EXPECT_EQ(number_of(session(), "select count(*) from result.case_policies"), 1);
    EXPECT_EQ(number_of(session(), "select count(*) from result.cases where basis = 'drg'"), 1);
}

/// Rules and tables of collection go in, are run, and come out; estimates reach the next prior/.
TEST_F(StoreTest, collection_is_stored_and_run_as_the_same_content) {
    MonthFolderBuilder builder = MonthFolderBuilder().with_prior();
    const std::string line = builder.rows("ledger.csv").front();
    const std::size_t comma = line.find(',');
    const std::string key = line.substr(0, line.find(',', comma + 1));
    builder.set("estimates.csv", "voucher,line\n" + key + "\n")
        .set("prior/estimates.csv",
             "voucher,line,booking_period,attribution_period,account,department,fund_source,amount,"
             "summary\nV1,9,2026-08,2026-07,5001,MED,basic,3.00,\n")
        .set("payroll.csv",
             "staff,department,pay_kind,fund_source,amount\nS1,MED,base,basic,1.00\n")
        .set("staff_time.csv",
             "unit,code,department,activity,minutes\nstaff,S1,,dispatched,1\n"
             "staff,S1,LAB,ward,2.5\n")
        .set("assets.csv",
             "asset,name,department,kind,depreciation,paid_basic,paid_fiscal_project,"
             "paid_other_fiscal_project,paid_research,paid_teaching\n"
             "A1,床,MED,general,1.00,0.00,2.00,0.00,0.00,0.00\n")
        .set("rules/collection.toml",
             "schema = \"yuanliu.collection/1\"\nversion = \"1\"\n[[move]]\nname = \"m\"\n"
             "departments = [\"MED\"]\nshare = \"0.5\"\n"
             "to = [ { department = \"LAB\", share = \"0.9\" }, "
             "{ out = \"GCP\", share = \"0.1\" } ]\n");
    const auto imported = import(builder);
    ASSERT_TRUE(imported.stored);
    const auto loaded = exported("out");
    EXPECT_EQ(loaded.month_hash, imported.stored->month_hash);
    EXPECT_EQ(loaded.prior_hash, imported.stored->prior_hash);
    const auto outcome = run();
    ASSERT_TRUE(outcome.run_no);
    EXPECT_EQ(outcome.computed.certificate->result_hash, headless("in").certificate->result_hash);
    store::RunStore runs(session());
    runs.write_tables(1, *outcome.run_no, folder_.path() / "result");
    EXPECT_EQ(outcome.computed.tables.size(), 26U);
    for (const auto& table : outcome.computed.tables) {
        std::ifstream in(folder_.path() / "result" / table.name, std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        EXPECT_EQ(text.str(), table.text) << table.name;
    }
    fs::create_directories(folder_.path() / "prior");
    ASSERT_TRUE(runs.write_prior("H001", Period(2026, 9), folder_.path() / "prior"));
    EXPECT_TRUE(fs::exists(folder_.path() / "prior" / "estimates.csv"));
}

TEST_F(StoreTest, import_again_replaces_the_month_as_a_whole) {
    const auto first = import(MonthFolderBuilder().with_prior());
    ASSERT_TRUE(first.stored);
    MonthFolderBuilder altered;
    altered.set_rows("charge_lines.csv", {altered.rows("charge_lines.csv").front()});
    const auto second = import(altered, "again");
    ASSERT_TRUE(second.stored);
    EXPECT_NE(second.stored->month_hash, first.stored->month_hash);
    EXPECT_EQ(second.stored->import_no, 2);
    EXPECT_EQ(exported("out").month_hash, second.stored->month_hash);
    EXPECT_EQ(number_of(session(), "select count(*) from month.charge_lines"), 1);
    EXPECT_EQ(number_of(session(), "select count(*) from month.prior_in_hospital"), 0);
    // The table of the former lines is gone: the parent, the branch of the period, one leaf.
    EXPECT_EQ(number_of(session(),
                        "select count(*) from pg_class where relname like "
                        "'charge_lines%' and relkind in ('r', 'p')"),
              3);
}

TEST_F(StoreTest, month_with_stop_findings_leaves_nothing) {
    const auto outcome =
        import(MonthFolderBuilder().add_row("ledger.csv", "V9,1,2026-09,2026-09,NO,MED,basic,1,"));
    EXPECT_FALSE(outcome.stored);
    EXPECT_TRUE(has_stop(outcome.findings));
    EXPECT_EQ(number_of(session(), "select count(*) from core.hospital"), 0);
    EXPECT_EQ(number_of(session(), "select count(*) from core.month"), 0);
    EXPECT_EQ(number_of(session(), "select count(*) from month.ledger"), 0);
}

TEST_F(StoreTest, damaged_snapshot_is_written_anew) {
    const auto imported = import(MonthFolderBuilder());
    ASSERT_TRUE(imported.stored);
    const auto first = run();
    const auto month = store::MonthStore(session()).find("H001", Period(2026, 9));
    const fs::path snapshot =
        jobs::snapshot_of(session(), month.value(), folder_.path() / "snapshots");
    std::ofstream(snapshot / "departments.csv", std::ios::app) << "X,x,clinical,mixed,,\n";
    const auto second = run();
    EXPECT_EQ(second.computed.certificate.value().result_hash,
              first.computed.certificate.value().result_hash);
}

TEST_F(StoreTest, second_active_run_of_a_month_is_refused) {
    const auto imported = import(MonthFolderBuilder());
    store::Session other(database_.dsn());
    store::JobStore job_store(other);
    const int job_no = job_store.start(imported.stored.value().hospital_id, 202609, "run");
    try {
        run();
        FAIL() << "two runs of one month at once";
    } catch (const store::StoreError& error) {
        EXPECT_EQ(error.code(), store::StoreErrorCode::run_already_active);
        EXPECT_EQ(error.constraint(), "job_one_active_run");
    }
    job_store.end(job_no, store::JobEnd::cancelled);
    EXPECT_EQ(run().run_no, 1);
}

TEST_F(StoreTest, job_of_a_dead_worker_is_interrupted_and_of_a_living_one_is_not) {
    const auto imported = import(MonthFolderBuilder());
    auto worker = std::make_unique<store::Session>(database_.dsn());
    const int job_no =
        store::JobStore(*worker).start(imported.stored.value().hospital_id, 202609, "run");
    EXPECT_EQ(store::JobStore(session()).reclaim(), 0);
    EXPECT_FALSE(store::JobStore(session()).claim(job_no));
    session().execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid <> "
        "pg_backend_pid() and datname = current_database()");
    EXPECT_EQ(store::JobStore(session()).reclaim(), 1);
}

TEST_F(StoreTest, month_imported_anew_during_a_run_is_not_posted) {
    const auto imported = import(MonthFolderBuilder());
    const auto outcome = run();
    import(MonthFolderBuilder().with_prior(), "again");
    try {
        store::RunStore(session()).post({.month = imported.stored.value(),
                                         .certificate = outcome.computed.certificate.value(),
                                         .tables = outcome.computed.tables,
                                         .findings = "[]",
                                         .started = std::chrono::system_clock::now()});
        FAIL() << "posted on another month";
    } catch (const store::StoreError& error) {
        EXPECT_EQ(error.code(), store::StoreErrorCode::month_changed);
    }
    EXPECT_EQ(number_of(session(), "select count(*) from core.run"), 1);
}

TEST_F(StoreTest, month_without_prior_takes_the_closing_state_of_the_month_before) {
    ASSERT_TRUE(import(MonthFolderBuilder().with_prior()).stored);
    const auto september = run();
    ASSERT_TRUE(september.run_no);
    // October: only the stay that went on, nothing else happened.
    MonthFolderBuilder october;
    for (const char* file : {"manifest.json"}) {
        october.replace(file, "2026-09", "2026-10");
    }
    october.set_rows("ledger.csv", {}).set_rows("charge_lines.csv", {});
    const auto imported = import(october, "october");
    EXPECT_TRUE(imported.took_prior_from_store);
    EXPECT_TRUE(std::none_of(imported.findings.begin(), imported.findings.end(),
                             [](const auto& f) { return f.code == FindingCode::prior_missing; }));
}

TEST_F(StoreTest, app_may_not_alter_posted_rows_nor_read_partitions) {
    ASSERT_TRUE(import(MonthFolderBuilder()).stored);
    ASSERT_TRUE(run().run_no);
    const auto leaf = testing::text_of(
        session(),
        "select relname from pg_class where relname like 'charge\\_lines\\_%\\_i%' and "
        "relkind = 'r'");
    for (const std::string& statement :
         {std::string("update result.cases set cost = 0"), std::string("delete from result.cases"),
          std::string("update core.run set result_hash = 'none'"),
          std::string("delete from month.ledger"), "select * from month." + leaf}) {
        store::Transaction transaction(session(), store::Role::app);
        try {
            session().execute(statement);
            ADD_FAILURE() << statement;
        } catch (const store::StoreError& error) {
            EXPECT_EQ(error.code(), store::StoreErrorCode::not_allowed) << statement;
        }
    }
}

}  // namespace
}  // namespace yuanliu
