// Why this file: see finding_list.hpp.
#include "server/intake/finding_list.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace yuanliu::intake {

void FindingList::add(FindingCode code, Place place, std::vector<std::string> arguments,
                      Severity severity) {
    add_finding({.code = code,
                 .severity = severity,
                 .where = {.file = file_, .row = place.row, .column = std::string(place.column)},
                 .arguments = std::move(arguments)});
}

void FindingList::add_finding(Finding finding) {
    Tally& tally = tallies_[finding.code];
    tally.severity = finding.severity;
    if (tally.listed < max_per_code_) {
        ++tally.listed;
        findings_.push_back(std::move(finding));
    } else if (tally.omitted++ == 0) {
        tally.first_omitted_row = finding.where.row;
    }
}

void FindingList::merge(FindingList&& later) {
    for (Finding& finding : later.findings_) {
        add_finding(std::move(finding));
    }
    for (const auto& [code, tally] : later.tallies_) {
        Tally& own = tallies_[code];
        if (tally.omitted > 0 && own.omitted == 0) {
            own.first_omitted_row = tally.first_omitted_row;
        }
        own.omitted += tally.omitted;
    }
    later.findings_.clear();
    later.tallies_.clear();
}

void FindingList::flush_to(std::vector<Finding>& out) {
    for (const auto& [code, tally] : tallies_) {
        if (tally.omitted > 0) {
            findings_.push_back(
                {.code = FindingCode::findings_not_listed,
                 .severity = tally.severity,
                 .where = {.file = file_, .row = tally.first_omitted_row, .column = {}},
                 .arguments = {std::string(name_of(code)), std::to_string(tally.omitted)}});
        }
    }
    std::move(findings_.begin(), findings_.end(), std::back_inserter(out));
    findings_.clear();
    tallies_.clear();
}

FindingList& FindingBook::of(std::string_view file) {
    const auto found = lists_.find(file);
    if (found != lists_.end()) {
        return found->second;
    }
    return lists_.emplace(std::string(file), FindingList(std::string(file), max_per_code_))
        .first->second;
}

std::vector<Finding> FindingBook::take() {
    std::vector<Finding> findings;
    for (auto& [file, list] : lists_) {
        list.flush_to(findings);
    }
    sort_findings(findings);
    return findings;
}

void sort_findings(std::vector<Finding>& findings) {
    const auto key = [](const Finding& finding) {
        return std::tie(finding.severity, finding.where.file, finding.where.row,
                        finding.where.column);
    };
    std::stable_sort(findings.begin(), findings.end(),
                     [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

}  // namespace yuanliu::intake
