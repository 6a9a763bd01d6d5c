// Why this file: see folder_state.hpp.
#include "server/store/folder_state.hpp"

#include <stdexcept>

#include "server/store/stored_table.hpp"

namespace yuanliu::store {

namespace fs = std::filesystem;

void FolderState::require_unchanged() const {
    if (take() != before_) {
        throw std::runtime_error("the files in " + folder_.string() +
                                 " changed while they were imported: nothing was stored, "
                                 "import again when they are at rest");
    }
}

FolderState::State FolderState::take() const {
    State out;
    for (const StoredTable& table : stored_month_tables()) {
        std::error_code error;
        const fs::path path = folder_ / table.file;
        const std::uintmax_t size = fs::file_size(path, error);
        out.emplace_back(error ? 0 : size,
                         error ? fs::file_time_type{} : fs::last_write_time(path, error));
    }
    return out;
}

}  // namespace yuanliu::store
