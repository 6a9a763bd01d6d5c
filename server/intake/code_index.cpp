// Why this file: see code_index.hpp.
#include "server/intake/code_index.hpp"

#include <bit>
#include <functional>

namespace yuanliu::intake {

CodeIndex::CodeIndex(std::vector<std::string_view> codes) : codes_(std::move(codes)) {
    slots_.assign(std::bit_ceil(codes_.size() * 2 + 1), kNone);
    mask_ = slots_.size() - 1;
    for (std::size_t id = 0; id < codes_.size(); ++id) {
        std::size_t at = std::hash<std::string_view>{}(codes_[id]) & mask_;
        while (slots_[at] != kNone && codes_[slots_[at]] != codes_[id]) {
            at = (at + 1) & mask_;
        }
        if (slots_[at] == kNone) {
            slots_[at] = static_cast<std::uint32_t>(id);
        }
    }
}

std::uint32_t CodeIndex::find(std::string_view code) const noexcept {
    if (codes_.empty()) {
        return kNone;
    }
    std::size_t at = std::hash<std::string_view>{}(code)&mask_;
    while (slots_[at] != kNone && codes_[slots_[at]] != code) {
        at = (at + 1) & mask_;
    }
    return slots_[at];
}

std::uint32_t CodeMemo::find(const CodeIndex& index, std::string_view code) {
    if (code == last_) {
        return id_;
    }
    const bool has_next = id_ != CodeIndex::kNone && id_ + 1 < index.size();
    id_ = has_next && index.code(id_ + 1) == code ? id_ + 1 : index.find(code);
    last_ = code;
    return id_;
}

}  // namespace yuanliu::intake
