// The staff of the demonstration: codes, departments and bonus coefficients. No names exist.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/demo/layout.hpp"

namespace yuanliu::demo {

enum class Profession : std::uint8_t { doctor, nurse, technician, office_worker };
inline constexpr std::size_t kProfessions = 4;

struct Person {
    std::string code;
    std::size_t department;
    Profession profession;
    std::int64_t coefficient;  ///< in 0.01
};

[[nodiscard]] const char* category_of(Profession profession);  ///< 医师, 护士 …

struct People {
    std::vector<Person> staff;  ///< by rising code
    /// Doctors of a department: a range of `staff`. A clinic without its own borrows a ward's.
    struct Range {
        std::size_t first = 0, count = 0;
    };
    std::vector<Range> doctors;  ///< by department

    /// A doctor of the department; blank where it has none.
    [[nodiscard]] std::string_view doctor(std::size_t department, std::uint64_t key) const {
        const auto& range = doctors[department];
        return range.count == 0 ? std::string_view{} : staff[range.first + key % range.count].code;
    }
};

/// Hires the staff and sets every department's headcount and area from it.
[[nodiscard]] People hire_people(const Scale& scale, Layout& layout, std::uint64_t seed);
/// Closes a ward: its people, rooms and patients go to its successor (planned_merger). Who treats
/// which stay does not change: `doctors` stays by the department where the stay was admitted.
void merge_wards(Layout& layout, People& people);

}  // namespace yuanliu::demo
