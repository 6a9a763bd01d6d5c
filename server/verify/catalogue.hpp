// A catalogue folder of the rules and the group of a case by it, written a second time from
// docs/grouping.md. Codes stay texts here: they are compared as the page says it, byte by byte.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auxiliary.hpp"
#include "groups.hpp"

namespace yuanliu_verify {

struct CodedCase {
    static constexpr std::int64_t kUnknown = -1;
    std::string sex = "unknown";
    std::int64_t age_days = kUnknown;
    std::int64_t weight_g = kUnknown;
    Fen charge = 0;
    std::vector<std::string> diagnoses;   // the first is the main one
    std::vector<std::string> procedures;  // the first is the main one
};

struct CatalogueAnswer {
    std::string status = "ungrouped";
    std::string reason;
    std::string level;
    std::string group;
    std::vector<std::string> codes;  // deciding, none twice

    void decide_by(const std::string& code);
    std::string joined_codes() const;
};

bool is_medical_code(std::string_view text);
bool is_extension_code(std::string_view text);

// Inclusive bounds of a row or rule; an unknown age or weight is within none.
struct Bounds {
    std::string sex;
    std::optional<std::int64_t> age_min, age_max, weight_min, weight_max;
    bool hold(const CodedCase& item) const;
};

// §3 of the page: what is checked before any rule.
struct CaseChecks {
    struct Row {
        std::string rule, from, to;
    };
    std::optional<std::set<std::string, std::less<>>> diagnoses;
    std::set<std::string, std::less<>> grey;
    std::vector<Row> rows;
    // True: the case fails, and the answer says why.
    bool fail(const CodedCase& item, CatalogueAnswer& answer) const;
};

class Catalogue {
  public:
    virtual ~Catalogue() = default;
    virtual CatalogueAnswer group(const CodedCase& item) const = 0;

    std::string id;
    std::string kind;
    std::vector<std::string> payers;
    std::map<std::string, CatalogueRow> figures;  // of its groups
    CaseChecks checks;
    std::unique_ptr<AuxiliaryBook> auxiliary;  // null = none
};

class CatalogueFolder;
std::unique_ptr<Catalogue> make_dip_catalogue(const CatalogueFolder& folder,
                                              const std::vector<std::string>& priority);
std::unique_ptr<Catalogue> make_drg_catalogue(const CatalogueFolder& folder);

std::unique_ptr<Catalogue> read_catalogue_folder(const std::filesystem::path& folder,
                                                 const std::vector<std::string>& payers,
                                                 const std::vector<std::string>& priority);

}  // namespace yuanliu_verify
