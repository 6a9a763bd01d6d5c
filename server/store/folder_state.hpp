// Why this file: what was checked must be what is stored, so whoever reads a month folder first
// takes down its state, and an import is refused when that is no longer so at its end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <utility>
#include <vector>

namespace yuanliu::store {

/// Size and time of the tables of a month folder.
class FolderState {
  public:
    /// As it is now: take it before the first byte is read.
    explicit FolderState(std::filesystem::path folder)
        : folder_(std::move(folder)), before_(take()) {}
    /// Throws std::runtime_error.
    void require_unchanged() const;

  private:
    using State = std::vector<std::pair<std::uintmax_t, std::filesystem::file_time_type>>;
    [[nodiscard]] State take() const;

    std::filesystem::path folder_;
    State before_;
};

}  // namespace yuanliu::store
