// The tables of front pages: who was discharged or is still here, with which
// codes, and what a page says beside them.
#pragma once

#include <optional>

#include "server/demo/front_page.hpp"
#include "server/demo/tables.hpp"

namespace yuanliu::demo {

class PageTables {
  public:
    /// `has_terms`: levels of tumours are coded too, for the auxiliary catalogue.
    PageTables(const std::filesystem::path& folder, bool has_terms);

    /// A stay that ended in the month; `coded`: the record office has its codes
    /// already.
    void add_discharge(const Stay& stay, const FrontPage& page, bool coded);
    /// A stay still in hospital, with the codes that its ward has written so far.
    void add_open(const Stay& stay, const FrontPage& page, Day today);
    void close(RowCounts& counts);

  private:
    void add_codes(const Stay& stay, const FrontPage& page, Day until);
    void add_terms(const Stay& stay, const FrontPage& page);
    void add_details(const Stay& stay, const FrontPage& page, const char* discharge_way);

    Stream discharges_, diagnoses_, procedures_, open_stays_, stay_details_, diagnosis_details_,
        procedure_details_;
    std::optional<Stream> case_terms_;
};

}  // namespace yuanliu::demo
