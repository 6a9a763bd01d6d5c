// Prints differences and the verdict on standard output.
#include "report.hpp"

#include <fmt/core.h>

namespace yuanliu_verify {

namespace {
constexpr std::size_t kShownPerPlace = 20;
}

void Report::difference(const std::string& where, const std::string& what) {
    ++count_;
    if (++count_by_place_[where] <= kShownPerPlace) {
        fmt::print("difference  {}: {}\n", where, what);
    }
}

void Report::note(const std::string& what) {
    fmt::print("checked     {}\n", what);
}

void Report::finish() const {
    for (const auto& [where, count] : count_by_place_) {
        if (count > kShownPerPlace) {
            fmt::print("difference  {}: … and {} more\n", where, count - kShownPerPlace);
        }
    }
    if (count_ == 0) {
        fmt::print("ACCEPTED\n");
    } else {
        fmt::print("REFUSED: {} differences\n", count_);
    }
}

}  // namespace yuanliu_verify
