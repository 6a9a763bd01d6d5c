// Why this file: a word of a folder and an enumerator of the code are one thing in two spellings.
#include "costing/base/words.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace yuanliu {
namespace {

/// A word list, and its last enumerator: a word too many or too few shows.
template <class E, E kLast>
struct WordList {
    using Enum = E;
    static constexpr std::size_t kSize = static_cast<std::size_t>(kLast) + 1;
};

using WordLists = testing::Types<
    WordList<DepartmentClass, DepartmentClass::excluded>, WordList<CareSetting, CareSetting::none>,
    WordList<CostCategory, CostCategory::other_operating>,
    WordList<FundSource, FundSource::teaching>, WordList<Origin, Origin::medical_technology>,
    WordList<PoolKind, PoolKind::service>, WordList<ServiceKind, ServiceKind::material>,
    WordList<ChargeCategory, ChargeCategory::other>,
    WordList<EncounterKind, EncounterKind::outpatient>, WordList<Sex, Sex::unknown>,
    WordList<Outcome, Outcome::other>, WordList<CatalogueLevel, CatalogueLevel::composite>,
    WordList<ProcedureClass, ProcedureClass::simple>,
    WordList<CompositeClass, CompositeClass::conservative>,
    WordList<MapTreatment, MapTreatment::excluded>,
    WordList<StayStatus, StayStatus::discharged_earlier>, WordList<CaseStatus, CaseStatus::uncoded>,
    WordList<GroupingLevel, GroupingLevel::core>, WordList<Deviation, Deviation::high>,
    WordList<PaymentBasis, PaymentBasis::visit>, WordList<CostKind, CostKind::full>,
    WordList<GateOutcome, GateOutcome::not_judged>>;

template <class List>
class Words : public testing::Test {};
TYPED_TEST_SUITE(Words, WordLists);

TYPED_TEST(Words, has_one_word_for_each_enumerator) {
    using E = typename TypeParam::Enum;
    EXPECT_EQ(WordsOf<E>::kWords.size(), TypeParam::kSize);
    EXPECT_EQ(
        std::set<std::string_view>(WordsOf<E>::kWords.begin(), WordsOf<E>::kWords.end()).size(),
        TypeParam::kSize);
}

TYPED_TEST(Words, word_parses_to_its_enumerator) {
    using E = typename TypeParam::Enum;
    for (std::size_t i = 0; i < TypeParam::kSize; ++i) {
        const E value = static_cast<E>(i);
        EXPECT_FALSE(word_of(value).empty()) << i;
        EXPECT_EQ(parse_word<E>(word_of(value)), value) << word_of(value);
    }
}

TYPED_TEST(Words, other_spellings_are_refused) {
    using E = typename TypeParam::Enum;
    const std::string first(word_of(static_cast<E>(0)));
    std::string capital = first;
    capital[0] = static_cast<char>(capital[0] - 'a' + 'A');
    for (const std::string& text : {std::string(), std::string("nothing"), first + " ", " " + first,
                                    capital, first.substr(0, first.size() - 1), std::string("0")}) {
        EXPECT_EQ(parse_word<E>(text), std::nullopt) << "text '" << text << "'";
    }
}

template <class E>
std::vector<std::string_view> words_of() {
    return {WordsOf<E>::kWords.begin(), WordsOf<E>::kWords.end()};
}

TEST(WordOrder, of_the_method_stands_as_documented) {
    using List = std::vector<std::string_view>;
    EXPECT_EQ(words_of<CostCategory>(), (List{"staff", "materials", "drugs", "depreciation",
                                              "amortization", "risk_fund", "other_operating"}));
    EXPECT_EQ(words_of<FundSource>(),
              (List{"basic", "fiscal_project", "other_fiscal_project", "research", "teaching"}));
    EXPECT_EQ(words_of<Origin>(),
              (List{"direct", "public", "administrative", "auxiliary", "medical_technology"}));
    static_assert(WordsOf<CostCategory>::kWords.size() == kCategories);
    static_assert(WordsOf<FundSource>::kWords.size() == kFundSources);
    static_assert(WordsOf<Origin>::kWords.size() == kOrigins);
}

TEST(WordOrder, lets_the_word_public_name_public_cost) {
    EXPECT_EQ(word_of(DepartmentClass::public_cost), "public");
    EXPECT_EQ(word_of(Origin::public_cost), "public");
}

}  // namespace
}  // namespace yuanliu
