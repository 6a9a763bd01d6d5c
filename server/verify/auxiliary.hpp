// The auxiliary catalogue (docs/codes.md §3): the correction of a case's score, a second time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "decimals.hpp"

namespace yuanliu_verify {

class CatalogueFolder;

// What it looks at; -1 = unknown.
struct CorrectedCase {
    std::string group;
    std::vector<std::string> diagnoses;  // the first is the main one
    std::int64_t age_years = -1;
    std::int64_t age_days = -1;
    std::int64_t icu_days = -1;
    std::string severity;
    std::string tumour;
};

struct Correction {
    std::int64_t coefficient = 10'000;  // scale 4
    std::string kinds, bands, decided_by;
    std::int64_t hits = 0;
    std::int64_t points = 0;
};

class AuxiliaryBook {
  public:
    explicit AuxiliaryBook(const std::filesystem::path& folder);
    Correction correct(const CorrectedCase& item) const;

    std::string id;

  private:
    struct Band {
        std::string id, kind, level;
        bool in_years = false;
        std::int64_t from = 0;
        std::int64_t to = -1;  // -1 = open
        std::int64_t coefficient = 0;
    };
    struct Comorbidity {
        std::string code, family;
        std::int64_t points = 0;
    };

    void read_typings(const CatalogueFolder& folder);
    // Nothing (0): the band is not open for the group.
    std::int64_t opened(const std::string& group, const Band& band) const;
    std::vector<std::string> count_points(const CorrectedCase& item, std::int64_t& points) const;
    static std::string what_holds(const Band& band, const CorrectedCase& item, std::int64_t points);

    std::string several_;
    bool all_open_ = false;
    bool counts_main_ = false;
    std::set<std::string> excluded_;
    std::int64_t group_cases_over_ = 0;
    std::int64_t typed_cases_over_ = 0;
    std::int64_t cv_falls_by_ = 0;
    std::vector<Band> bands_;
    std::vector<Comorbidity> comorbidities_;
    // By group, kind and band (blank: all of the kind), at scale 4.
    std::map<std::vector<std::string>, std::int64_t> typings_;
};

}  // namespace yuanliu_verify
