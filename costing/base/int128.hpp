// Why this file: products of two 64-bit amounts need 128 bits, and -Wpedantic wants the extension
// named once.
#pragma once

namespace yuanliu {

__extension__ typedef __int128 Int128;

}  // namespace yuanliu
