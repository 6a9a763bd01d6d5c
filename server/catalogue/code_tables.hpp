// Why this file: code tables (ICD-10, ICD-9-CM-3, grey codes, cross-walks, operation classes) come
// as files of many makers; a small profile (`yuanliu.codes/1`) says where in them what stands, so
// that any city's files load. No table is shipped (docs/codes.md). Worked example: a class table
// keyed by 国临3.0 says 07.4100 is 手术; via the cross-walk 07.4100 → 07.4900x002 the class surgery
// is joined to 07.4900x002 of 医保2.0.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/base/words.hpp"
#include "costing/group/medical_code.hpp"

namespace yuanliu::catalogue {

enum class CodeTableKind : std::uint8_t { codes, grey, crosswalk, classes };
enum class CodeSystem : std::uint8_t { diagnosis, procedure };

struct CodeTableRow {
    costing::group::MedicalCode code;
    costing::group::MedicalCode target;  ///< of a cross-walk
    ProcedureClass procedure_class{};    ///< of classes
    std::string title{};
    std::int64_t row = 0;  ///< of the file
};

struct CodeTable {
    std::string id;
    CodeTableKind kind{};
    CodeSystem system{};
    std::string edition{};
    std::string file{};
    std::string source{};  ///< id of the table whose codes its codes are; blank = not checked
    std::string target{};  ///< of a cross-walk: id of the table that it leads to
    std::string via{};     ///< of classes: id of the cross-walk
    std::vector<CodeTableRow> rows{};  ///< one a code, in file order
    std::int64_t lines = 0;            ///< after the header, blank ones left out
    std::int64_t parked = 0;           ///< rows set aside, each with a finding
    /// Of classes with `via`: codes of the other edition, ascending; the higher class wins
    /// (surgery, intervention, therapeutic, diagnostic, simple).
    std::vector<std::pair<costing::group::MedicalCode, ProcedureClass>> joined{};
    std::int64_t without_target = 0;  ///< codes of classes that the cross-walk lacks
    std::int64_t without_class = 0;   ///< codes of the cross-walk's edition that got no class
};

struct CodeTables {
    std::vector<CodeTable> tables;
    std::vector<Finding> findings;
    /// Nothing if there is no such table.
    [[nodiscard]] const CodeTable* find(std::string_view id) const;
};

/// `place`: the folder of the files, or one of them, and then only its tables are read. Rows that
/// can't be used are set aside and told (severity park); what concerns a whole file stops.
[[nodiscard]] CodeTables read_code_tables(const std::filesystem::path& place,
                                          const std::filesystem::path& profile);

/// Writes each table as `ID.csv` into a new folder, all or none; a folder that is there is
/// refused with std::runtime_error.
void write_code_tables(const CodeTables& tables, const std::filesystem::path& folder);

}  // namespace yuanliu::catalogue

namespace yuanliu {
template <>
struct WordsOf<catalogue::CodeTableKind> {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"codes", "grey", "crosswalk", "classes"});
};
template <>
struct WordsOf<catalogue::CodeSystem> {
    static constexpr auto kWords = std::to_array<std::string_view>({"diagnosis", "procedure"});
};
}  // namespace yuanliu
