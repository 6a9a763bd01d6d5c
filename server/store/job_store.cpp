// Why this file: see job_store.hpp.
#include "server/store/job_store.hpp"

#include "server/store/query.hpp"
#include "server/store/sql_call.hpp"

namespace yuanliu::store {
namespace {

constexpr const char* name_of(JobEnd end) {
    switch (end) {
        case JobEnd::done:
            return "done";
        case JobEnd::failed:
            return "failed";
        case JobEnd::cancelled:
            return "cancelled";
    }
    return "failed";
}

}  // namespace

int JobStore::start(std::int16_t hospital_id, int period, const std::string& kind) {
    Transaction transaction(session_, Role::app);
    int job_no = 0;
    sql_call([&] {
        const int hospital = hospital_id;
        session_.sql() << "insert into core.job (hospital_id, period, kind, state, started_at) "
                          "values (:h, :p, :k, 'running', now()) returning job_no",
            soci::use(hospital), soci::use(period), soci::use(kind), soci::into(job_no);
    });
    session_.execute("select pg_advisory_lock(7303, " + std::to_string(job_no) + ")");
    transaction.commit();
    return job_no;
}

std::optional<Job> JobStore::claim(int job_no) {
    Transaction transaction(session_, Role::app);
    Job job;
    const bool found = sql_call([&] {
        int hospital = 0;
        session_.sql()
            << "select job_no, coalesce(j.hospital_id, 0)::int, period, kind, coalesce(code, '') "
               "from core.job j left join core.hospital h on h.hospital_id = j.hospital_id "
               "where state = 'queued' and (:n = 0 or job_no = :m) order by job_no limit 1 "
               "for update of j skip locked",
            soci::use(job_no, "n"), soci::use(job_no, "m"), soci::into(job.job_no),
            soci::into(hospital), soci::into(job.period), soci::into(job.kind),
            soci::into(job.hospital);
        job.hospital_id = static_cast<std::int16_t>(hospital);
        return session_.sql().got_data();
    });
    if (!found) {
        return std::nullopt;
    }
    // The lock before the commit: a job that others see running has a living worker.
    session_.execute(
        "select pg_advisory_lock(7303, " + std::to_string(job.job_no) +
        "); update core.job set state = 'running', started_at = now() where job_no = " +
        std::to_string(job.job_no));
    transaction.commit();
    return job;
}

std::vector<QueuedJob> JobStore::queued() {
    std::vector<QueuedJob> found;
    for (const Row& row : query(session_,
                                "select job_no, kind, upload from core.job left join "
                                "access.job_request using (job_no) where state = 'queued' "
                                "order by job_no")) {
        found.push_back(
            {.job_no = std::stoi(cell(row, 0)), .kind = cell(row, 1), .upload = cell(row, 2)});
    }
    return found;
}

void JobStore::report(int job_no, const std::string& stage, int permille) {
    Transaction transaction(session_, Role::app);
    sql_call([&] {
        session_.sql() << "update core.job set stage = :s, permille = :m where job_no = :n",
            soci::use(stage), soci::use(permille), soci::use(job_no);
    });
    transaction.commit();
}

void JobStore::end(int job_no, JobEnd end, const std::string& error) {
    Transaction transaction(session_, Role::app);
    sql_call([&] {
        const std::string state = name_of(end);
        session_.sql() << "update core.job set state = :s, error = :e, ended_at = "
                          "clock_timestamp() where job_no = :n and state = 'running'",
            soci::use(state), soci::use(error), soci::use(job_no);
    });
    transaction.commit();
    release(job_no);
}

void JobStore::release(int job_no) {
    session_.execute("select pg_advisory_unlock(7303, " + std::to_string(job_no) + ")");
}

void end_job_within(Transaction& transaction, int job_no) {
    transaction.session().execute(
        "set local role yuanliu_app; update core.job set state = 'done', permille = 1000, "
        "ended_at = clock_timestamp() where job_no = " +
        std::to_string(job_no));
}

int JobStore::reclaim() {
    Transaction transaction(session_, Role::app);
    int count = 0;
    sql_call([&] {
        session_.sql() << "with dead as (select job_no from core.job j where (state = 'running' or "
                          "state = 'queued' and not exists (select from access.job_request r "
                          "where r.job_no = j.job_no)) and "
                          "pg_try_advisory_xact_lock(7303, job_no)), ended as (update core.job j "
                          "set state = 'interrupted', ended_at = clock_timestamp() from dead "
                          "where j.job_no = dead.job_no returning 1) "
                          "select count(*)::int from ended",
            soci::into(count);
    });
    transaction.commit();
    return count;
}

}  // namespace yuanliu::store
