// Why this file: see month_hash.hpp.
#include "server/intake/month_hash.hpp"

#include <algorithm>

#include "server/text/sha256.hpp"

namespace yuanliu::intake {

std::string hash_of_identities(std::vector<TableIdentity> identities) {
    std::sort(identities.begin(), identities.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    text::Sha256 sum;
    for (const TableIdentity& identity : identities) {
        sum.update(identity.name + " " + identity.sha256 + "\n");
    }
    return sum.hex();
}

}  // namespace yuanliu::intake
