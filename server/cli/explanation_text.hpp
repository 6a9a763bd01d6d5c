// Why this file: prints an explanation for people; what it says is decided by the use case.
#pragma once

#include <string>

#include "server/cli/command_line.hpp"
#include "server/usecase/explain.hpp"

namespace yuanliu::cli {

struct ExplanationText {
    const usecase::ExplainInput& input;
    std::string command;  ///< `yuanliu explain RESULT …`, to which --cell is added
    int depth = 1;        ///< how far cells are followed; those that were sent on are not
    Language language = Language::en;
};

void print_explanation(const usecase::Explanation& explanation, const std::string& cell,
                       const ExplanationText& how);
/// One sentence: what is unknown and what is near, or how a cell is written.
[[nodiscard]] std::string sentence_of(const usecase::CellError& error, const std::string& cell,
                                      Language language);
/// A word as a shell takes it for one.
[[nodiscard]] std::string quoted(const std::string& word);

}  // namespace yuanliu::cli
