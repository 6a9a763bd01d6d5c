// Why this file: jobs asked for through the API: a request, its idempotency key and its job come
// into being in one transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/store/connection_pool.hpp"

namespace yuanliu::store {

struct JobRequest {
    std::string username;
    std::string request_key;
    std::string body_hash;
    std::string kind;      ///< import, run
    std::string hospital;  ///< code, of an import
    std::string hospital_name;
    int period = 0;
    std::string upload;  ///< of an import
};

struct JobView {
    std::string job;
    std::string kind;
    int period = 0;
    std::string state;  ///< as the API names it
    std::string stage;
    int progress = 0;
    std::string findings;  ///< JSON array
    std::string error;
};

struct Asked {
    enum class Kind { made, repeated, key_reused, job_active, month_missing, other_hospital };
    Kind kind = Kind::made;
    int job_no = 0;
};

struct AskedImport {
    std::string upload;
    std::string hospital;  ///< code
};

class RequestStore {
  public:
    explicit RequestStore(Session& session) : session_(session) {}

    [[nodiscard]] Asked ask(const JobRequest& request);
    [[nodiscard]] std::optional<JobView> find(int job_no);
    /// Whether the key of a request was used before: repeated, key_reused.
    [[nodiscard]] std::optional<Asked> known(const JobRequest& request);
    /// A waiting job is cancelled at once, a running one is asked to stop. False: it has ended.
    [[nodiscard]] bool cancel(int job_no);
    [[nodiscard]] bool is_cancel_asked(int job_no);
    [[nodiscard]] AskedImport import_of(int job_no);
    void keep_findings(int job_no, const std::string& findings);

  private:
    Session& session_;
};

}  // namespace yuanliu::store
