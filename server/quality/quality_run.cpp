// Why this file: see quality_run.hpp.
#include "server/quality/quality_run.hpp"

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <utility>

#include "server/quality/quality_listing.hpp"
#include "server/text/csv.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::quality {
namespace {

using costing::quality::Judge;
using costing::quality::Record;
using costing::quality::Verdict;

constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;
constexpr std::size_t kMostFindings = 200;

/// Whole lines of the source.
struct LineBlock {
    std::string_view bytes;
    std::int64_t first_line = 0;  ///< its number in the text, the header being 1
};

struct BlockOutcome {
    explicit BlockOutcome(const std::string& file) : findings(file, kMostFindings) {}
    QualityTally total;
    std::map<std::string, QualityTally, std::less<>> departments;
    std::map<std::string, QualityTally, std::less<>> coders;
    std::vector<RuleTally> rules;
    std::vector<CaseScore> cases;
    std::string listing;
    /// Views of the source, or of `kept` when quotes were taken out.
    std::vector<std::pair<std::string_view, std::int64_t>> encounters;
    std::deque<std::string> kept;
    intake::FindingList findings;
};

std::vector<LineBlock> cut_blocks(std::string_view bytes, std::int64_t first_line) {
    std::vector<LineBlock> blocks;
    while (!bytes.empty()) {
        std::size_t end = bytes.size();
        if (bytes.size() > kBlockBytes) {
            const std::size_t line_end = bytes.find('\n', kBlockBytes);
            end = line_end == std::string_view::npos ? bytes.size() : line_end + 1;
        }
        blocks.push_back({.bytes = bytes.substr(0, end), .first_line = first_line});
        first_line += static_cast<std::int64_t>(text::count_lines(bytes.substr(0, end)));
        bytes.remove_prefix(end);
    }
    return blocks;
}

std::string_view next_line(std::string_view& bytes) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

class BlockJudge {
  public:
    BlockJudge(const CaseSource& source, const QualityRequest& request, const BoundColumns& bound,
               const Judge& judge, BlockOutcome& out)
        : source_(source), request_(request), bound_(bound), judge_(judge), out_(out) {
        out_.rules.resize(request.rules.rules.size());
    }

    void take(std::string_view line, std::int64_t number) {
        const std::int64_t row =
            source_.rows.empty() ? number : source_.rows[static_cast<std::size_t>(number - 2)];
        const text::LineFault fault = splitter_.split(line);
        if (fault != text::LineFault::none) {
            out_.findings.add(fault == text::LineFault::not_utf8 ? FindingCode::not_utf8
                                                                 : FindingCode::quoting_broken,
                              {.row = row, .column = {}},
                              {std::to_string(splitter_.fault_at() + 1)});
            return;
        }
        if (splitter_.fields().size() != bound_.width) {
            out_.findings.add(
                FindingCode::field_count_wrong, {.row = row, .column = {}},
                {std::to_string(bound_.width), std::to_string(splitter_.fields().size())});
            return;
        }
        fill_record(bound_, splitter_.fields(), record_);
        const std::string_view encounter = text_of(Field::encounter);
        if (encounter.empty()) {
            out_.findings.add(FindingCode::value_missing, {.row = row, .column = "encounter"}, {});
            return;
        }
        keep_encounter(encounter, row);
        const ListedCase listed{.file = source_.file, .row = row, .record = record_};
        if (record_.is_blank(Field::main_diagnosis)) {
            set_aside(listed);
        } else {
            judge_one(listed);
        }
    }

  private:
    [[nodiscard]] std::string_view text_of(Field field) const {
        return record_.text[costing::quality::index_of(field)];
    }

    void keep_encounter(std::string_view encounter, std::int64_t row) {
        const std::string_view all = source_.text();
        const bool stands_there = encounter.data() >= all.data() &&
                                  encounter.data() + encounter.size() <= all.data() + all.size();
        out_.encounters.emplace_back(
            stands_there ? encounter : std::string_view(out_.kept.emplace_back(encounter)), row);
    }

