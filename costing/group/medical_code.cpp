// Why this file: see medical_code.hpp.
#include "costing/group/medical_code.hpp"

#include <array>

namespace yuanliu::costing::group {
namespace {

/// In byte order; 0 stands for no character.
constexpr std::string_view kCharacters = "*+.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZx";

constexpr std::array<std::uint8_t, 256> numbers_of_characters() {
    std::array<std::uint8_t, 256> numbers{};
    for (std::size_t i = 0; i < kCharacters.size(); ++i) {
        numbers[static_cast<unsigned char>(kCharacters[i])] = static_cast<std::uint8_t>(i + 1);
    }
    return numbers;
}

constexpr std::array<std::uint8_t, 256> kNumbers = numbers_of_characters();

}  // namespace

std::optional<MedicalCode> MedicalCode::parse(std::string_view text) {
    if (text.empty() || text.size() > kMaxLength) {
        return std::nullopt;
    }
    Bits bits = 0;
    for (const char character : text) {
        const std::uint8_t number = kNumbers[static_cast<unsigned char>(character)];
        if (number == 0) {
            return std::nullopt;
        }
        bits = (bits << kCharacterBits) | number;
    }
    MedicalCode code;
    code.bits_ = (bits << (128 - kCharacterBits * text.size())) | text.size();
    return code;
}

std::string MedicalCode::text() const {
    std::string text;
    for (std::size_t i = 0; i < length(); ++i) {
        const auto number =
            static_cast<std::size_t>((bits_ >> (128 - kCharacterBits * (i + 1))) & 0x3FU);
        text.push_back(kCharacters[number - 1]);
    }
    return text;
}

bool MedicalCode::is_extension() const {
    const std::string written = text();
    if (written.size() < 4) {
        return false;
    }
    const std::string_view tail = std::string_view(written).substr(written.size() - 4);
    return tail[0] == 'x' && tail.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

std::uint32_t MedicalCodeIndex::find(MedicalCode code) const {
    if (slots_.empty()) {
        return kNone;
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = code.hash() & mask;; at = (at + 1) & mask) {
        const Slot& slot = slots_[at];
        if (slot.number == kNone || slot.code == code) {
            return slot.number;
        }
    }
}

std::uint32_t MedicalCodeIndex::add(MedicalCode code) {
    const std::uint32_t known = find(code);
    if (known != kNone) {
        return known;
    }
    codes_.push_back(code);
    const auto number = static_cast<std::uint32_t>(codes_.size() - 1);
    if (codes_.size() * 2 > slots_.size()) {
        grow();
    } else {
        put(code, number);
    }
    return number;
}

void MedicalCodeIndex::put(MedicalCode code, std::uint32_t number) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = code.hash() & mask;
    while (slots_[at].number != kNone) {
        at = (at + 1) & mask;
    }
    slots_[at] = {.code = code, .number = number};
}

void MedicalCodeIndex::grow() {
    slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, Slot{});
    for (std::size_t i = 0; i < codes_.size(); ++i) {
        put(codes_[i], static_cast<std::uint32_t>(i));
    }
}

}  // namespace yuanliu::costing::group
