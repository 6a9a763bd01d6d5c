// Why this file: see the header; order matters here: throttle, then hash, then tell.
#include "server/access/session_keeper.hpp"

namespace yuanliu::access {
namespace {

constexpr std::size_t kMostRemembered = 10'000;

}  // namespace

std::optional<std::string> SessionKeeper::offer_setup() {
    if (!store_.needs_setup()) {
        return std::nullopt;
    }
    std::string token = random_token();
    store_.offer_setup(token_hash(token));
    return token;
}

SetupOutcome SessionKeeper::create_administrator(const std::string& token,
                                                 const std::string& username,
                                                 const std::string& password) {
    if (!store_.needs_setup()) {
        return SetupOutcome::already_set_up;
    }
    const std::string hash = hasher_.hash(password);
    if (hash.empty()) {
        throw StoreUnavailable("too many passwords at once");
    }
    return store_.create_administrator(
        token_hash(token), {.username = username, .role = "administrator", .password_hash = hash});
}

LoginOutcome SessionKeeper::log_in(const std::string& username, const std::string& password,
                                   const std::string& address) {
    LoginOutcome outcome;
    outcome.wait_seconds = throttle_.wait_seconds(username, address);
    if (outcome.wait_seconds > 0) {
        outcome.kind = LoginOutcome::Kind::throttled;
        return outcome;
    }
    const auto user = store_.find_user(username);
    const auto verdict = hasher_.verify(user ? user->password_hash : std::string(), password);
    if (verdict == PasswordHasher::Verdict::busy) {
        outcome.kind = LoginOutcome::Kind::busy;
        outcome.wait_seconds = 5;
        return outcome;
    }
    if (verdict == PasswordHasher::Verdict::wrong) {
        throttle_.failed(username, address);
        return outcome;
    }
    throttle_.succeeded(username, address);
    outcome.session.token = random_token();
    store_.create_session(token_hash(outcome.session.token), user->username);
    outcome.kind = LoginOutcome::Kind::opened;
    outcome.session.username = user->username;
    outcome.session.role = user->role;
    outcome.session.csrf_token = csrf_of(outcome.session.token);
    return outcome;
}

bool SessionKeeper::is_idle(const std::string& hash) {
    const std::lock_guard lock(mutex_);
    const auto now = now_();
    if (last_use_.size() > kMostRemembered) {
        std::erase_if(last_use_, [&](const auto& entry) {
            return now - entry.second > std::chrono::minutes(kIdleMinutes * 2);
        });
    }
    const auto [found, is_new] = last_use_.emplace(hash, now);
    const bool idle = !is_new && now - found->second > std::chrono::minutes(kIdleMinutes);
    if (!idle) {
        found->second = now;
    }
    return idle;
}

std::optional<OpenSession> SessionKeeper::find(const std::string& token) {
    if (token.size() != 64) {
        return std::nullopt;
    }
    const std::string hash = token_hash(token);
    const auto row = store_.use_session(hash, kIdleMinutes);
    if (!row) {
        return std::nullopt;
    }
    if (is_idle(hash)) {
        store_.end_session(hash);
        return std::nullopt;
    }
    return OpenSession{
        .token = token, .username = row->username, .role = row->role, .csrf_token = csrf_of(token)};
}

void SessionKeeper::log_out(const std::string& token) {
    const std::string hash = token_hash(token);
    store_.end_session(hash);
    const std::lock_guard lock(mutex_);
    last_use_.erase(hash);
}

}  // namespace yuanliu::access