    void tally(const QualityTally& one) {
        out_.total.add(one);
        add_to(out_.departments, text_of(Field::department), one);
        add_to(out_.coders, text_of(Field::coder), one);
    }

    static void add_to(std::map<std::string, QualityTally, std::less<>>& all, std::string_view key,
                       const QualityTally& one) {
        auto found = all.find(key);
        if (found == all.end()) {
            found = all.emplace(std::string(key), QualityTally()).first;
        }
        found->second.add(one);
    }

    void set_aside(const ListedCase& listed) {
        QualityTally one;
        one.uncoded = 1;
        for (const Field field : {Field::total_charge, Field::list_charge, Field::detail_charge}) {
            const std::int64_t fen = record_.number[costing::quality::index_of(field)];
            if (!text_of(field).empty() && fen != Record::kMalformed) {
                one.uncoded_charge = Money::from_raw(fen);
                break;
            }
        }
        tally(one);
        if (request_.wants_listing) {
            list_uncoded(listed, one.uncoded_charge.text(), request_.language, out_.listing);
        }
    }

    void judge_one(const ListedCase& listed) {
        judge_.judge(record_, verdict_);
        QualityTally one;
        one.cases = 1;
        one.in_error = verdict_.has_error ? 1 : 0;
        one.hits = static_cast<std::int64_t>(verdict_.hits.size());
        one.score = verdict_.score.raw();
        tally(one);
        for (std::size_t i = 0; i < verdict_.hits.size(); ++i) {
            const std::size_t rule = verdict_.hits[i].rule;
            ++out_.rules[rule].hits;
            out_.rules[rule].cases += i == 0 || verdict_.hits[i - 1].rule != rule ? 1 : 0;
        }
        if (request_.wants_listing) {
            list_hits(request_.rules, listed, verdict_, request_.language, out_.listing);
        }
        if (request_.wants_cases) {
            out_.cases.push_back({.row = listed.row,
                                  .encounter = std::string(text_of(Field::encounter)),
                                  .record_number = std::string(text_of(Field::record_number)),
                                  .department = std::string(text_of(Field::department)),
                                  .coder = std::string(text_of(Field::coder)),
                                  .score = verdict_.score,
                                  .hits = one.hits,
                                  .is_in_error = verdict_.has_error});
        }
    }

