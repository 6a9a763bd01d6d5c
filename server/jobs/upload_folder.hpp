// Why this file: what is imported must not change any more. An upload whose import is asked for
// moves to a name with a leading dot, which no address of an upload may have.
#pragma once

#include <filesystem>
#include <string>

namespace yuanliu::jobs {

/// Moves an upload out of reach, once; where it stands. Blank: there is no such upload.
[[nodiscard]] std::filesystem::path freeze_upload(const std::filesystem::path& uploads,
                                                  const std::string& upload);
/// The upload that a folder in `uploads` holds.
[[nodiscard]] std::string upload_of_folder(const std::filesystem::path& folder);

}  // namespace yuanliu::jobs
