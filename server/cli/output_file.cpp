// Why this file: see output_file.hpp.
#include "server/cli/output_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

#include "server/cli/command_line.hpp"

namespace yuanliu::cli {
namespace {

namespace fs = std::filesystem;

std::string last_error() {
    return std::generic_category().message(errno == 0 ? EIO : errno);
}

}  // namespace

void refuse_output(int code, const fs::path& path, const std::string& why, Language language) {
    throw OutputError(
        code, language == Language::zh
                  ? fmt::format("不能写入 {} ({}); 未写出任何内容, {}", path.string(), why,
                                code == kUsage ? "请指明一个可写的位置" : "请腾出空间后再试")
                  : fmt::format("can't write {} ({}); nothing was written, {}", path.string(), why,
                                code == kUsage ? "name a place that can be written"
                                               : "try again when there is room"));
}

void write_file(const fs::path& path, std::string_view text, Language language) {
    if (path.empty()) {
        return;
    }
    std::error_code error;
    if (fs::is_directory(path, error)) {
        refuse_output(kUsage, path, std::generic_category().message(EISDIR), language);
    }
    const bool is_plain = !fs::exists(path, error) || fs::is_regular_file(path, error);
    const fs::path beside = is_plain ? fs::path(path.string() + ".part") : path;
    errno = 0;
    std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
    if (!stream) {
        refuse_output(kUsage, path, last_error(), language);
    }
    stream << text;
    stream.close();
    const std::string why = stream ? std::string() : last_error();
    if (why.empty() && is_plain) {
        fs::rename(beside, path, error);
    }
    if (!why.empty() || error) {
        if (is_plain) {
            std::error_code ignored;
            fs::remove(beside, ignored);
        }
        refuse_output(why.empty() ? kUsage : kTryAgain, path, why.empty() ? error.message() : why,
                      language);
    }
}

}  // namespace yuanliu::cli
