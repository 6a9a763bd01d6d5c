// Why this file: the public face of the program on the command line, its commands and exit codes.
#pragma once

#include <filesystem>
#include <string>

#include "server/text/language.hpp"

namespace yuanliu::cli {

/// Exit codes, the same for every command.
inline constexpr int kDone = 0;
inline constexpr int kFindings = 1;  ///< findings stop the job; all are printed
inline constexpr int kUsage = 2;
inline constexpr int kInternal = 3;
inline constexpr int kTryAgain = 4;  ///< the circumstances are against it: database, another run

struct ComputeArguments {
    std::filesystem::path month;
    std::filesystem::path rules;
    std::filesystem::path out;
    std::filesystem::path findings;  ///< blank = none
    unsigned threads = 0;
    bool replace = false;
    bool times = false;
    Language language = Language::en;
};

struct ExplainArguments {
    std::string program;  ///< as this run was called, for commands to go on with
    std::filesystem::path result;
    std::filesystem::path month;  ///< blank = as run.json of the result says
    std::filesystem::path rules;
    std::string cell;
    int depth = 1;
    bool json = false;
    Language language = Language::en;
};

struct DemoArguments {
    std::filesystem::path out;
    std::string size = "clinic";
    std::string newest = "2026-09";
    int months = 2;
    std::uint64_t seed = 1;
    Language language = Language::en;
};

int run_compute(const ComputeArguments& arguments);
int run_explain(const ExplainArguments& arguments);
int run_demo(const DemoArguments& arguments);
int list_findings();

/// Parses the command line and runs the command.
int run(int argc, char** argv);

}  // namespace yuanliu::cli
