// Why this file: passwords are only ever kept as argon2id hashes, and checking one costs the same
// whether the user exists or not.
#pragma once

#include <chrono>
#include <semaphore>
#include <string>

namespace yuanliu::access {

/// Hashing takes 64 MiB and both cores' attention: only two at once, so that a flood of logins
/// starves nobody else.
class PasswordHasher {
  public:
    PasswordHasher();
    /// Blank when the machine is too busy or out of memory.
    [[nodiscard]] std::string hash(const std::string& password);
    enum class Verdict { right, wrong, busy };
    /// `stored` blank = no such user: as much work, always wrong.
    [[nodiscard]] Verdict verify(const std::string& stored, const std::string& password);

  private:
    [[nodiscard]] bool enter();

    std::counting_semaphore<2> slots_{2};
    std::string dummy_;
};

/// 256 random bits as 64 hexadecimal digits.
[[nodiscard]] std::string random_token();
/// What is stored of a token.
[[nodiscard]] std::string token_hash(const std::string& token);
/// Derived from the session's token, so that it needs no storing and nobody without the cookie
/// knows it.
[[nodiscard]] std::string csrf_of(const std::string& session_token);
/// Takes as long for a wrong first byte as for a wrong last one.
[[nodiscard]] bool equal_in_constant_time(const std::string& left, const std::string& right);

}  // namespace yuanliu::access
