// Why this file: reads the two manifests (of a month, of `prior/`) into plain values, reporting
// what is not as docs/month-folder.md §2 and §4 say.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/intake/finding_list.hpp"

namespace yuanliu::intake {

/// What a manifest's optional `files` says of a file.
struct FileClaim {
    std::optional<std::string> sha256;
    std::optional<std::int64_t> rows;
};

struct Manifest {
    std::string schema;
    std::string hospital;
    std::string hospital_name;
    std::string period;
    std::string result_hash;                   ///< prior only
    std::map<std::string, std::string> feeds;  ///< as written, `final` too
    std::map<std::string, FileClaim> files;
    std::map<std::string, std::string> tables;  ///< prior only: result tables behind result_hash
};

/// Empty when the file is missing, unreadable or not an object of JSON; all reported.
[[nodiscard]] std::optional<Manifest> read_month_manifest(const std::filesystem::path& dir,
                                                          FindingList& findings);
[[nodiscard]] std::optional<Manifest> read_prior_manifest(const std::filesystem::path& dir,
                                                          FindingList& findings);

/// SHA-256 of the canonical manifest (§5).
[[nodiscard]] std::string month_manifest_hash(const Manifest& manifest);
[[nodiscard]] std::string prior_manifest_hash(const Manifest& manifest);

}  // namespace yuanliu::intake
