// Why this file: a month goes in whole or not at all, replaces its former self in the same
// transaction, and comes out again as the same content: same rows, same hashes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "costing/base/period.hpp"
#include "server/intake/month_reader.hpp"
#include "server/intake/rules_reader.hpp"
#include "server/store/connection_pool.hpp"
#include "server/store/folder_state.hpp"

namespace yuanliu::store {

struct StoredMonth {
    std::int16_t hospital_id = 0;
    std::string hospital;
    std::string hospital_name;
    Period period;
    std::string month_hash;
    std::string prior_hash;
    std::string rules_hash;
    std::int64_t import_no = 0;  ///< counts the imports of this month
};

struct MonthImport {
    const std::filesystem::path& folder;
    const intake::LoadedMonth& loaded;  ///< read from the folder, without stop findings
    const FolderState& state;           ///< of the folder before it was read
    const intake::LoadedRules& rules;
    int job_no = 0;  ///< is done with the same commit; 0 = no job
    /// Called when the lines are loaded, before anything that others see is touched.
    std::function<void()> loaded_lines{};
};

/// yyyymm, as the database keeps a period.
[[nodiscard]] int period_number(Period period) noexcept;

class MonthStore {
  public:
    explicit MonthStore(Session& session) : session_(session) {}

    /// Blank hospital: the only one there is. Throws StoreError (hospital_missing) when that isn't
    /// one. Empty: the month isn't there.
    [[nodiscard]] std::optional<StoredMonth> find(const std::string& hospital, Period period);
    /// Throws StoreError; std::runtime_error when the folder has changed since it was read.
    StoredMonth import(const MonthImport& import);
    /// Writes the month folder with its prior/; `folder` must not exist, and appears whole.
    void write_folder(const StoredMonth& month, const std::filesystem::path& folder);
    /// Writes the rules folder of a version.
    void write_rules(std::int16_t hospital_id, const std::string& rules_hash,
                     const std::filesystem::path& folder);

  private:
    Session& session_;
};

}  // namespace yuanliu::store
