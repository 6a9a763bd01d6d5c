// Why this file: see child_process.hpp. Between fork and exec only calls that are safe in the child
// of a program with threads.
#include "server/postgres/child_process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include "server/postgres/cluster_error.hpp"

namespace yuanliu::postgres {
namespace {

constexpr int kCannotStart = 127;
/// Where the kernel can't close a range at once.
constexpr int kMostDescriptors = 65'536;

std::string name_of(uid_t user) {
    const passwd* entry = getpwuid(user);
    return entry == nullptr ? std::to_string(user) : std::string(entry->pw_name);
}

/// In the child: drops to the account. The groups first, for afterwards we have no right to.
bool become(const Account& account) {
    return !account.is_other ||
           (setgroups(1, &account.group) == 0 && setgid(account.group) == 0 &&
            setuid(account.user) == 0 && getuid() == account.user && geteuid() == account.user);
}

/// In the child, after become(): a change of user clears the death signal. The parent may have
/// ended before the call; then nobody would ever send it.
bool tie_to(pid_t parent) {
    return prctl(PR_SET_PDEATHSIG, SIGINT) == 0 && getppid() == parent;
}

[[noreturn]] void run_child(const ChildCommand& command, int log, pid_t parent,
                            std::vector<char*>& arguments) {
    // A group of its own: a Ctrl-C at the terminal is for us, who then end the child in order.
    setpgid(0, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    const int null = open("/dev/null", O_RDONLY);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(log, STDOUT_FILENO) < 0 ||
        dup2(log, STDERR_FILENO) < 0 || chdir("/") != 0 || !become(command.account) ||
        (command.ends_with_us && !tie_to(parent))) {
        _exit(kCannotStart);
    }
    // Sockets and files that others opened without asking for it: ours, not the child's.
    if (syscall(SYS_close_range, 3U, ~0U, 0U) != 0) {
        for (int each = 3; each < kMostDescriptors; ++each) {
            close(each);
        }
    }
    static char locale[] = "LC_ALL=C";
    static char path[] = "PATH=/usr/bin:/bin";
    static char zone[] = "TZ=UTC";
    char* environment[] = {locale, path, zone, nullptr};
    execve(arguments.front(), arguments.data(), environment);
    _exit(kCannotStart);
}

}  // namespace

Account database_account() {
    Account account{.user = geteuid(),
                    .group = getegid(),
                    .is_other = false,
                    .name = name_of(geteuid()),
                    .own_name = name_of(geteuid())};
    if (account.user != 0) {
        return account;
    }
    const passwd* entry = getpwnam("postgres");
    if (entry == nullptr) {
        throw ClusterError(
            "PostgreSQL doesn't run as root, and this machine has no user 'postgres': install the "
            "package postgresql-15, which makes it, or start yuanliu as another user");
    }
    account.user = entry->pw_uid;
    account.group = entry->pw_gid;
    account.is_other = true;
    account.name = "postgres";
    return account;
}

pid_t start_child(const ChildCommand& command) {
    const int log = open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (log < 0) {
        throw ClusterError("cannot write " + command.log.string() + ": " + std::strerror(errno));
    }
    std::vector<std::string> texts = command.arguments;
    std::vector<char*> arguments;
    arguments.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        arguments.push_back(text.data());
    }
    arguments.push_back(nullptr);
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) {
        run_child(command, log, parent, arguments);
    }
    const int error = errno;
    close(log);
    if (child < 0) {
        throw ClusterError("cannot start " + command.arguments.front() + ": " +
                           std::strerror(error));
    }
    return child;
}

std::optional<int> wait_for_child(pid_t child, std::chrono::milliseconds longest) {
    const auto end = std::chrono::steady_clock::now() + longest;
    for (;;) {
        int status = 0;
        const pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child) {
            return status;
        }
        if (ended < 0 && errno != EINTR) {
            return 0;  // Somebody else has waited for it: it has ended.
        }
        if (std::chrono::steady_clock::now() >= end) {
            return std::nullopt;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

bool may_enter(const Account& account, const std::filesystem::path& folder) {
    const pid_t child = fork();
    if (child == 0) {
        _exit(become(account) && access(folder.c_str(), X_OK) == 0 ? 0 : 1);
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace yuanliu::postgres
