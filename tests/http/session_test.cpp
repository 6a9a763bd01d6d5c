// Why this file: the rules of logging in, on a clock that the test sets.
#include <gtest/gtest.h>

#include <map>

#include "server/access/session_keeper.hpp"

namespace yuanliu::access {
namespace {

class MemoryStore : public AccessStore {
  public:
    bool needs_setup() override { return users.empty(); }
    void offer_setup(const std::string& hash) override { setup = hash; }
    SetupOutcome create_administrator(const std::string& hash, const UserRow& user) override {
        if (!users.empty()) {
            return SetupOutcome::already_set_up;
        }
        if (hash != setup) {
            return SetupOutcome::token_refused;
        }
        users[user.username] = user;
        return SetupOutcome::created;
    }
    std::optional<UserRow> find_user(const std::string& name) override {
        const auto found = users.find(name);
        return found == users.end() ? std::nullopt : std::optional(found->second);
    }
    void create_session(const std::string& hash, const std::string& name) override {
        sessions[hash] = name;
    }
    std::optional<SessionRow> use_session(const std::string& hash, int) override {
        const auto found = sessions.find(hash);
        return found == sessions.end()
                   ? std::nullopt
                   : std::optional(SessionRow{.username = found->second, .role = "administrator"});
    }
    void end_session(const std::string& hash) override { sessions.erase(hash); }

    std::map<std::string, UserRow> users;
    std::map<std::string, std::string> sessions;
    std::string setup;
};

class SessionTest : public testing::Test {
  protected:
    SessionTest() {
        const auto token = keeper_.offer_setup();
        EXPECT_TRUE(token);
        EXPECT_EQ(keeper_.create_administrator("wrong", "fin", kPassword),
                  SetupOutcome::token_refused);
        EXPECT_EQ(keeper_.create_administrator(token.value_or(""), "fin", kPassword),
                  SetupOutcome::created);
    }
    LoginOutcome::Kind try_login(const std::string& name, const std::string& password,
                                 const std::string& address = "10.0.0.1") {
        return keeper_.log_in(name, password, address).kind;
    }

    using Kind = LoginOutcome::Kind;
    static constexpr const char* kPassword = "correct horse battery";
    std::chrono::steady_clock::time_point now_{};
    MemoryStore store_;
    SessionKeeper keeper_{store_, [this] { return now_; }};
};

TEST_F(SessionTest, SetupWorksOnce) {
    EXPECT_FALSE(keeper_.offer_setup());
    EXPECT_EQ(keeper_.create_administrator("any", "x", kPassword), SetupOutcome::already_set_up);
}

TEST_F(SessionTest, StoresOnlyHashes) {
    const auto opened = keeper_.log_in("fin", kPassword, "10.0.0.1");
    ASSERT_EQ(opened.kind, Kind::opened);
    EXPECT_EQ(opened.session.token.size(), 64U);
    EXPECT_FALSE(store_.sessions.contains(opened.session.token));
    EXPECT_TRUE(store_.sessions.contains(token_hash(opened.session.token)));
    EXPECT_TRUE(store_.users["fin"].password_hash.starts_with("$argon2id$"));
}

TEST_F(SessionTest, EndsByLogoutAndByIdleness) {
    const std::string first = keeper_.log_in("fin", kPassword, "10.0.0.1").session.token;
    const std::string second = keeper_.log_in("fin", kPassword, "10.0.0.1").session.token;
    EXPECT_TRUE(keeper_.find(first));
    EXPECT_TRUE(keeper_.find(second));
    keeper_.log_out(first);
    EXPECT_FALSE(keeper_.find(first));
    now_ += std::chrono::minutes(29);
    EXPECT_TRUE(keeper_.find(second));
    now_ += std::chrono::minutes(29);
    EXPECT_TRUE(keeper_.find(second)) << "each use begins the time anew";
    now_ += std::chrono::minutes(31);
    EXPECT_FALSE(keeper_.find(second));
    now_ -= std::chrono::minutes(31);
    EXPECT_FALSE(keeper_.find(second)) << "gone is gone";
}

TEST_F(SessionTest, SlowsGuessingOfOneUserFromOneAddress) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(try_login("fin", "wrong"), Kind::wrong);
    }
    EXPECT_EQ(try_login("fin", kPassword), Kind::throttled) << "even the right one has to wait";
    EXPECT_EQ(try_login("fin", kPassword, "10.0.0.2"), Kind::opened);
    now_ += std::chrono::minutes(6);
    EXPECT_EQ(try_login("fin", kPassword), Kind::opened);
}

TEST_F(SessionTest, TreatsUnknownUsersAlike) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(try_login("nobody", kPassword), Kind::wrong);
    }
    EXPECT_EQ(try_login("nobody", kPassword), Kind::throttled);
}

TEST_F(SessionTest, CsrfTokenBelongsToTheSession) {
    const auto first = keeper_.log_in("fin", kPassword, "10.0.0.1").session;
    const auto second = keeper_.log_in("fin", kPassword, "10.0.0.1").session;
    EXPECT_NE(first.csrf_token, second.csrf_token);
    EXPECT_EQ(keeper_.find(first.token)->csrf_token, first.csrf_token);
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

}  // namespace
}  // namespace yuanliu::access
