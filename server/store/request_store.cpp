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

/// The hospital whose months the API shows: until an address can name one, there is only one.
std::vector<Row> shown_hospital(Session& session) {
    return query(session, "select hospital_id, code from core.hospital where hospital_id = " +
                              std::string(kShownHospital));
}

/// Blank: it has no month yet.
std::string hospital_id_of(Session& session, const std::string& code) {
    const auto rows =
        query(session, "select hospital_id from core.hospital where code = $1", {code});
    return rows.empty() ? std::string() : cell(rows[0], 0);
}

bool is_at_work(Session& session, const std::string& code, const std::string& period) {
    return !query(session,
                  "select 1 from core.job j left join core.hospital h using (hospital_id) "
                  "left join access.job_request r using (job_no) where j.period = $2::int and "
                  "coalesce(h.code, r.hospital) = $1 and j.state in ('queued', 'running') limit 1",
                  {code, period})
                .empty();
}

bool has_month(Session& session, const std::string& hospital_id, const std::string& period) {
    return !query(session,
                  "select 1 from core.month where hospital_id = $1::int and period = $2::int",
                  {hospital_id, period})
                .empty();
}

std::optional<Asked> asked_before(Session& session, const JobRequest& request) {
    const auto known = query(
        session,
        "select body_hash, job_no from access.idempotency where username = $1 and request_key = $2",
        {request.username, request.request_key});
    if (known.empty()) {
        return std::nullopt;
    }
    const bool same = cell(known[0], 0) == request.body_hash;
    return Asked{.kind = same ? Asked::Kind::repeated : Asked::Kind::key_reused,
                 .job_no = std::stoi(cell(known[0], 1))};
}

}  // namespace

Asked RequestStore::ask(const JobRequest& request) {
    Transaction transaction(session_, Role::app);
    // One after the other: two equal requests at once must find each other.
    session_.execute("select pg_advisory_xact_lock(7304)");
    if (const auto known = asked_before(session_, request)) {
        return *known;
    }
    const std::string period = std::to_string(request.period);
    const bool is_import = request.kind == "import";
    const auto shown = shown_hospital(session_);
    if (is_import && !shown.empty() && cell(shown[0], 1) != request.hospital) {
        return {.kind = Asked::Kind::other_hospital};
    }
    if (!is_import && (shown.empty() || !has_month(session_, cell(shown[0], 0), period))) {
        return {.kind = Asked::Kind::month_missing};
    }
    const std::string code = is_import ? request.hospital : cell(shown[0], 1);
    if (is_at_work(session_, code, period)) {
        return {.kind = Asked::Kind::job_active};
    }
    const auto made = query(session_,
                            "insert into core.job (hospital_id, period, kind) "
                            "values (nullif($1, '')::int, $2::int, $3) returning job_no",
                            {hospital_id_of(session_, code), period, request.kind});
    const std::string job_no = cell(made.at(0), 0);
    query(session_,
          "insert into access.job_request (job_no, username, upload, hospital) "
          "values ($1::int, $2, $3, $4)",
          {job_no, request.username, request.upload, request.hospital});
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

std::optional<Asked> RequestStore::known(const JobRequest& request) {
    Transaction transaction(session_, Role::app);
    return asked_before(session_, request);
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

AskedImport RequestStore::import_of(int job_no) {
    Transaction transaction(session_, Role::app);
    const auto rows = query(session_,
                            "select r.upload, coalesce(h.code, r.hospital) from core.job j "
                            "join access.job_request r using (job_no) "
                            "left join core.hospital h using (hospital_id) where job_no = $1::int",
                            {std::to_string(job_no)});
    return rows.empty() ? AskedImport()
                        : AskedImport{.upload = cell(rows[0], 0), .hospital = cell(rows[0], 1)};
}

void RequestStore::keep_findings(int job_no, const std::string& findings) {
    Transaction transaction(session_, Role::app);
    query(session_, "update access.job_request set findings = $2 where job_no = $1::int",
          {std::to_string(job_no), findings});
    transaction.commit();
}

}  // namespace yuanliu::store
