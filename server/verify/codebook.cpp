// Numbers codes after sorting them bytewise.
#include "codebook.hpp"

#include <algorithm>

namespace yuanliu_verify {

CodeBook CodeBook::of(std::vector<std::string> codes) {
    CodeBook book;
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    book.codes_ = std::move(codes);
    book.ids_.reserve(book.codes_.size());
    for (std::uint32_t id = 0; id < book.size(); ++id) {
        book.ids_.emplace(book.codes_[id], id);
    }
    return book;
}

std::uint32_t CodeBook::find(std::string_view code) const {
    const auto found = ids_.find(code);
    return found == ids_.end() ? kUnknown : found->second;
}

}  // namespace yuanliu_verify
