// Why this file: see wide.hpp. School arithmetic, word by word.
#include "costing/pay/wide.hpp"

#include <algorithm>
#include <bit>

#include "costing/base/check.hpp"

namespace yuanliu::costing::pay {
namespace {

__extension__ typedef unsigned __int128 DoubleWord;

}  // namespace

Wide::Wide(Int128 value) noexcept {
    DoubleWord rest = static_cast<DoubleWord>(value);
    rest = value < 0 ? DoubleWord{0} - rest : rest;
    words_[0] = static_cast<std::uint64_t>(rest);
    words_[1] = static_cast<std::uint64_t>(rest >> 64U);
    size_ = 2;
    trim();
}

void Wide::trim() noexcept {
    while (size_ > 0 && words_[size_ - 1] == 0) {
        --size_;
    }
}

int Wide::against(const Wide& other) const noexcept {
    if (size_ != other.size_) {
        return size_ < other.size_ ? -1 : 1;
    }
    for (std::size_t i = size_; i > 0; --i) {
        if (words_[i - 1] != other.words_[i - 1]) {
            return words_[i - 1] < other.words_[i - 1] ? -1 : 1;
        }
    }
    return 0;
}

Wide operator+(const Wide& left, const Wide& right) {
    YUANLIU_CHECK(std::max(left.size_, right.size_) < Wide::kWords);
    Wide sum;
    DoubleWord carry = 0;
    sum.size_ = std::max(left.size_, right.size_) + 1;
    for (std::size_t i = 0; i < sum.size_; ++i) {
        carry += DoubleWord{left.words_[i]} + right.words_[i];
        sum.words_[i] = static_cast<std::uint64_t>(carry);
        carry >>= 64U;
    }
    sum.trim();
    return sum;
}

Wide operator*(const Wide& left, const Wide& right) {
    YUANLIU_CHECK(left.size_ + right.size_ <= Wide::kWords);
    Wide product;
    for (std::size_t i = 0; i < left.size_; ++i) {
        DoubleWord carry = 0;
        for (std::size_t k = 0; k < right.size_; ++k) {
            carry += DoubleWord{left.words_[i]} * right.words_[k] + product.words_[i + k];
            product.words_[i + k] = static_cast<std::uint64_t>(carry);
            carry >>= 64U;
        }
        product.words_[i + right.size_] = static_cast<std::uint64_t>(carry);
    }
    product.size_ = left.size_ + right.size_;
    product.trim();
    return product;
}

Wide operator-(const Wide& left, const Wide& right) {
    YUANLIU_CHECK(left.against(right) >= 0);
    Wide difference = left;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < left.size_; ++i) {
        const DoubleWord taken = DoubleWord{right.words_[i]} + borrow;
        borrow = taken > left.words_[i] ? 1 : 0;
        difference.words_[i] = left.words_[i] - static_cast<std::uint64_t>(taken);
    }
    difference.trim();
    return difference;
}

std::size_t Wide::bits() const noexcept {
    return size_ == 0 ? 0
                      : size_ * 64 - static_cast<std::size_t>(std::countl_zero(words_[size_ - 1]));
}

void Wide::shift_up(std::size_t bits) {
    const std::size_t whole = bits / 64;
    const std::size_t part = bits % 64;
    YUANLIU_CHECK(size_ + whole < kWords);
    Wide moved;
    for (std::size_t i = 0; i < size_; ++i) {
        moved.words_[i + whole] |= words_[i] << part;
        if (part > 0) {
            moved.words_[i + whole + 1] |= words_[i] >> (64 - part);
        }
    }
    moved.size_ = size_ + whole + 1;
    moved.trim();
    *this = moved;
}

void Wide::halve() noexcept {
    for (std::size_t i = 0; i < size_; ++i) {
        const std::uint64_t above = i + 1 < size_ ? words_[i + 1] : 0;
        words_[i] = words_[i] >> 1U | above << 63U;
    }
    trim();
}

Wide operator/(const Wide& left, const Wide& right) {
    YUANLIU_CHECK(!right.is_zero());
    Wide quotient;
    if (left.against(right) < 0) {
        return quotient;
    }
    std::size_t shift = left.bits() - right.bits();
    Wide rest = left;
    Wide part = right;
    part.shift_up(shift);
    quotient.size_ = shift / 64 + 1;
    for (;; --shift) {
        if (rest.against(part) >= 0) {
            rest = rest - part;
            quotient.words_[shift / 64] |= std::uint64_t{1} << shift % 64;
        }
        if (shift == 0) {
            break;
        }
        part.halve();
    }
    quotient.trim();
    return quotient;
}

}  // namespace yuanliu::costing::pay
