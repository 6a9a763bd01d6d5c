// Why this file: see output_file.hpp.
#include "server/cli/output_file.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

namespace yuanliu::cli {

void write_file(const std::filesystem::path& path, std::string_view text) {
    const std::filesystem::path beside = path.string() + ".part";
    {
        std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
        stream << text;
        if (!stream.flush()) {
            throw std::runtime_error("can't write " + path.string());
        }
    }
    std::filesystem::rename(beside, path);
}

}  // namespace yuanliu::cli
