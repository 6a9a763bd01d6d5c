// Why this file: the work on one case of the DIP grouper, private to it (docs/grouping.md
// §5.2-5.6).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "costing/group/dip_grouper.hpp"

namespace yuanliu::costing::group {

class DipRun {
  public:
    DipRun(const DipGrouper& grouper, const GroupingCase& record, GroupAnswer& answer,
           GroupingTrace* trace);
    void run();

  private:
    using Codes = std::span<const MedicalCode>;
    /// The alternative of a cell that was taken, and where its codes were found.
    struct Taken {
        const CellAlternative* alternative = nullptr;
        std::size_t first_length = 0;  ///< characters that its first code asks for
        std::array<std::uint16_t, kMaxCodesOfAlternative> places{};
        [[nodiscard]] std::size_t size() const {
            return alternative == nullptr ? 0 : alternative->size();
        }
        [[nodiscard]] bool has(std::size_t place) const;
    };
    struct Hit {
        std::uint32_t row = 0;
        Taken diagnosis;
        Taken other;
        Taken procedure;
        Taken related;
    };
    /// Where the codes of an alternative may look.
    enum class Look : std::uint8_t { anywhere, main_first, behind_first };

    [[nodiscard]] static bool take(const CellAlternative& alternative, Codes codes, Look look,
                                   const Taken* taken_already, Taken& taken);
    [[nodiscard]] static bool take_best(const Cell& cell, Codes codes, Look look,
                                        const Taken* taken_already, Taken& taken);
    [[nodiscard]] bool diagnosis_holds(const DipRow& row, Hit& hit) const;
    /// Shortfall::none: the row holds. Counts all that does not hold in `missing`.
    [[nodiscard]] Shortfall judge(const DipRow& row, const DipStage& stage, Hit& hit,
                                  std::uint32_t& missing) const;
    [[nodiscard]] Shortfall judge_procedures(const DipRow& row, const DipStage& stage, Hit& hit,
                                             std::uint32_t& missing) const;
    [[nodiscard]] std::int64_t key_of(PriorityKey key, const Hit& hit, const DipStage& stage) const;
    void gather_hits(std::size_t stage);
    void try_row(std::uint32_t row, const DipStage& stage);
    void keep_best(const DipStage& stage);
    [[nodiscard]] bool answer_by(std::size_t stage);
    void decide_by(const Taken& taken, Codes codes);
    void decide_by_class();
    void count_procedures();
    [[nodiscard]] std::optional<ProcedureClass> class_of(MedicalCode procedure) const;
    [[nodiscard]] std::optional<ExcludedProcedure> treatment_of(MedicalCode procedure,
                                                                bool is_limited) const;
    [[nodiscard]] std::int8_t weight_of(MedicalCode procedure) const;
    /// The class of the case as rows name it.
    [[nodiscard]] RowClass case_class() const;
    void say(TraceStep step) const {
        if (trace_ != nullptr) {
            trace_->push_back(step);
        }
    }
    void say_of_procedure(TraceKind kind, MedicalCode code) const {
        say({.kind = kind, .rule = 0, .why = {}, .missing = 0, .detail = 0, .code = code});
    }

    const DipGrouper& grouper_;
    const DipCatalogue& catalogue_;
    const GroupingCase& record_;
    GroupAnswer& answer_;
    GroupingTrace* trace_;
    std::vector<MedicalCode> counted_;
    Codes procedures_;  ///< of the stage
    std::int8_t class_ = 1;
    std::vector<Hit> hits_;
    std::vector<std::uint32_t> candidates_;
};

}  // namespace yuanliu::costing::group
