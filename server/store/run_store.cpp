// Why this file: see run_store.hpp.
#include "server/store/run_store.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "server/export/json_text.hpp"
#include "server/store/job_store.hpp"
#include "server/store/sql_call.hpp"
#include "server/store/table_files.hpp"

namespace yuanliu::store {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

void require_unchanged(soci::session& sql, const StoredMonth& month, int hospital, int period) {
    long long same = 0;
    const long long import_no = month.import_no;
    sql << "select count(*) from core.month where hospital_id = :h and period = :p and "
           "import_no = :i and month_hash = :m and prior_hash = :b and rules_hash = :r",
        soci::use(hospital), soci::use(period), soci::use(import_no), soci::use(month.month_hash),
        soci::use(month.prior_hash), soci::use(month.rules_hash), soci::into(same);
    if (same != 1) {
        throw StoreError(
            StoreErrorCode::month_changed,
            "the month " + month.period.text() + " was imported anew during the run: run again");
    }
}

std::string rows_of(std::int16_t hospital_id, std::int64_t run_no) {
    return "hospital_id = " + std::to_string(hospital_id) +
           " and run_no = " + std::to_string(run_no);
}

/// The tables of a result with their hashes, as its certificate states them.
json::object listing_of(const std::string& certificate) {
    json::object listing;
    const json::value document = json::parse(certificate);
    for (const auto& table : document.at("tables").as_object()) {
        listing[table.key()] = table.value().at("sha256");
    }
    return listing;
}

void insert_run(soci::session& sql, const RunToPost& run, long long run_no) {
    const int hospital = run.month.hospital_id;
    const int period = period_number(run.month.period);
    const std::string certificate = exporting::indented(run.certificate.document);
    const long long started =
        std::chrono::duration_cast<std::chrono::milliseconds>(run.started.time_since_epoch())
            .count();
    sql << "insert into core.run (hospital_id, run_no, period, run_id, month_hash, prior_hash, "
           "rules_hash, result_hash, certificate, findings, started_at) values (:h, :n, :p, :id, "
           ":m, :b, :r, :x, :c, :f, to_timestamp(:t / 1000.0))",
        soci::use(hospital), soci::use(run_no), soci::use(period),
        soci::use(run.certificate.run_id), soci::use(run.month.month_hash),
        soci::use(run.month.prior_hash), soci::use(run.month.rules_hash),
        soci::use(run.certificate.result_hash), soci::use(certificate), soci::use(run.findings),
        soci::use(started);
    sql << "insert into core.current_run (hospital_id, period, run_no) values (:h, :p, :n) "
           "on conflict (hospital_id, period) do update set run_no = excluded.run_no",
        soci::use(hospital), soci::use(period), soci::use(run_no);
}

}  // namespace

std::int64_t RunStore::post(const RunToPost& run) {
    Transaction transaction(session_, Role::app);
    session_.execute("set local statement_timeout = 0; select pg_advisory_xact_lock(7302, " +
                     std::to_string(run.month.hospital_id) + ")");
    long long run_no = 0;
    sql_call([&] {
        const int hospital = run.month.hospital_id;
        require_unchanged(session_.sql(), run.month, hospital, period_number(run.month.period));
        session_.sql() << "select coalesce(max(run_no), 0) + 1 from core.run where hospital_id = "
                          ":h",
            soci::use(hospital), soci::into(run_no);
    });
    for (const exporting::FinishedTable& table : run.tables) {
        copy_in(session_, stored_result_table(table.name), table.text,
                {.hospital_id = run.month.hospital_id, .second = run_no, .second_is_wide = true});
    }
    if (!run.group_names.empty()) {
        copy_in(session_, stored_group_names(), run.group_names,
                {.hospital_id = run.month.hospital_id, .second = run_no, .second_is_wide = true});
    }
    sql_call([&] { insert_run(session_.sql(), run, run_no); });
    if (run.job_no != 0) {
        end_job_within(transaction, run.job_no);
    }
    transaction.commit();
    return run_no;
}

std::optional<CurrentRun> RunStore::current(const std::string& hospital, Period period) {
    Transaction transaction(session_, Role::app);
    return sql_call([&]() -> std::optional<CurrentRun> {
        CurrentRun run;
        const int number = period_number(period);
        long long run_no = 0;
        session_.sql() << "select r.run_no, r.run_id, r.month_hash, r.prior_hash, r.rules_hash, "
                          "r.result_hash "
                          "from core.current_run c join core.run r using (hospital_id, run_no) "
                          "join core.hospital h using (hospital_id) where h.code = :h and "
                          "c.period = :p",
            soci::use(hospital), soci::use(number), soci::into(run_no), soci::into(run.run_id),
            soci::into(run.month_hash), soci::into(run.prior_hash), soci::into(run.rules_hash),
            soci::into(run.result_hash);
        if (!session_.sql().got_data()) {
            return std::nullopt;
        }
        run.run_no = run_no;
        return run;
    });
}

bool RunStore::write_prior(const std::string& hospital, Period period, const fs::path& prior) {
    const auto run = current(hospital, period);
    if (!run) {
        return false;
    }
    Transaction transaction(session_, Role::app);
    int hospital_id = 0;
    std::string certificate;
    sql_call([&] {
        const long long run_no = run->run_no;
        session_.sql() << "select hospital_id::int, certificate from core.hospital join core.run "
                          "using (hospital_id) where code = :h and run_no = :n",
            soci::use(hospital), soci::use(run_no), soci::into(hospital_id),
            soci::into(certificate);
    });
    const std::string where = rows_of(static_cast<std::int16_t>(hospital_id), run->run_no);
    constexpr std::string_view kClosing = "closing/";
    const json::object listed = listing_of(certificate);
    for (const StoredTable& table : stored_result_tables()) {
        if (table.file.starts_with(kClosing) && listed.contains(table.file)) {
            copy_out(session_, table, where, prior / table.file.substr(kClosing.size()));
        }
    }
    write_file(prior / "manifest.json",
               exporting::indented(json::object{{"schema", "yuanliu.prior/1"},
                                                {"hospital", hospital},
                                                {"period", period.text()},
                                                {"result_hash", run->result_hash},
                                                {"tables", listing_of(certificate)}}));
    return true;
}

void RunStore::write_tables(std::int16_t hospital_id, std::int64_t run_no, const fs::path& folder) {
    Transaction transaction(session_, Role::app);
    session_.execute("set local statement_timeout = 0");
    std::string certificate;
    sql_call([&] {
        const int hospital = hospital_id;
        const long long number = run_no;
        session_.sql() << "select certificate from core.run where hospital_id = :h and run_no = :n",
            soci::use(hospital), soci::use(number), soci::into(certificate);
    });
    const json::object listed = listing_of(certificate);
    for (const StoredTable& table : stored_result_tables()) {
        if (listed.contains(table.file)) {
            copy_out(session_, table, rows_of(hospital_id, run_no), folder / table.file);
        }
    }
    write_file(folder / "certificate.json", certificate);
}

}  // namespace yuanliu::store
