// Why this file: the command and the page each say which reports there are and what they take; two
// lists that must stay one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "server/api/report_kinds.hpp"
#include "server/cli/report_maker.hpp"
#include "server/cli/report_options.hpp"

namespace yuanliu {
namespace {

std::vector<std::string> kinds_of_page() {
    std::vector<std::string> kinds;
    for (const api::ReportKind& kind : api::all_report_kinds()) {
        kinds.emplace_back(kind.kind);
    }
    return kinds;
}

/// Whether the command takes the option with this kind.
bool takes(const std::string& kind, const std::string& option) {
    CLI::App command;
    std::string value;
    for (const char* known : {"--by", "--analysis", "--earlier", "--department", "--beds-driver",
                              "--before", "--year-before", "--scope"}) {
        command.add_option(known, value);
    }
    command.parse(option + " x", false);
    return cli::misplaced_options(command, kind).empty();
}

TEST(ReportKinds, page_offers_all_of_the_command_but_the_trend) {
    std::vector<std::string> wanted = cli::report_kinds();
    std::erase(wanted, "profit-trend");  // it stands on results of several months
    EXPECT_THAT(kinds_of_page(), ::testing::UnorderedElementsAreArray(wanted));
}

TEST(ReportKinds, page_asks_for_what_the_command_takes) {
    for (const api::ReportKind& kind : api::all_report_kinds()) {
        const std::string name(kind.kind);
        EXPECT_EQ(takes(name, "--department"), kind.department != api::OfDepartment::none) << name;
        EXPECT_EQ(takes(name, "--scope"), !kind.scopes.empty()) << name;
        EXPECT_EQ(takes(name, "--by"), kind.takes_by) << name;
    }
}

}  // namespace
}  // namespace yuanliu
