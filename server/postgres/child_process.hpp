// Why this file: PostgreSQL refuses to run as root and must never outlive us. A child is started as
// the user that may run it, and told by the kernel to end when we do, whatever ends us.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace yuanliu::postgres {

/// Who runs the database's programs: ourselves, or the user `postgres` when we are root.
struct Account {
    uid_t user = 0;
    gid_t group = 0;
    bool is_other = false;  ///< not us: the child must drop our rights
    std::string name;       ///< of the account
    std::string own_name;   ///< of the account that we run as, which the database must let in
};

/// Throws ClusterError when we are root and the machine has no user `postgres`.
[[nodiscard]] Account database_account();

struct ChildCommand {
    std::vector<std::string> arguments;  ///< the program's path first
    const Account& account;
    std::filesystem::path log;  ///< takes what it prints, appended
    /// The child gets SIGINT when the calling thread ends; without it the child goes on alone.
    bool ends_with_us = false;
};

/// Starts a program; the id of the process.
[[nodiscard]] pid_t start_child(const ChildCommand& command);

/// Waits; the status of waitpid, or empty when the time is over.
[[nodiscard]] std::optional<int> wait_for_child(pid_t child, std::chrono::milliseconds longest);

/// Whether the account may pass through or enter a folder, asked as that account.
[[nodiscard]] bool may_enter(const Account& account, const std::filesystem::path& folder);

}  // namespace yuanliu::postgres
