// Why this file: see retention_store.hpp.
#include "server/store/retention_store.hpp"

#include "server/store/query.hpp"

namespace yuanliu::store {
namespace {

std::string seconds_of(RetentionStore::Time time) {
    return std::to_string(
        std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count());
}

}  // namespace

int RetentionStore::remove_keys(Time before) {
    Transaction transaction(session_, Role::app);
    const auto removed = query(session_,
                               "delete from access.idempotency where asked_at < "
                               "to_timestamp($1::double precision) returning 1",
                               {seconds_of(before)});
    transaction.commit();
    return static_cast<int>(removed.size());
}

int RetentionStore::remove_jobs(Time before) {
    Transaction transaction(session_, Role::app);
    const std::string ended =
        "(select job_no from core.job where state not in ('queued', 'running') and ended_at < "
        "to_timestamp($1::double precision))";
    const std::string time = seconds_of(before);
    query(session_, "delete from access.idempotency where job_no in " + ended, {time});
    query(session_, "delete from access.job_request where job_no in " + ended, {time});
    const auto removed =
        query(session_, "delete from core.job where job_no in " + ended + " returning 1", {time});
    transaction.commit();
    return static_cast<int>(removed.size());
}

bool RetentionStore::is_wanted(const std::string& upload) {
    Transaction transaction(session_, Role::app);
    return !query(session_,
                  "select 1 from access.job_request join core.job using (job_no) where upload = $1 "
                  "and state in ('queued', 'running') limit 1",
                  {upload})
                .empty();
}

}  // namespace yuanliu::store
