// Why this file: cities write what a group is into its code, each its own way; a pattern takes the
// code apart (docs/codes.md §2). Worked examples: `{diagnosis}_{procedure}_{serial}_{serial}` reads
// K35.8_47.0901_01_00 as diagnosis K35.8, procedure 47.0901; `{diagnosis}{letter}{serial}` reads
// H25.0S002 as diagnosis H25.0, letter S.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yuanliu::catalogue {

/// What a group code says; blank where the pattern has no such part.
struct GroupCodeParts {
    std::string diagnosis;
    std::string procedure;  ///< several joined by +
    std::string letter;
};

class CodePattern {
  public:
    /// Nothing if a placeholder is not one of diagnosis, procedure, letter, serial.
    [[nodiscard]] static std::optional<CodePattern> parse(std::string_view pattern);
    /// Nothing if the code is not written so. Each part takes as much as it can.
    [[nodiscard]] std::optional<GroupCodeParts> match(std::string_view code) const;

  private:
    enum class Part : unsigned char { literal, diagnosis, procedure, letter, serial };
    struct Token {
        Part part = Part::literal;
        char literal = ' ';
    };
    std::vector<Token> tokens_;
};

}  // namespace yuanliu::catalogue
