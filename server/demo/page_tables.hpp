// The tables of front pages: who was discharged, with which codes.
#pragma once

#include "server/demo/front_page.hpp"
#include "server/demo/tables.hpp"

namespace yuanliu::demo {

class PageTables {
  public:
    explicit PageTables(const std::filesystem::path& folder);

    /// A stay that ended in the month; `coded`: the record office has its codes already.
    void add_discharge(const Stay& stay, const FrontPage& page, bool coded);
    void close(RowCounts& counts);

  private:
    void add_codes(const Stay& stay, const FrontPage& page);

    Stream discharges_, diagnoses_, procedures_;
};

}  // namespace yuanliu::demo
