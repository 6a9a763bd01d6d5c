// Why this file: how many discharges a second the groupers take: 1,000,000 generated cases by a
// catalogue folder, on one thread and on all. Prints the rates, how many cases were grouped, and a
// hash of all answers, which must be the same on every machine and number of threads. Not a timed
// test. Built with -DYUANLIU_BENCH=ON. Use: grouping_bench CATALOGUE_DIR [CASES]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <thread>

#include "costing/group/dip_grouper.hpp"
#include "costing/group/drg_grouper.hpp"
#include "server/catalogue/catalogue_reader.hpp"
#include "server/text/sha256.hpp"
#include "server/usecase/thread_loop.hpp"

namespace {

using namespace yuanliu;                  // NOLINT(google-build-using-namespace): a program
using namespace yuanliu::costing::group;  // NOLINT(google-build-using-namespace): as above

/// The same sequence everywhere (splitmix64).
class Dice {
  public:
    std::size_t below(std::size_t bound) {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return (z ^ (z >> 31)) % bound;
    }
    template <class T>
    const T& of(const std::vector<T>& list) {
        return list[below(list.size())];
    }

  private:
    std::uint64_t state_ = 20261122;
};

/// What cases are made of. Procedures stand by MDC or, for DIP, in one list.
struct Codes {
    std::vector<std::vector<MedicalCode>> main;
    std::vector<std::vector<MedicalCode>> procedures;
    std::vector<MedicalCode> other;
};

Codes codes_of(const DrgCatalogue& catalogue) {
    Codes codes;
    for (const DrgMdc& mdc : catalogue.mdcs) {
        if (!mdc.has_table) {
            continue;
        }
        codes.main.push_back(mdc.table);
        auto& procedures = codes.procedures.emplace_back();
        for (const std::uint32_t adrg : mdc.adrgs) {
            for (const auto& terms : catalogue.adrgs[adrg].alternatives) {
                for (const DrgTerm& term : terms) {
                    if (term.set != DrgTerm::kNoSet && term.kind != TermKind::main_diagnosis &&
                        term.kind != TermKind::any_diagnosis) {
                        procedures.insert(procedures.end(), catalogue.sets[term.set].begin(),
                                          catalogue.sets[term.set].end());
                    }
                }
            }
        }
        if (procedures.empty()) {
            procedures = catalogue.valid_procedures;
        }
    }
    for (const auto& [code, number] : catalogue.cc) {
        codes.other.push_back(code);
    }
    for (const auto& [code, number] : catalogue.mcc) {
        codes.other.push_back(code);
    }
    return codes;
}

Codes codes_of(const DipCatalogue& catalogue, const RecordChecks& checks) {
    Codes codes;
    codes.main.emplace_back();
    codes.procedures.emplace_back();
    for (const DipRow& row : catalogue.rows) {
        for (const CellAlternative& alternative : row.diagnosis) {
            codes.main.front().push_back(alternative.front().low);
        }
        for (const CellAlternative& alternative : row.procedure) {
            codes.procedures.front().push_back(alternative.front().low);
        }
    }
    for (const auto& [code, procedure_class] : catalogue.classes) {
        codes.procedures.front().push_back(code);
    }
    if (checks.has_diagnoses) {
        codes.main.front().clear();
        for (std::uint32_t i = 0; i < checks.diagnoses.size(); ++i) {
            codes.main.front().push_back(checks.diagnoses.code(i));
        }
    }
    codes.other = codes.main.front();
    return codes;
}

std::vector<GroupingCase> make_cases(const Codes& codes, std::size_t count) {
    Dice dice;
    std::vector<GroupingCase> cases(count);
    for (GroupingCase& record : cases) {
        const std::size_t which = dice.below(codes.main.size());
        record.sex = dice.below(2) == 0 ? Sex::male : Sex::female;
        record.age_days = static_cast<std::int32_t>(dice.below(30'000));
        record.charge = Money::from_raw(static_cast<std::int64_t>(dice.below(5'000'000)));
        record.diagnoses.push_back(dice.of(codes.main[which]));
        for (std::size_t n = dice.below(6); n > 0; --n) {
            record.diagnoses.push_back(dice.of(codes.other));
        }
        for (std::size_t n = dice.below(4); n > 0; --n) {
            record.procedures.push_back(dice.of(codes.procedures[which]));
        }
    }
    return cases;
}

std::string hash_of(const std::vector<GroupAnswer>& answers) {
    text::Sha256 sum;
    for (const GroupAnswer& answer : answers) {
        std::string line =
            fmt::format("{},{},{},{},{}", word_of(answer.status), word_of(answer.reason),
                        answer.row, answer.mdc, static_cast<int>(answer.composite));
        for (const MedicalCode code : answer.codes) {
            line += ',' + code.text();
        }
        sum.update(line + '\n');
    }
    return sum.hex();
}

template <class Grouper>
void measure(const Grouper& grouper, const std::vector<GroupingCase>& cases) {
    constexpr std::size_t kBlock = 4096;
    for (const unsigned threads : {1U, std::thread::hardware_concurrency()}) {
        std::vector<GroupAnswer> answers(cases.size());
        const ParallelFor loop = usecase::make_thread_loop(threads);
        const std::clock_t processor = std::clock();
        const auto start = std::chrono::steady_clock::now();
        loop((cases.size() + kBlock - 1) / kBlock, [&](std::size_t block) {
            const std::size_t end = std::min(cases.size(), (block + 1) * kBlock);
            for (std::size_t i = block * kBlock; i < end; ++i) {
                grouper.group(cases[i], answers[i]);
            }
        });
        const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(
                                std::chrono::steady_clock::now() - start)
                                .count();
        const std::clock_t used = std::clock() - processor;
        std::size_t grouped = 0;
        for (const GroupAnswer& answer : answers) {
            grouped += answer.status == GroupingStatus::grouped ? 1 : 0;
        }
        // On a busy machine the processor time says what a quiet one would do.
        fmt::print(
            "{} threads: {} cases in {} ms, {} a second ({} ms of processor time); {} "
            "grouped; {}\n",
            threads, cases.size(), micros / 1000,
            cases.size() * 1'000'000 / static_cast<std::size_t>(micros),
            used * 1000 / CLOCKS_PER_SEC, grouped, hash_of(answers));
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "use: grouping_bench CATALOGUE_DIR [CASES]\n");
        return 2;
    }
    const std::size_t count = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    const auto loaded = catalogue::read_catalogue(std::filesystem::path(argv[1]));
    if (has_stop(loaded.findings)) {
        fmt::print(stderr, "the catalogue has findings; see them with: yuanliu group\n");
        return 1;
    }
    fmt::print("{}\n", loaded.id);
    if (loaded.drg) {
        measure(DrgGrouper(*loaded.drg, loaded.checks), make_cases(codes_of(*loaded.drg), count));
    } else {
        measure(DipGrouper(*loaded.dip, loaded.checks),
                make_cases(codes_of(*loaded.dip, loaded.checks), count));
    }
    return 0;
}
