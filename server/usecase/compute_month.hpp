// Why this file: one run, from folders to a certified result: read, check, compute, certify.
// Writing is another step, so that nothing is written unless everything is right.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "costing/group/catalogue_tables.hpp"
#include "server/export/certificate.hpp"
#include "server/intake/month_reader.hpp"
#include "server/intake/rules_reader.hpp"
#include "server/usecase/progress.hpp"

namespace yuanliu::usecase {

struct StageTime {
    std::string stage;
    double seconds = 0;
    long peak_memory_kib = 0;  ///< of the process, up to the end of the stage
};

struct ComputeOutcome {
    intake::LoadedMonth loaded;
    intake::LoadedRules rules;
    std::vector<costing::group::CatalogueTables> catalogues;  ///< that the rules group by
    RunResult result;
    std::vector<Finding> findings;  ///< of every step, stops first
    std::vector<exporting::FinishedTable> tables;
    std::optional<exporting::Certificate>
        certificate;  ///< none when a finding stops the run, or of values only
    std::vector<StageTime> stages;
};

/// Whoever only reads the values needs no tables and no certificate; they take half of the time.
enum class Finish { certified, values_only };

/// Runs one month. Throws what `progress` throws, and InvariantViolation when a claim of ours is
/// false.
[[nodiscard]] ComputeOutcome compute_month(const std::filesystem::path& month_dir,
                                           const std::filesystem::path& rules_dir,
                                           const ParallelFor& parallel_for,
                                           Finish finish = Finish::certified,
                                           const Progress& progress = {});

}  // namespace yuanliu::usecase
