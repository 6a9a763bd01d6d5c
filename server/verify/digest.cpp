// SHA-256 through OpenSSL's EVP interface.
#include "digest.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace yuanliu_verify {

struct Sha256::Context {
    EVP_MD_CTX* evp = nullptr;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    context_->evp = EVP_MD_CTX_new();
    if (context_->evp == nullptr || EVP_DigestInit_ex(context_->evp, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not available");
    }
}

Sha256::~Sha256() {
    EVP_MD_CTX_free(context_->evp);
}

void Sha256::feed(std::string_view bytes) {
    if (EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()) != 1) {
        throw std::runtime_error("SHA-256 failed");
    }
}

std::string Sha256::hex() {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    if (EVP_DigestFinal_ex(context_->evp, bytes, &length) != 1) {
        throw std::runtime_error("SHA-256 failed");
    }
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (unsigned int i = 0; i < length; ++i) {
        out.push_back(kDigits[bytes[i] >> 4U]);
        out.push_back(kDigits[bytes[i] & 15U]);
    }
    return out;
}

std::string sha256_of(std::string_view bytes) {
    Sha256 sha;
    sha.feed(bytes);
    return sha.hex();
}

std::string sha256_of_listing(const std::map<std::string, std::string>& hash_of_name) {
    std::string lines;
    for (const auto& [name, hash] : hash_of_name) {
        lines += name + " " + hash + "\n";
    }
    return sha256_of(lines);
}

}  // namespace yuanliu_verify
