// What the demonstration hospital orders, as plain lists: every name stands with its own form, unit
// and price, and with the specialties that use it, so that no case gets what it cannot need.
#pragma once

#include <span>

#include "server/demo/layout.hpp"

namespace yuanliu::demo {

/// One letter per specialty in the order of the enumeration; "*" in a list means all of them.
inline constexpr const char* kSpecialtyLetters = "CRGNKEHMIOASBnctugopbersdhmij";

struct Article {
    const char* name;
    const char* unit;
    Fen price;
    int most;  ///< of it on one line
    const char* fields;
};

struct Examination {
    Role role;
    const char* name;
    Fen price;
    const char* fields;
};

/// What an operation uses beside the common goods of the theatre.
enum class Kit {
    minor,
    general,
    joint,
    spine,
    fracture,
    arthroscopy,
    coronary,
    rhythm,
    vessel,
    heart,
    brain,
    chest,
    urinary,
    uterus,
    birth,
    lens,
    retina,
    ear_nose,
    jaw,
};
inline constexpr std::size_t kKits = 19;

struct Implant {
    Kit kit;
    const char* name;
    Fen price;
    int most;
};

[[nodiscard]] std::span<const Article> injections();
[[nodiscard]] std::span<const Article> boxed_drugs();
[[nodiscard]] std::span<const Article> consumables();
[[nodiscard]] std::span<const Implant> implants();
[[nodiscard]] std::span<const Article> laboratory_tests();
[[nodiscard]] std::span<const Article> nursing_services();
[[nodiscard]] std::span<const Article> treatment_services();
[[nodiscard]] std::span<const Article> anaesthesia_services();
[[nodiscard]] std::span<const Article> theatre_services();
[[nodiscard]] std::span<const Examination> examinations();

}  // namespace yuanliu::demo
