// Why this file: ten million lines name some ten thousand pairs (department, item); each line must
// find the sums of its pair at once, and a tree of them costs more than all else in netting. Pairs
// are numbered in the order in which they are first asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace yuanliu::costing {

class PairIndex {
  public:
    /// The number of the pair; a new one gets the next.
    [[nodiscard]] std::size_t of(std::uint32_t first, std::uint32_t second) {
        const std::uint64_t key = (std::uint64_t{first} << 32U) | second;
        Place& place = places_[place_of(key)];
        if (place.is_taken) {
            return place.number;
        }
        const std::size_t number = keys_.size();
        place = {.key = key, .number = static_cast<std::uint32_t>(number), .is_taken = true};
        keys_.push_back(key);
        if (keys_.size() * 2 > places_.size()) {
            grow();
        }
        return number;
    }
    [[nodiscard]] std::size_t size() const { return keys_.size(); }
    /// Both halves of a pair as one number, which orders pairs by first, then second.
    [[nodiscard]] std::uint64_t key(std::size_t number) const { return keys_[number]; }

  private:
    struct Place {
        std::uint64_t key = 0;
        std::uint32_t number = 0;
        bool is_taken = false;
    };

    /// Where the key stands, or the free place where it would: linear probing.
    [[nodiscard]] std::size_t place_of(std::uint64_t key) const {
        const std::size_t mask = places_.size() - 1;
        std::size_t at = ((key * 0x9E3779B97F4A7C15U) >> 32U) & mask;
        while (places_[at].is_taken && places_[at].key != key) {
            at = (at + 1) & mask;
        }
        return at;
    }
    void grow() {
        places_.assign(places_.size() * 2, Place());
        for (std::size_t i = 0; i < keys_.size(); ++i) {
            places_[place_of(keys_[i])] = {
                .key = keys_[i], .number = static_cast<std::uint32_t>(i), .is_taken = true};
        }
    }

    std::vector<std::uint64_t> keys_;
    std::vector<Place> places_ = std::vector<Place>(1024);  ///< a power of two, at most half taken
};

}  // namespace yuanliu::costing
