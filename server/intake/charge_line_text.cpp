// Why this file: looks up a few rows of charge_lines.csv by row number.
#include "server/intake/charge_line_text.hpp"

#include <fstream>
#include <map>
#include <stdexcept>

#include "server/text/csv.hpp"

namespace yuanliu::intake {

std::vector<std::string> line_codes(const std::filesystem::path& charge_lines,
                                    const std::vector<std::uint32_t>& rows) {
    constexpr std::size_t kLineColumn = 1;
    std::map<std::uint32_t, std::string> codes;
    for (const std::uint32_t row : rows) {
        codes[row];
    }
    std::ifstream in(charge_lines, std::ios::binary);
    std::string line;
    std::uint32_t row = 0;
    text::RowSplitter splitter;
    for (auto wanted = codes.begin(); wanted != codes.end() && std::getline(in, line);) {
        if (++row != wanted->first) {
            continue;
        }
        if (splitter.split(line) == text::LineFault::none &&
            splitter.fields().size() > kLineColumn) {
            wanted->second = splitter.fields()[kLineColumn].value;
        }
        ++wanted;
    }
    if (!codes.empty() && row < codes.rbegin()->first) {
        throw std::runtime_error(charge_lines.string() +
                                 " has changed since the month was computed");
    }
    std::vector<std::string> found;
    for (const std::uint32_t wanted : rows) {
        found.push_back(codes[wanted]);
    }
    return found;
}

}  // namespace yuanliu::intake
