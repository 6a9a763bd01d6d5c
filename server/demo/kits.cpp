// Why this file: an operation's code says what it needs: a hip takes a prosthesis, a shin a plate.
#include <string_view>

#include "server/demo/service_items.hpp"

namespace yuanliu::demo {
namespace {

struct Need {
    std::string_view prefix;  ///< of the procedure's base code
    Kit kit;
};

// The longest prefix stands first where two would match.
constexpr Need kNeeds[] = {
    {"81.45", Kit::arthroscopy},
    {"80.26", Kit::arthroscopy},
    {"81.0", Kit::spine},
    {"81.66", Kit::spine},
    {"80.51", Kit::spine},
    {"03.09", Kit::spine},
    {"81.5", Kit::joint},
    {"79.39", Kit::chest},
    {"79", Kit::fracture},
    {"78", Kit::fracture},
    {"37.8", Kit::rhythm},
    {"37.9", Kit::rhythm},
    {"37.3", Kit::rhythm},
    {"36.0", Kit::coronary},
    {"00.66", Kit::coronary},
    {"37.61", Kit::coronary},
    {"39.65", Kit::heart},
    {"39.7", Kit::vessel},
    {"38.86", Kit::vessel},
    {"00.63", Kit::vessel},
    {"50.24", Kit::vessel},
    {"35", Kit::heart},
    {"36.1", Kit::heart},
    {"38.45", Kit::heart},
    {"39.51", Kit::brain},
    {"13", Kit::lens},
    {"12", Kit::lens},
    {"14", Kit::retina},
    {"76", Kit::jaw},
    {"83.39", Kit::minor},
    {"69.02", Kit::minor},
};

}  // namespace

Kit kit_of(Specialty specialty, const std::string& procedure) {
    for (const auto& need : kNeeds) {
        if (std::string_view(procedure).starts_with(need.prefix)) {
            return need.kit;
        }
    }
    switch (specialty) {
        case Specialty::general_surgery:
        case Specialty::gastroenterology:
            return Kit::general;
        case Specialty::neurosurgery:
            return Kit::brain;
        case Specialty::thoracic_surgery:
            return Kit::chest;
        case Specialty::urology:
            return Kit::urinary;
        case Specialty::gynaecology:
            return Kit::uterus;
        case Specialty::obstetrics:
            return Kit::birth;
        case Specialty::otolaryngology:
            return Kit::ear_nose;
        default:
            return Kit::minor;
    }
}

}  // namespace yuanliu::demo
