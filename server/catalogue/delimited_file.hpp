// Why this file: other people's tables stand in files with commas, tabs, bars or blanks between
// the columns, with a header or without; this gives the wanted columns of each line.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/intake/finding_list.hpp"

namespace yuanliu::catalogue {

struct DelimitedSpec {
    /// One character. A blank: any number of blanks between two columns, and the last wanted
    /// column takes the rest of the line. A comma: with quotes as RFC 4180 has them.
    char delimiter = ',';
    bool has_header = true;
    /// By header, or from 1 by number; blank = not wanted.
    std::vector<std::string> columns;
};

/// Calls `take(values, line number)` for each line that isn't blank; a wanted column that the line
/// lacks is blank. False: the file or its header can't be used, and a finding says so.
bool read_delimited(
    const std::filesystem::path& path, const DelimitedSpec& spec, intake::FindingList& findings,
    const std::function<void(std::span<const std::string_view>, std::int64_t)>& take);

}  // namespace yuanliu::catalogue
