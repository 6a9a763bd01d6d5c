// Why this file: one page becomes rows of several tables, which must number its codes alike.
#include "server/demo/page_tables.hpp"

#include <fmt/format.h>

namespace yuanliu::demo {

PageTables::PageTables(const std::filesystem::path& folder)
    : discharges_(folder, "discharges.csv", "encounter,sex,age_years,outcome"),
      diagnoses_(folder, "diagnoses.csv", "encounter,sequence,diagnosis"),
      procedures_(folder, "procedures.csv", "encounter,sequence,procedure") {}

void PageTables::add_discharge(const Stay& stay, const FrontPage& page, bool coded) {
    discharges_.row() += fmt::format("{},{},{},{}\n", stay.code, page.female ? "female" : "male",
                                     page.age_years, page.outcome);
    discharges_.end_row();
    if (coded) {
        add_codes(stay, page);
    }
}

void PageTables::add_codes(const Stay& stay, const FrontPage& page) {
    int sequence = 0;
    for (const auto& diagnosis : page.diagnoses) {
        diagnoses_.row() += fmt::format("{},{},{}\n", stay.code, ++sequence, diagnosis.code);
        diagnoses_.end_row();
    }
    sequence = 0;
    for (const auto& procedure : page.procedures) {
        procedures_.row() += fmt::format("{},{},{}\n", stay.code, ++sequence, procedure.code);
        procedures_.end_row();
    }
}

void PageTables::close(RowCounts& counts) {
    for (auto* stream : {&discharges_, &diagnoses_, &procedures_}) {
        stream->close(counts);
    }
}

}  // namespace yuanliu::demo