    const CaseSource& source_;
    const QualityRequest& request_;
    const BoundColumns& bound_;
    const Judge& judge_;
    BlockOutcome& out_;
    text::RowSplitter splitter_;
    Record record_;
    Verdict verdict_;
};

void judge_block(const LineBlock& block, BlockJudge& judge) {
    std::string_view rest = block.bytes;
    for (std::int64_t number = block.first_line; !rest.empty(); ++number) {
        const std::string_view line = next_line(rest);
        if (!line.empty()) {
            judge.take(line, number);
        }
    }
}

template <class Map>
void add_all(const Map& part, std::map<std::string, QualityTally>& whole) {
    for (const auto& [key, tally] : part) {
        whole[key].add(tally);
    }
}

void merge(BlockOutcome& part, QualityOutcome& whole) {
    whole.total.add(part.total);
    add_all(part.departments, whole.departments);
    add_all(part.coders, whole.coders);
    for (std::size_t i = 0; i < part.rules.size(); ++i) {
        whole.rules[i].cases += part.rules[i].cases;
        whole.rules[i].hits += part.rules[i].hits;
    }
    std::move(part.cases.begin(), part.cases.end(), std::back_inserter(whole.cases));
    whole.listing += part.listing;
    part.listing = {};
}

void judge_duplicates(const std::vector<BlockOutcome>& parts, intake::FindingList& findings) {
    std::unordered_map<std::string_view, std::int64_t> rows;
    std::size_t count = 0;
    for (const BlockOutcome& part : parts) {
        count += part.encounters.size();
    }
    rows.reserve(count);
    for (const BlockOutcome& part : parts) {
        for (const auto& [encounter, row] : part.encounters) {
            const auto [first, is_new] = rows.emplace(encounter, row);
            if (!is_new) {
                findings.add(FindingCode::duplicate_key, {.row = row, .column = "encounter"},
                             {text::shown(encounter), std::to_string(first->second)});
            }
        }
    }
}

/// Uncoded records are told once; past the allowed share they stop the hand-over of indicators.
void judge_uncoded(const QualityRequest& request, const QualityOutcome& outcome,
                   intake::FindingList& findings) {
    const QualityTally& total = outcome.total;
    if (total.uncoded == 0) {
        return;
    }
    const std::int64_t all = total.cases + total.uncoded;
    const auto share = Rate::from_raw(rounded_half_away(Int128{total.uncoded} * 10'000, all));
    const std::vector<std::string> arguments{
        std::to_string(total.uncoded), std::to_string(all),
        format_decimal_trimmed(share.raw(), 2) + " %",
        outcome.knows_charge ? total.uncoded_charge.text() : "?",
        format_decimal_trimmed(request.rules.max_uncoded_share.raw(), 2) + " %"};
    findings.add(FindingCode::records_uncoded, {.row = 0, .column = "main_diagnosis"}, arguments,
                 Severity::park);
    if (Int128{total.uncoded} * 10'000 > Int128{request.rules.max_uncoded_share.raw()} * all) {
        findings.add(FindingCode::uncoded_share_exceeded, {.row = 0, .column = "main_diagnosis"},
                     arguments);
    }
}

}  // namespace

void QualityTally::add(const QualityTally& other) {
    cases += other.cases;
    in_error += other.in_error;
    hits += other.hits;
    score += other.score;
    uncoded += other.uncoded;
    uncoded_charge += other.uncoded_charge;
}

QualityOutcome run_quality(const CaseSource& source, const QualityRequest& request) {
    QualityOutcome outcome;
    intake::FindingList findings(source.file, kMostFindings);
    std::string_view rest = text::without_byte_order_mark(source.text());
    text::RowSplitter splitter;
    if (splitter.split(next_line(rest)) != text::LineFault::none) {
        findings.add(FindingCode::quoting_broken, {.row = 1, .column = {}},
                     {std::to_string(splitter.fault_at() + 1)});
        findings.flush_to(outcome.findings);
        return outcome;
    }
    const BoundColumns bound = bind_columns(request.layout, splitter.fields(), findings);
    const Judge judge(request.rules, request.books, bound.fields);
    outcome.not_checked = judge.not_checked();
    outcome.checked_rules = judge.checked_rules();
    outcome.rules.resize(request.rules.rules.size());
    for (const Field field : {Field::total_charge, Field::list_charge, Field::detail_charge}) {
        outcome.knows_charge =
            outcome.knows_charge || bound.fields[costing::quality::index_of(field)];
    }
    if (bound.fields[costing::quality::index_of(Field::encounter)] &&
        bound.fields[costing::quality::index_of(Field::main_diagnosis)]) {
        const std::vector<LineBlock> blocks = cut_blocks(rest, 2);
        std::vector<BlockOutcome> parts(blocks.size(), BlockOutcome(source.file));
        request.parallel_for(blocks.size(), [&](std::size_t i) {
            BlockJudge block(source, request, bound, judge, parts[i]);
            judge_block(blocks[i], block);
        });
        for (BlockOutcome& part : parts) {
            merge(part, outcome);
            findings.merge(std::move(part.findings));
        }
        judge_duplicates(parts, findings);
        judge_uncoded(request, outcome, findings);
    }
    findings.flush_to(outcome.findings);
    intake::sort_findings(outcome.findings);
    return outcome;
}

}  // namespace yuanliu::quality
