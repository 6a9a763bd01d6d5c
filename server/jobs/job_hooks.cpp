// Why this file: see job_hooks.hpp.
#include "server/jobs/job_hooks.hpp"

#include <memory>
#include <string>

#include "server/store/job_store.hpp"
#include "server/store/pg_error.hpp"
#include "server/store/request_store.hpp"

namespace yuanliu::jobs {

usecase::Progress shown_progress(store::ConnectionPool& pool, int job_no) {
    const auto lease = std::make_shared<store::ConnectionPool::Lease>(pool.lease());
    return [lease, job_no](std::string_view stage, int permille) {
        if (store::RequestStore(**lease).is_cancel_asked(job_no)) {
            throw JobCancelled();
        }
        store::JobStore(**lease).report(job_no, std::string(stage), permille);
    };
}

std::string error_name_of(const std::exception& failure) {
    const auto* known = dynamic_cast<const store::StoreError*>(&failure);
    return std::string(store::store_error_name(known != nullptr ? known->code()
                                                                : store::StoreErrorCode::internal));
}

}  // namespace yuanliu::jobs
