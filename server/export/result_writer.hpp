// Why this file: a result folder appears whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "server/export/certificate.hpp"

namespace yuanliu::exporting {

struct ResultFiles {
    const Month& month;
    const std::vector<FinishedTable>& tables;
    const Certificate& certificate;
    /// Further files beside the result that are no part of its identity: name, text.
    std::vector<std::pair<std::string, std::string>> extras;
};

/// Whether `folder` is absent, empty, or a result: anything else is somebody's work, and stays.
[[nodiscard]] bool may_replace(const std::filesystem::path& folder);

/// Writes into a temporary sibling of `folder` and renames it. An existing folder is replaced only
/// if `replace`. Throws std::runtime_error with words for people.
void write_result(const ResultFiles& files, const std::filesystem::path& folder, bool replace);

/// Copies the closing state into `prior` of the month after: closing tables and their manifest.
void write_prior(const ResultFiles& files, const std::filesystem::path& prior);

}  // namespace yuanliu::exporting
