// Why this file: every table that we write is canonical (docs/month-folder.md §5): the same content
// is the same bytes, and sha256sum of the file is the hash that the certificate states.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/month.hpp"

namespace yuanliu::exporting {

struct FinishedTable {
    std::string name;  ///< file name in the result folder
    std::uint64_t rows = 0;
    std::string text;
    std::string sha256;
};

/// Collects rows in any order; finish() sorts them bytewise and hashes.
class TableText {
  public:
    TableText(std::string name, std::string_view header);

    TableText& text(std::string_view field);
    TableText& amount(Money value);
    TableText& count(std::int64_t value);
    template <class Tag, int kScale>
    TableText& number(Fixed<Tag, kScale> value) {
        separate();
        append_decimal_trimmed(buffer_, value.raw(), kScale);
        return *this;
    }
    TableText& blank() { return text({}); }
    template <class E>
    TableText& word(E value) {
        return text(word_of(value));
    }
    void end_row();

    [[nodiscard]] FinishedTable finish() &&;

  private:
    void separate();

    std::string name_;
    std::string header_;
    std::string buffer_;
    std::vector<std::size_t> ends_;
    bool row_is_open_ = false;
};

}  // namespace yuanliu::exporting
