// Why this file: options of `yuanliu report` belong to kinds. One that the kind at hand does not
// take is refused and not ignored: who wrote it expects it to count. And a department that is
// missing is told otherwise than one that isn't there.
#pragma once

#include <string>
#include <vector>

#include "costing/base/month.hpp"
#include "server/report/result_book.hpp"

namespace CLI {
class App;
}

namespace yuanliu::cli {

/// Every option that was given and that the kind does not take, in the order of the help: it names
/// the option, the kind, and the kinds that take it.
[[nodiscard]] std::vector<report::Refusal> misplaced_options(const CLI::App& report,
                                                             const std::string& kind);

/// Why `code` is no department of the month: blank = none was named, and the first codes are
/// listed; else the codes near to it. `asker` needs it: "--kind department", "compare-patients".
[[nodiscard]] report::Refusal no_department(const Month& month, const std::string& code,
                                            const std::string& asker);

}  // namespace yuanliu::cli
