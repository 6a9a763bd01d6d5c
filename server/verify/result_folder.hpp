// The result folder under judgement: its file list, certificate and closing manifest.
#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <string>

#include "report.hpp"

namespace yuanliu_verify {

// Every table must be there and nothing unknown beside them.
// The optional tables belong to a result exactly when its rules have methods.
void check_file_list(const std::filesystem::path& folder, bool has_methods, Report& report);

// closing/manifest.json has no hash of its own, but the next month will stand on it.
void check_closing_manifest(const std::filesystem::path& folder,
                            const boost::json::object& certificate, Report& report);

}  // namespace yuanliu_verify
