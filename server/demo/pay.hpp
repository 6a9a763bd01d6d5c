// Pay of the people of a month, by person, and the time that says whose cost it is: doctors between
// ward, clinic, teaching and research, nurses between the wards of their unit, apart from them.
#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "server/demo/accounts.hpp"
#include "server/demo/tables.hpp"
#include "server/demo/world.hpp"

namespace yuanliu::demo {

inline constexpr std::size_t kPayItems = 5;  ///< the first cost items: salary to housing fund

/// What the ledger books for pay, department by department and item by item.
using PayByItem = std::array<Fen, kPayItems>;

class PayBook {
  public:
    PayBook(const World& world, const MonthSpan& month);

    /// `wanted`: the pay that a clinical department shall cost once everybody's time is counted.
    /// What is booked at home is that, less what others send and more what its people do elsewhere.
    void plan(const std::vector<Fen>& wanted, const PayByItem& weights);

    /// Doctors of a clinical department: booked where they belong.
    [[nodiscard]] const PayByItem& doctors(std::size_t department) const {
        return booked_[kDoctors][department];
    }
    /// Nurses of all clinical departments: booked in one sum on the nursing office.
    [[nodiscard]] PayByItem nurses() const;

    /// Pay that stays where it is booked (offices, technical departments).
    void stay(std::size_t department, std::size_t item, const char* fund_source, Fen amount);

    /// payroll.csv, which sums to the pay of the ledger, and staff_time.csv.
    void write(const std::filesystem::path& folder, RowCounts& counts) const;

  private:
    enum Group : std::size_t { kDoctors, kNurses };
    struct Flow {
        std::size_t from, to;
        Fen amount;
    };
    /// Where else the people of a department work, in 0.0001 of their time.
    struct Away {
        std::size_t to = 0;
        std::int64_t share = 0;
    };

    [[nodiscard]] std::vector<Flow> flows(Group group, const std::vector<Fen>& aimed) const;
    void add_flow(std::vector<Flow>& flows, const std::vector<Fen>& aimed, std::size_t from,
                  std::size_t to, std::int64_t neighbours) const;
    void write_rows(SortedTable& table, const std::vector<std::size_t>& people, const char* kind,
                    const char* fund_source, Fen amount) const;
    void write_time(SortedTable& table, std::size_t department, Group group) const;

    const World& world_;
    MonthSpan month_;
    std::vector<std::vector<std::size_t>> people_;                 ///< staff by department
    std::array<std::vector<std::vector<std::size_t>>, 2> groups_;  ///< doctors, nurses of wards …
    std::array<std::vector<PayByItem>, 2> booked_;
    std::array<std::vector<Away>, 2> away_;
    std::map<std::pair<std::size_t, std::string>, std::array<Fen, 2>> staying_;  ///< fixed, bonus
};

}  // namespace yuanliu::demo
