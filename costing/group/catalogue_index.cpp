// Why this file: builds the prefix index of the catalogue, [RULE DIP-001]. The catalogue is in
// group order and the first row of a place stays, so ties fall to the smallest group code: of two
// conservative rows for K35, groups A1 and A2, A1 is the one that is met.
#include "costing/group/catalogue_index.hpp"

#include <algorithm>
#include <functional>

namespace yuanliu::costing::group {
namespace {

void keep_first(CatalogueRowId& place, CatalogueRowId row) {
    if (!place.is_valid()) {
        place = row;
    }
}

void add_row(DiagnosisNode& node, const CatalogueRow& row, CatalogueRowId id) {
    if (row.level == CatalogueLevel::composite) {
        keep_first(node.composite[static_cast<std::size_t>(row.composite_class)], id);
    } else if (row.procedure.empty()) {
        keep_first(node.conservative, id);
    } else if (node.by_procedure.emplace(row.procedure, id).second) {
        node.procedure_lengths.push_back(row.procedure.size());
    }
}

void sort_longest_first(std::vector<std::size_t>& lengths) {
    std::sort(lengths.begin(), lengths.end(), std::greater<>());
    lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
}

}  // namespace

CatalogueRowId DiagnosisNode::find_procedure(std::string_view procedure) const {
    for (const std::size_t length : procedure_lengths) {
        if (length > procedure.size()) {
            continue;
        }
        const auto hit = by_procedure.find(procedure.substr(0, length));
        if (hit != by_procedure.end()) {
            return hit->second;
        }
    }
    return {};
}

CatalogueIndex::CatalogueIndex(const std::vector<CatalogueRow>& catalogue) {
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
        add_row(nodes_[catalogue[i].diagnosis], catalogue[i], CatalogueRowId(i));
        lengths_.push_back(catalogue[i].diagnosis.size());
    }
    sort_longest_first(lengths_);
    for (auto& [diagnosis, node] : nodes_) {
        sort_longest_first(node.procedure_lengths);
    }
}

void CatalogueIndex::find_nodes(std::string_view diagnosis,
                                std::vector<const DiagnosisNode*>& nodes) const {
    nodes.clear();
    for (const std::size_t length : lengths_) {
        if (length > diagnosis.size()) {
            continue;
        }
        const auto hit = nodes_.find(diagnosis.substr(0, length));
        if (hit != nodes_.end()) {
            nodes.push_back(&hit->second);
        }
    }
}

}  // namespace yuanliu::costing::group
