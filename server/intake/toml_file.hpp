// Why this file: profiles, layouts and rules all begin the same way: a TOML file that can be read,
// whose decimals are quoted; else a finding.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <functional>

#include "server/intake/finding_list.hpp"

namespace yuanliu::intake {

/// Calls `take` with the document of a file that is TOML; a bare decimal in it is a finding too.
void read_toml_file(const std::filesystem::path& path, FindingList& findings,
                    const std::function<void(const toml::table&)>& take);

}  // namespace yuanliu::intake
