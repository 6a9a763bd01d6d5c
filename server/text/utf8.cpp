// Why this file: well-formedness of UTF-8 by the table of the Unicode standard (table 3-7).
#include "server/text/utf8.hpp"

namespace yuanliu::text {
namespace {

/// Length of the well-formed sequence at the front of `bytes`; 0 when there is none.
std::size_t sequence_length(std::string_view bytes) noexcept {
    const auto at = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<unsigned>(static_cast<unsigned char>(bytes[i])) : 0U;
    };
    const auto continues = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    const unsigned lead = at(0);
    if (lead < 0x80U) {
        return 1;
    }
    if (lead >= 0xC2U && lead <= 0xDFU) {
        return continues(1) ? 2 : 0;
    }
    if (lead >= 0xE0U && lead <= 0xEFU) {
        const unsigned low = lead == 0xE0U ? 0xA0U : 0x80U;
        const unsigned high = lead == 0xEDU ? 0x9FU : 0xBFU;
        return at(1) >= low && at(1) <= high && continues(2) ? 3 : 0;
    }
    if (lead >= 0xF0U && lead <= 0xF4U) {
        const unsigned low = lead == 0xF0U ? 0x90U : 0x80U;
        const unsigned high = lead == 0xF4U ? 0x8FU : 0xBFU;
        return at(1) >= low && at(1) <= high && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view bytes) noexcept {
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t length = sequence_length(bytes.substr(i));
        if (length == 0) {
            return i;
        }
        i += length;
    }
    return std::string_view::npos;
}

std::string shown(std::string_view value, std::size_t limit) {
    std::string out;
    for (std::size_t i = 0; i < value.size();) {
        const std::size_t length = sequence_length(value.substr(i));
        if (i + length > limit) {
            out += "…";
            break;
        }
        out += length == 0 ? std::string_view("?") : value.substr(i, length);
        i += length == 0 ? 1 : length;
    }
    return out;
}

std::string_view without_byte_order_mark(std::string_view bytes) noexcept {
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
    }
    return bytes;
}

}  // namespace yuanliu::text
