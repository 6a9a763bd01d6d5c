// Why this file: counts failed logins in windows of five minutes, in bounded memory.
#include "server/access/throttle.hpp"

namespace yuanliu::access {
namespace {

constexpr auto kWindow = std::chrono::minutes(5);
constexpr int kAllowedForUser = 5;
constexpr int kAllowedForAddress = 50;
constexpr std::size_t kMostWindows = 10'000;

std::string pair_key(const std::string& username, const std::string& address) {
    return address + "\n" + username;
}

}  // namespace

int Throttle::wait_of(const std::string& key, int allowed) {
    const auto found = windows_.find(key);
    if (found == windows_.end() || found->second.failures < allowed) {
        return 0;
    }
    const auto left = found->second.ends - now_();
    return left.count() <= 0
               ? 0
               : static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
}

int Throttle::wait_seconds(const std::string& username, const std::string& address) {
    const std::lock_guard lock(mutex_);
    const int wait = wait_of(pair_key(username, address), kAllowedForUser);
    return wait > 0 ? wait : wait_of(address, kAllowedForAddress);
}

void Throttle::count(const std::string& key) {
    Window& window = windows_[key];
    if (window.failures == 0 || window.ends <= now_()) {
        window = {.failures = 0, .ends = now_() + kWindow};
    }
    ++window.failures;
}

void Throttle::failed(const std::string& username, const std::string& address) {
    const std::lock_guard lock(mutex_);
    if (windows_.size() > kMostWindows) {
        std::erase_if(windows_, [this](const auto& entry) { return entry.second.ends <= now_(); });
    }
    if (windows_.size() <= kMostWindows) {
        count(pair_key(username, address));
    }
    count(address);
}

void Throttle::succeeded(const std::string& username, const std::string& address) {
    const std::lock_guard lock(mutex_);
    windows_.erase(pair_key(username, address));
}

}  // namespace yuanliu::access
