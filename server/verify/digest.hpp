// SHA-256 in lower-case hex, fed piece by piece. Every identity of the verifier is computed here.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace yuanliu_verify {

class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    Sha256(Sha256&&) = delete;
    Sha256& operator=(Sha256&&) = delete;

    void feed(std::string_view bytes);
    std::string hex();

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

std::string sha256_of(std::string_view bytes);
// SHA-256 of the lines `NAME SHA256` LF in bytewise order of names (month_hash, result_hash).
std::string sha256_of_listing(const std::map<std::string, std::string>& hash_of_name);

}  // namespace yuanliu_verify
