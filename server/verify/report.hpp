// What the verifier found: differences by table, printed up to a cap, with the rest counted.
// A Refusal ends the check at once, for problems after which nothing further can be derived.
#pragma once

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>

namespace yuanliu_verify {

struct Refusal : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Report {
  public:
    // `where` is a table or another named thing; each line under it is one difference.
    void difference(const std::string& where, const std::string& what);
    // A line about what was checked, printed as it is.
    void note(const std::string& what);
    // Prints how many differences were not shown, then the verdict.
    void finish() const;
    std::size_t count() const { return count_; }

  private:
    std::map<std::string, std::size_t> count_by_place_;
    std::size_t count_ = 0;
};

}  // namespace yuanliu_verify
