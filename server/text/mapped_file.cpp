// Why this file: the only place that knows open, mmap and munmap.
#include "server/text/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace yuanliu::text {
namespace {

std::string last_error() {
    return std::error_code(errno, std::generic_category()).message();
}

}  // namespace

std::optional<MappedFile> MappedFile::open(const std::filesystem::path& path, std::string& reason) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        reason = last_error();
        return std::nullopt;
    }
    struct stat status {};
    std::optional<MappedFile> file;
    if (::fstat(descriptor, &status) != 0) {
        reason = last_error();
    } else if (!S_ISREG(status.st_mode)) {
        reason = "not a regular file";
    } else if (status.st_size == 0) {
        file = MappedFile(nullptr, 0);
    } else {
        const auto size = static_cast<std::size_t>(status.st_size);
        void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (data == MAP_FAILED) {
            reason = last_error();
        } else {
            file = MappedFile(static_cast<const char*>(data), size);
        }
    }
    ::close(descriptor);
    return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

MappedFile::~MappedFile() {
    if (data_ != nullptr) {
        ::munmap(const_cast<char*>(data_), size_);
    }
}

}  // namespace yuanliu::text
