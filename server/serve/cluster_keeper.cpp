// Why this file: see cluster_keeper.hpp.
#include "server/serve/cluster_keeper.hpp"

#include <sys/wait.h>

#include "server/postgres/embedded_cluster.hpp"

namespace yuanliu::serve {
namespace {

constexpr auto kLook = std::chrono::milliseconds(300);
constexpr auto kPauseAfterFailure = std::chrono::seconds(3);

/// Asked without taking its status away: the cluster's own stop still waits for the child.
bool is_dead(int process) {
    siginfo_t info{};
    const int failed =
        waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT);
    return failed != 0 || info.si_pid != 0;
}

}  // namespace

ClusterKeeper::ClusterKeeper(std::shared_ptr<const postgres::FolderLock> lock,
                             std::function<void(const std::string&)> log)
    : lock_(std::move(lock)), log_(std::move(log)) {
    std::promise<std::string> started;
    auto dsn = started.get_future();
    thread_ =
        std::thread([this, promise = std::move(started)]() mutable { keep(std::move(promise)); });
    try {
        dsn_ = dsn.get();
    } catch (...) {
        thread_.join();
        throw;
    }
}

ClusterKeeper::~ClusterKeeper() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stop_asked_.notify_all();
    thread_.join();
}

bool ClusterKeeper::wait_until_dead(int process) {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        stop_asked_.wait_for(lock, kLook);
        if (!stopping_ && is_dead(process)) {
            return true;
        }
    }
    return false;
}

void ClusterKeeper::keep(std::promise<std::string> started) {
    bool is_first = true;
    while (true) {
        try {
            const postgres::EmbeddedCluster cluster(lock_);
            if (is_first) {
                started.set_value(cluster.dsn());
                is_first = false;
            }
            if (!wait_until_dead(cluster.process_id())) {
                return;
            }
            log_("the database ended; starting it again");
        } catch (const std::exception& failure) {
            if (is_first) {
                started.set_exception(std::current_exception());
                return;
            }
            log_(failure.what());
            std::unique_lock lock(mutex_);
            stop_asked_.wait_for(lock, kPauseAfterFailure, [this] { return stopping_; });
            if (stopping_) {
                return;
            }
        }
    }
}

}  // namespace yuanliu::serve
