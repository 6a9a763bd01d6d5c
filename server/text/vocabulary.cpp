// Why this file: groups thousands, once for screen and wire.
#include "server/text/vocabulary.hpp"

namespace yuanliu {

std::string grouped(std::string_view decimal) {
    const std::size_t sign = decimal.starts_with('-') ? 1 : 0;
    const std::size_t point = std::min(decimal.find('.'), decimal.size());
    std::string out(decimal.substr(0, sign));
    for (std::size_t i = sign; i < point; ++i) {
        if (i > sign && (point - i) % 3 == 0) {
            out.push_back(',');
        }
        out.push_back(decimal[i]);
    }
    return out.append(decimal.substr(point));
}

}  // namespace yuanliu
