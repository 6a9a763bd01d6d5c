// Codes as dense numbers in bytewise order, so that comparing numbers compares codes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace yuanliu_verify {

class CodeBook {
  public:
    static constexpr std::uint32_t kUnknown = UINT32_MAX;

    // Takes codes in any order; equal codes get one number.
    static CodeBook of(std::vector<std::string> codes);

    std::uint32_t find(std::string_view code) const;
    const std::string& code(std::uint32_t id) const { return codes_[id]; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(codes_.size()); }

  private:
    std::vector<std::string> codes_;
    std::unordered_map<std::string_view, std::uint32_t> ids_;
};

}  // namespace yuanliu_verify
