// Why this file: a run is posted with all its rows and becomes the one that people see in one
// transaction: after a crash there is the old run or the new one, never something between.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/export/certificate.hpp"
#include "server/store/month_store.hpp"

namespace yuanliu::store {

struct RunToPost {
    const StoredMonth& month;
    const exporting::Certificate& certificate;
    const std::vector<exporting::FinishedTable>& tables;
    std::string findings;  ///< as JSON
    std::chrono::system_clock::time_point started;
    int job_no = 0;             ///< is done with the same commit; 0 = no job
    std::string group_names{};  ///< canonical rows `group,name` with their header; blank = none
};

struct CurrentRun {
    std::int64_t run_no = 0;
    std::string run_id;
    std::string month_hash;
    std::string prior_hash;
    std::string rules_hash;
    std::string result_hash;
};

class RunStore {
  public:
    explicit RunStore(Session& session) : session_(session) {}

    /// The number of the run. Throws StoreError: month_changed when the month or what it stands on
    /// is no longer what was computed.
    std::int64_t post(const RunToPost& run);
    [[nodiscard]] std::optional<CurrentRun> current(const std::string& hospital, Period period);
    /// Writes the closing tables of the current run as `prior/` of the month after; false when
    /// there is no current run.
    bool write_prior(const std::string& hospital, Period period,
                     const std::filesystem::path& prior);
    /// Writes all tables and the certificate of a run as a result folder holds them.
    void write_tables(std::int16_t hospital_id, std::int64_t run_no,
                      const std::filesystem::path& folder);

  private:
    Session& session_;
};

}  // namespace yuanliu::store
