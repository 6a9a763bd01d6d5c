// Why this file: the two languages in which people are answered, one type for screen and wire.
#pragma once

namespace yuanliu {

enum class Language { zh, en };

}  // namespace yuanliu
