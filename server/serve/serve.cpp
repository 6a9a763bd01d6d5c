// Why this file: the order of a start: folder, database, schema, door; and only when nothing can be
// refused any more, setup token and workers. The order of an end is the reverse: who is in flight
// still finds everything.
#include "server/serve/serve.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <optional>

#include "server/api/app.hpp"
#include "server/api/routes.hpp"
#include "server/http/listener.hpp"
#include "server/jobs/job_worker.hpp"
#include "server/serve/cluster_keeper.hpp"
#include "server/store/access_store.hpp"
#include "server/store/migration.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::serve {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kWorkerPatience{2000};
/// Folders of the data folder.
constexpr const char* kUploads = "uploads";
constexpr const char* kIncoming = "incoming";
constexpr const char* kSnapshots = "snapshots";
constexpr const char* kScratch = "scratch";
constexpr const char* kResults = "results";

/// A folder that only we may enter; patients' data passes through it.
void make_private(const fs::path& folder) {
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
}

/// Takes away what a killed server was working with.
void clean_folders(const fs::path& data) {
    fs::remove_all(data / kIncoming);
    fs::remove_all(data / kScratch);
    fs::remove_all(data / kResults);
    for (const char* folder : {kUploads, kIncoming, kSnapshots, kScratch, kResults}) {
        make_private(data / folder);
    }
}

void migrate(store::ConnectionPool& pool, bool own_database) {
    const auto session = pool.lease();
    if (own_database) {
        store::migrate(*session);
    } else {
        store::require_current_schema(*session);
    }
}

/// Printed and written for the one who may read the data folder; useless once it was used.
void offer_setup(access::SessionKeeper& sessions, const fs::path& data) {
    const fs::path file = data / "setup-token";
    std::error_code ignored;
    fs::remove(file, ignored);
    const auto token = sessions.offer_setup();
    if (!token) {
        return;
    }
    const int out =
        ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const std::string line = *token + "\n";
    const bool written =
        out >= 0 && ::write(out, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    if (out >= 0) {
        ::close(out);
    }
    if (!written) {
        throw ConfigError("cannot write " + file.string());
    }
    fmt::print("Setup token (once, for the first administrator; also in {}): {}\n", file.string(),
               *token);
    std::fflush(stdout);
}

std::string schema_version(store::ConnectionPool& pool) {
    const auto lease = pool.lease(store::kRequestPatience);
    return store::schema_version(*lease);
}

http::ListenerOptions listener_options(const ServerConfig& config) {
    const Address address = address_of(config.listen);
    http::ListenerOptions options;
    options.address = address.host;
    options.port = address.port;
    options.hosts = config.hosts;
    for (const std::string& proxy : config.proxies) {
        options.proxies.push_back(http::plain_address(proxy));
    }
    options.workers = static_cast<std::size_t>(config.workers);
    options.max_connections = static_cast<std::size_t>(config.max_connections);
    options.max_connections_per_address =
        static_cast<std::size_t>(config.max_connections_per_address);
    options.header_deadline = std::chrono::seconds(config.header_seconds);
    options.body_grace = std::chrono::seconds(config.body_seconds);
    return options;
}

jobs::RetentionLimits retention_limits(const ServerConfig& config) {
    return {.request_keys = std::chrono::hours(config.request_key_hours),
            .uploads = std::chrono::hours(config.upload_hours),
            .jobs = std::chrono::hours(24 * config.job_days)};
}

/// Signals wait until the listener takes them, and a client that left is no reason to end.
void hold_signals() {
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);
}

jobs::WorkerParts worker_parts(const ServerConfig& config, store::ConnectionPool& pool,
                               const ParallelFor& loop, api::ComputedMonths& months,
                               const FindingWords& words, http::Log& log) {
    return {.pool = pool,
            .uploads = config.data / kUploads,
            .snapshots = config.data / kSnapshots,
            .scratch = config.data / kScratch,
            .rules = config.rules,
            .limits = retention_limits(config),
            .parallel_for = loop,
            .findings_document = words.document,
            .findings_array = words.array,
            .log =
                [&log](const char* event, const std::string& detail) {
                    log.error(event, {{"detail", detail}});
                },
            .note =
                [&log](const char* event, const std::string& detail) {
                    log.info(event, {{"detail", detail}});
                },
            .keep =
                [&months](const std::string& run_id, usecase::ComputeOutcome&& outcome,
                          fs::path month_dir) {
                    months.keep(run_id, std::move(outcome), std::move(month_dir));
                }};
}

}  // namespace

void serve(const ServerConfig& config, const FindingWords& words) {
    hold_signals();
    http::Log log(stderr);
    const http::Page page(config.web);
    // Before anything is touched: the folder may be a living server's.
    const auto lock = std::make_shared<const postgres::FolderLock>(config.data);
    std::optional<ClusterKeeper> cluster;
    if (config.database.empty()) {
        cluster.emplace(lock, [&log](const std::string& detail) {
            log.error("database", {{"detail", detail}});
        });
    }
    store::ConnectionPool pool(cluster ? cluster->dsn() : config.database,
                               static_cast<std::size_t>(config.database_connections));
    migrate(pool, cluster.has_value());
    store::PgAccessStore access_store(pool);
    access::SessionKeeper sessions(access_store, [] { return std::chrono::steady_clock::now(); });
    const ParallelFor loop = usecase::make_thread_loop(0);
    api::ComputedMonths months(config.data / kSnapshots, loop);
    api::ReportDesk desk(config.data / kResults, words.report);
    std::optional<jobs::JobWorker> worker;
    api::App app(
        {.sessions = sessions,
         .log = log,
         .page = page,
         .incoming = config.data / kIncoming,
         .stop_work = [&months] { months.stop(); }},
        api::all_routes({.system = {.schema_version = [&pool] { return schema_version(pool); }},
                         .sessions = sessions,
                         .secure_cookie = config.behind_tls,
                         .backend = {.pool = pool,
                                     .uploads = config.data / kUploads,
                                     .wake_worker = [&worker] { worker->wake(); }},
                         .months = months,
                         .desk = desk,
                         .tell_grouping = words.grouping}));
    http::Listener listener(listener_options(config), app);
    // From here on the start can't be refused, and requests wait until all is ready.
    clean_folders(config.data);
    offer_setup(sessions, config.data);
    worker.emplace(worker_parts(config, pool, loop, months, words, log));
    fmt::print("Yuanliu listens on http://{}:{}\n", address_of(config.listen).host,
               listener.port());
    std::fflush(stdout);
    log.info("listening", {{"port", listener.port()}});
    listener.run(true);
    log.info("stopping", {});
    if (!worker->finish(kWorkerPatience)) {
        // The job is found interrupted at the next start; its transaction ends with its connection.
        log.error("job_left", {});
        cluster.reset();
        std::_Exit(0);
    }
}

}  // namespace yuanliu::serve
