// Why this file: the only one that calls the cryptographic library for secrets.
#include "server/access/password.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

#include "server/text/sha256.hpp"

namespace yuanliu::access {
namespace {

constexpr auto kPatience = std::chrono::seconds(5);

std::string hashed(const std::string& password) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const int failed =
        crypto_pwhash_str(text.data(), password.data(), password.size(),
                          crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
    return failed != 0 ? std::string() : std::string(text.data());
}

}  // namespace

PasswordHasher::PasswordHasher() {
    if (sodium_init() < 0) {
        throw std::runtime_error("the cryptographic library does not start");
    }
    dummy_ = hashed(random_token());
}

bool PasswordHasher::enter() {
    return slots_.try_acquire_for(kPatience);
}

std::string PasswordHasher::hash(const std::string& password) {
    if (!enter()) {
        return {};
    }
    std::string text = hashed(password);
    slots_.release();
    return text;
}

PasswordHasher::Verdict PasswordHasher::verify(const std::string& stored,
                                               const std::string& password) {
    if (!enter()) {
        return Verdict::busy;
    }
    const std::string& against = stored.empty() ? dummy_ : stored;
    const bool right =
        crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
    slots_.release();
    return right && !stored.empty() ? Verdict::right : Verdict::wrong;
}

std::string random_token() {
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 65> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return {text.data(), 64};
}

std::string token_hash(const std::string& token) {
    return text::sha256_hex(token);
}

std::string csrf_of(const std::string& session_token) {
    return text::sha256_hex("yuanliu csrf\n" + session_token);
}

bool equal_in_constant_time(const std::string& left, const std::string& right) {
    return left.size() == right.size() &&
           sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace yuanliu::access
