// Why this file: see encoding.hpp. The C library knows the code tables.
#include "server/text/encoding.hpp"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>

#include "server/text/utf8.hpp"

namespace yuanliu::text {

std::optional<std::string> as_utf8(std::string_view bytes, Encoding encoding,
                                   std::size_t& fault_at) {
    if (encoding == Encoding::utf_8) {
        fault_at = first_invalid_utf8(bytes);
        return fault_at == std::string_view::npos
                   ? std::optional(std::string(without_byte_order_mark(bytes)))
                   : std::nullopt;
    }
    const iconv_t converter =
        iconv_open("UTF-8", encoding == Encoding::gb18030 ? "GB18030" : "UTF-16");
    if (converter == reinterpret_cast<iconv_t>(std::intptr_t{-1})) {
        throw std::runtime_error("the C library lacks the tables of GB18030 or UTF-16");
    }
    std::string source(bytes);
    char* in = source.data();
    std::size_t left = source.size();
    std::string out;
    std::array<char, 16'384> buffer{};
    bool is_good = true;
    while (is_good && left > 0) {
        char* to = buffer.data();
        std::size_t room = buffer.size();
        const std::size_t done = iconv(converter, &in, &left, &to, &room);
        out.append(buffer.data(), buffer.size() - room);
        is_good = done != static_cast<std::size_t>(-1) || errno == E2BIG;
    }
    iconv_close(converter);
    if (!is_good) {
        fault_at = source.size() - left;
        return std::nullopt;
    }
    return std::string(without_byte_order_mark(out));
}

}  // namespace yuanliu::text
