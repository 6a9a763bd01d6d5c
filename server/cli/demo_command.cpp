// Why this file: `yuanliu demo`: months that truly follow each other, because each stands on the
// computed one before.
#include <fmt/format.h>

#include "costing/base/period.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/finding_report.hpp"
#include "server/demo/demo.hpp"
#include "server/export/result_writer.hpp"
#include "server/usecase/compute_month.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

namespace fs = std::filesystem;

/// The month's closing state becomes the next month's prior/. False when the demonstration itself
/// has findings.
bool pass_on(const fs::path& month, const fs::path& rules, const fs::path& next,
             Language language) {
    const auto outcome = usecase::compute_month(month, rules, usecase::make_thread_loop(0));
    if (!outcome.certificate) {
        print_findings(outcome.findings, language);
        return false;
    }
    exporting::write_prior({.month = outcome.loaded.month,
                            .tables = outcome.tables,
                            .certificate = *outcome.certificate,
                            .extras = {}},
                           next / "prior");
    return true;
}

}  // namespace

int run_demo(const DemoArguments& arguments) {
    if (!Period::parse(arguments.newest)) {
        fmt::print(stderr,
                   "error: --newest {} is not a month; write YYYY-MM, for example 2026-09\n",
                   arguments.newest);
        return kUsage;
    }
    if (fs::exists(arguments.out) && !fs::is_empty(arguments.out)) {
        fmt::print(stderr, "error: {} is not empty: name another folder\n", arguments.out.string());
        return kUsage;
    }
    const demo::Options options{.size = arguments.size == "clinic"   ? demo::Size::clinic
                                        : arguments.size == "county" ? demo::Size::county
                                                                     : demo::Size::tertiary,
                                .months = arguments.months,
                                .seed = arguments.seed,
                                .newest_period = arguments.newest};
    const fs::path rules = arguments.out / "rules";
    fs::create_directories(rules);
    demo::write_rules(options, rules);
    demo::write_successors(options, arguments.out);
    fs::path previous;
    for (int index = 0; index < options.months; ++index) {
        const fs::path month = arguments.out / demo::period_of(options, index);
        fs::create_directories(month);
        demo::write_month(options, index, month);
        if (!previous.empty() && !pass_on(previous, rules, month, arguments.language)) {
            return kInternal;
        }
        previous = month;
        fmt::print("{}\n", month.string());
    }
    fmt::print("{}\n", rules.string());
    return kDone;
}

}  // namespace yuanliu::cli
