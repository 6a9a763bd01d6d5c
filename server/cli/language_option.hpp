// Why this file: the words of --lang are the same for every command.
#pragma once

#include <map>
#include <string>

#include "server/text/language.hpp"

namespace yuanliu::cli {

inline const std::map<std::string, Language> kLanguages{{"zh", Language::zh}, {"en", Language::en}};

}  // namespace yuanliu::cli
