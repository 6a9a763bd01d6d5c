// Why this file: content is identified by SHA-256 everywhere (tables, months, rules, results), so
// anybody can check an identity with `sha256sum`.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace yuanliu::text {

/// A running SHA-256; feed it in pieces, then ask for the digest once.
class Sha256 {
  public:
    Sha256();
    void update(std::string_view bytes);
    /// 64 lower-case hexadecimal digits; ends the sum.
    [[nodiscard]] std::string hex();

  private:
    struct ContextDeleter {
        void operator()(void* context) const noexcept;
    };
    std::unique_ptr<void, ContextDeleter> context_;
};

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace yuanliu::text
