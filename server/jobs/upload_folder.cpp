// Why this file: see upload_folder.hpp.
#include "server/jobs/upload_folder.hpp"

namespace yuanliu::jobs {

namespace fs = std::filesystem;

fs::path freeze_upload(const fs::path& uploads, const std::string& upload) {
    if (upload.empty() || upload.starts_with('.') || upload.find('/') != std::string::npos) {
        return {};
    }
    fs::path frozen = uploads / ("." + upload);
    std::error_code ignored;  // moved before, or by another request a moment ago
    fs::rename(uploads / upload, frozen, ignored);
    return fs::is_directory(frozen, ignored) ? frozen : fs::path();
}

std::string upload_of_folder(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return name.starts_with('.') ? name.substr(1) : name;
}

}  // namespace yuanliu::jobs
