// Why this file: a month's charge lines may be a gigabyte; mapping the file lets every thread read
// its part without a copy, and lets the kernel drop pages that are done with.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace yuanliu::text {

/// A regular file mapped for reading; the bytes live as long as the object.
class MappedFile {
  public:
    /// Empty when it can't be opened or mapped; `reason` then says why.
    [[nodiscard]] static std::optional<MappedFile> open(const std::filesystem::path& path,
                                                        std::string& reason);
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();
    [[nodiscard]] std::string_view bytes() const noexcept { return {data_, size_}; }

  private:
    MappedFile(const char* data, std::size_t size) noexcept : data_(data), size_(size) {}
    const char* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace yuanliu::text
