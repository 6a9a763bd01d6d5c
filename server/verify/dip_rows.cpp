// See dip_rows.hpp.
#include "dip_rows.hpp"

#include <algorithm>
#include <limits>

#include "catalogue_folder.hpp"

namespace yuanliu_verify {

namespace {

Codes split_text(const std::string& text, char at) {
    Codes parts(1);
    for (const char c : text) {
        if (c == at) {
            parts.emplace_back();
        } else {
            parts.back().push_back(c);
        }
    }
    return parts;
}

// §5.4: the larger, the better.
std::int64_t rank_of(const std::string& key, const Match& match, const StageOfRows& stage,
                     const CodedCase& item) {
    constexpr std::int64_t kWorst = std::numeric_limits<std::int64_t>::min();
    const GroupRow& row = *match.row;
    const auto count = [](const Found& found) {
        return static_cast<std::int64_t>(found.places.size());
    };
    const auto first_length = [](const Found& found) {
        return found.alternative == nullptr ? 0 : found.alternative->front().length();
    };
    const auto place_in = [](const Codes& words, const std::string& word) {
        return std::find(words.begin(), words.end(), word) - words.begin();
    };
    if (key == "and_codes") {
        return count(match.diagnosis) + count(match.other) + count(match.procedure) +
               count(match.related);
    }
    if (key == "diagnosis_length") {
        return first_length(match.diagnosis);
    }
    if (key == "procedure_length") {
        return first_length(match.procedure);
    }
    if (key == "matched_procedures") {
        return count(match.procedure) + count(match.related);
    }
    if (key == "related") {
        return count(match.related);
    }
    if (key == "procedure_order") {
        return match.procedure.places.empty()
                   ? kWorst
                   : -static_cast<std::int64_t>(match.procedure.places.front());
    }
    if (key == "mean_charge") {
        return row.mean_charge ? -std::abs(*row.mean_charge - item.charge) : kWorst;
    }
    if (key == "level") {
        return -place_in(stage.levels, row.level);
    }
    if (key == "class") {
        return -place_in({"surgery", "intervention", "therapeutic", "diagnostic"}, row.row_class);
    }
    if (key == "score") {
        return row.score.value_or(kWorst);
    }
    if (key == "first_row") {
        return -row.number;
    }
    throw Refusal("rules catalogue: unknown priority " + key);
}

}  // namespace

std::vector<Alternative> parse_alternatives(const CatalogueFolder& folder, const std::string& cell,
                                            bool is_diagnosis) {
    std::vector<Alternative> alternatives;
    if (cell.empty()) {
        return alternatives;
    }
    for (const std::string& text : split_text(cell, '|')) {
        Codes parts;
        for (const std::string& part : split_text(text, '+')) {
            if (is_diagnosis && !parts.empty() && part.ends_with('*')) {
                parts.back() += "+" + part;
            } else {
                parts.push_back(part);
            }
        }
        Alternative& alternative = alternatives.emplace_back();
        for (const std::string& part : parts) {
            const bool is_range = is_diagnosis && part.size() == 7 && part[3] == '-';
            alternative.push_back(is_range ? CellText{part.substr(0, 3), part.substr(4)}
                                           : CellText{part, ""});
            if (!is_medical_code(alternative.back().low)) {
                folder.refuse("groups", "the cell " + cell + " is malformed");
            }
        }
    }
    return alternatives;
}

Found best_alternative(const std::vector<Alternative>& cell, const Codes& codes, Where where,
                       const std::vector<std::size_t>& taken) {
    Found best;
    for (const Alternative& alternative : cell) {
        Found found{&alternative, {}};
        for (std::size_t i = 0; i < alternative.size(); ++i) {
            const bool only_main = where == Where::kMainFirst && i == 0;
            const std::size_t begin = where == Where::kAny || only_main ? 0 : 1;
            const std::size_t end =
                only_main ? std::min<std::size_t>(1, codes.size()) : codes.size();
            std::size_t place = begin;
            const auto is_taken = [&](std::size_t at) {
                return std::find(found.places.begin(), found.places.end(), at) !=
                           found.places.end() ||
                       std::find(taken.begin(), taken.end(), at) != taken.end();
            };
            while (place < end && (is_taken(place) || !alternative[i].matches(codes[place]))) {
                ++place;
            }
            if (place >= end) {
                break;
            }
            found.places.push_back(place);
        }
        if (found.places.size() == alternative.size() &&
            (best.alternative == nullptr || alternative.size() > best.alternative->size())) {
            best = std::move(found);
        }
    }
    return best;
}

void keep_best(std::vector<Match>& matches, const StageOfRows& stage, const CodedCase& item) {
    for (const std::string& key : stage.priority) {
        if (matches.size() < 2) {
            return;
        }
        std::int64_t best = rank_of(key, matches.front(), stage, item);
        for (const Match& match : matches) {
            best = std::max(best, rank_of(key, match, stage, item));
        }
        std::erase_if(matches,
                      [&](const Match& match) { return rank_of(key, match, stage, item) != best; });
    }
}

}  // namespace yuanliu_verify
