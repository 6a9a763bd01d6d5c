// Why this file: see request_store.hpp.
#include "server/store/request_store.hpp"

#include "server/store/query.hpp"

namespace yuanliu::store {
namespace {

/// The database's words for a job's state, in the API's.
std::string api_state(const std::string& state) {
    if (state == "queued") {
        return "waiting";
    }
    return state == "interrupted" ? "failed" : state;
}

std::string hospital_id_of(Session& session, const JobRequest& request) {
    if (request.kind == "import") {
        query(
            session,
            "insert into core.hospital (code, name) values ($1, $2) on conflict (code) do nothing",
            {request.hospital, request.hospital_name});
        return cell(query(session, "select hospital_id from core.hospital where code = $1",
                          {request.hospital})
                        .at(0),
                    0);
    }
    const auto rows = query(session,
                            "select hospital_id from core.month where period = $1::int "
                            "order by hospital_id limit 1",
                            {std::to_string(request.period)});
    return rows.empty() ? std::string() : cell(rows[0], 0);
}

}  // namespace

Asked RequestStore::ask(const JobRequest& request) {
    Transaction transaction(session_, Role::app);
    // One after the other: two equal requests at once must find each other.
    session_.execute("select pg_advisory_xact_lock(7304)");
    const auto known = query(
        session_,
        "select body_hash, job_no from access.idempotency where username = $1 and request_key = $2",
        {request.username, request.request_key});
    if (!known.empty()) {
        const bool same = cell(known[0], 0) == request.body_hash;
        return {.kind = same ? Asked::Kind::repeated : Asked::Kind::key_reused,
                .job_no = std::stoi(cell(known[0], 1))};
    }
    const std::string hospital = hospital_id_of(session_, request);
    if (hospital.empty()) {
        return {.kind = Asked::Kind::month_missing};
    }
    const std::string period = std::to_string(request.period);
    if (!query(session_,
               "select 1 from core.job where hospital_id = $1::int and period = $2::int "
               "and state in ('queued', 'running') limit 1",
               {hospital, period})
             .empty()) {
        return {.kind = Asked::Kind::job_active};
    }
    const auto made = query(session_,
                            "insert into core.job (hospital_id, period, kind) "
                            "values ($1::int, $2::int, $3) returning job_no",
                            {hospital, period, request.kind});
    const std::string job_no = cell(made.at(0), 0);
    query(session_,
          "insert into access.job_request (job_no, username, upload) values ($1::int, $2, $3)",
          {job_no, request.username, request.upload});
    query(session_,
          "insert into access.idempotency (username, request_key, body_hash, job_no) "
          "values ($1, $2, $3, $4::int)",
          {request.username, request.request_key, request.body_hash, job_no});
    transaction.commit();
    return {.kind = Asked::Kind::made, .job_no = std::stoi(job_no)};
}

std::optional<JobView> RequestStore::find(int job_no) {
    Transaction transaction(session_, Role::app);
    const auto rows =
        query(session_,
              "select j.job_no, j.kind, j.period, j.state, j.stage, j.permille, "
              "coalesce(r.findings, '[]'), j.error from core.job j "
              "left join access.job_request r using (job_no) where j.job_no = $1::int",
              {std::to_string(job_no)});
    if (rows.empty()) {
        return std::nullopt;
    }
    const Row& row = rows[0];
    const std::string state = api_state(cell(row, 3));
    return JobView{.job = cell(row, 0),
                   .kind = cell(row, 1),
                   .period = std::stoi(cell(row, 2)),
                   .state = state,
                   .stage = cell(row, 3) == "interrupted" ? "interrupted" : cell(row, 4),
                   .progress = state == "done" ? 100 : std::stoi(cell(row, 5)) / 10,
                   .findings = cell(row, 6),
                   .error = cell(row, 7)};
}

std::optional<JobView> RequestStore::find_repeated(const std::string& username,
                                                   const std::string& request_key,
                                                   const std::string& body_hash) {
    std::string job_no;
    {
        Transaction transaction(session_, Role::app);
        const auto rows = query(session_,
                                "select job_no from access.idempotency where username = $1 and "
                                "request_key = $2 and body_hash = $3",
                                {username, request_key, body_hash});
        job_no = rows.empty() ? "" : cell(rows[0], 0);
    }
    return job_no.empty() ? std::nullopt : find(std::stoi(job_no));
}

bool RequestStore::cancel(int job_no) {
    Transaction transaction(session_, Role::app);
    const std::string job = std::to_string(job_no);
    const bool waiting = !query(session_,
                                "update core.job set state = 'cancelled', ended_at = now() "
                                "where job_no = $1::int and state = 'queued' returning 1",
                                {job})
                              .empty();
    const bool running =
        !query(
             session_,
             "update access.job_request set cancel_asked = true where job_no = $1::int and exists "
             "(select from core.job where job_no = $1::int and state = 'running') returning 1",
             {job})
             .empty();
    transaction.commit();
    return waiting || running;
}

bool RequestStore::is_cancel_asked(int job_no) {
    Transaction transaction(session_, Role::app);
    const auto rows =
        query(session_, "select cancel_asked from access.job_request where job_no = $1::int",
              {std::to_string(job_no)});
    return !rows.empty() && cell(rows[0], 0) == "t";
}

std::string RequestStore::upload_of(int job_no) {
    Transaction transaction(session_, Role::app);
    const auto rows =
        query(session_, "select upload from access.job_request where job_no = $1::int",
              {std::to_string(job_no)});
    return rows.empty() ? std::string() : cell(rows[0], 0);
}

void RequestStore::keep_findings(int job_no, const std::string& findings) {
    Transaction transaction(session_, Role::app);
    query(session_, "update access.job_request set findings = $2 where job_no = $1::int",
          {std::to_string(job_no), findings});
    transaction.commit();
}

}  // namespace yuanliu::store
