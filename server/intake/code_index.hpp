// Why this file: codes of ten million rows are looked up among a few thousand (or a million) known
// ones; a flat open-addressing table of ids finds one in a few nanoseconds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yuanliu::intake {

/// Codes by id; the views must outlive the index.
class CodeIndex {
  public:
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

    CodeIndex() = default;
    /// Of equal codes the first keeps its place.
    explicit CodeIndex(std::vector<std::string_view> codes);
    [[nodiscard]] std::uint32_t find(std::string_view code) const noexcept;
    [[nodiscard]] std::string_view code(std::uint32_t id) const { return codes_[id]; }
    [[nodiscard]] std::size_t size() const noexcept { return codes_.size(); }

  private:
    std::vector<std::string_view> codes_;
    std::vector<std::uint32_t> slots_;
    std::size_t mask_ = 0;
};

/// Remembers the last answer: neighbouring rows mostly name the same code, and in a sorted file the
/// next code mostly is the next id.
class CodeMemo {
  public:
    [[nodiscard]] std::uint32_t find(const CodeIndex& index, std::string_view code);

  private:
    std::string last_;  ///< a copy: the row that held it may be gone
    std::uint32_t id_ = CodeIndex::kNone;
};

}  // namespace yuanliu::intake
