// Why this file: see embedded_cluster.hpp. The order of a start: lock the folder, end a leftover of
// a killed predecessor, make the cluster if there is none, start it, wait until it answers.
#include "server/postgres/embedded_cluster.hpp"

#include <libpq-fe.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <fstream>
#include <thread>
#include <vector>

#include "server/postgres/child_process.hpp"
#include "server/postgres/data_folder.hpp"

namespace yuanliu::postgres {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::string_view kPrograms = "/usr/lib/postgresql/15/bin";
constexpr auto kLongestInit = 120s;
/// Recovery after a crash replays the log and may take its time.
constexpr auto kLongestStart = 300s;
constexpr auto kFastShutdown = 60s;
constexpr auto kImmediateShutdown = 10s;

std::string program(std::string_view name) {
    const std::string path = std::string(kPrograms) + "/" + std::string(name);
    if (!fs::exists(path)) {
        throw ClusterError(path +
                           " is missing: install the package postgresql-15, or name a database "
                           "with --database");
    }
    return path;
}

std::string last_lines(const fs::path& log) {
    std::ifstream in(log);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        lines.push_back(std::move(line));
    }
    std::string out;
    for (std::size_t i = lines.size() - std::min<std::size_t>(lines.size(), 5); i < lines.size();
         ++i) {
        out += "\n  " + lines[i];
    }
    return out;
}

void write_file(const fs::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) {
        throw ClusterError("cannot write " + path.string() + ": is the disk full?");
    }
}

/// The process named by postmaster.pid, if it is a server of this very cluster.
pid_t leftover_server(const fs::path& cluster) {
    std::ifstream in(cluster / "postmaster.pid");
    pid_t process = 0;
    in >> process;
    std::error_code error;
    const fs::path home = fs::read_symlink("/proc/" + std::to_string(process) + "/cwd", error);
    return in && process > 1 && !error && home == cluster ? process : 0;
}

/// A predecessor that was killed has told its server to end; that takes a moment.
void end_leftover(const fs::path& cluster) {
    const auto began = std::chrono::steady_clock::now();
    for (pid_t process = leftover_server(cluster); process != 0;
         process = leftover_server(cluster)) {
        const auto waited = std::chrono::steady_clock::now() - began;
        if (waited > kFastShutdown + kImmediateShutdown) {
            throw ClusterError("a database server of a former process (" + std::to_string(process) +
                               ") doesn't end: stop it by hand");
        }
        kill(process, waited > kFastShutdown ? SIGQUIT : SIGINT);
        std::this_thread::sleep_for(50ms);
    }
}

}  // namespace

struct EmbeddedCluster::State {
    explicit State(std::shared_ptr<const FolderLock> lock)
        : account(database_account()), folder(std::move(lock), account) {}

    Account account;
    DataFolder folder;
    pid_t server = 0;

    [[nodiscard]] std::string dsn(std::string_view database) const {
        return "host=" + folder.socket_folder().string() +
               " user=yuanliu connect_timeout=10 application_name=yuanliu dbname=" +
               std::string(database);
    }
    void initialise() const;
    void write_access() const;
    void start();
    void wait_ready();
    void create_database() const;
    void stop() noexcept;
};

/// Made beside its place and renamed: a cluster is there whole or not at all.
void EmbeddedCluster::State::initialise() const {
    const fs::path fresh = folder.unfinished_cluster();
    fs::remove_all(fresh);
    folder.make_private(fresh);
    const pid_t child = start_child(
        {.arguments = {program("initdb"), "-D", fresh.string(), "--data-checksums", "-E", "UTF8",
                       "--locale=C", "-U", "yuanliu", "--auth=peer", "--no-instructions"},
         .account = account,
         .log = folder.log(),
         .ends_with_us = true});
    const auto status = wait_for_child(child, kLongestInit);
    if (!status) {
        kill(child, SIGKILL);
        (void)wait_for_child(child, kImmediateShutdown);
    }
    if (!status || !WIFEXITED(*status) || WEXITSTATUS(*status) != 0) {
        throw ClusterError("the database could not be made; " + folder.log().string() +
                           " ends with:" + last_lines(folder.log()));
    }
    fs::rename(fresh, folder.cluster());
}

/// Only the account itself and we are let in, and only as the owner of the database; the kernel
/// says who asks (peer), so there is no password to lose.
void EmbeddedCluster::State::write_access() const {
    write_file(folder.cluster() / "pg_hba.conf", "local all yuanliu peer map=embedded\n");
    std::string map = "embedded " + account.name + " yuanliu\n";
    if (account.is_other) {
        map += "embedded " + account.own_name + " yuanliu\n";
    }
    write_file(folder.cluster() / "pg_ident.conf", map);
}

void EmbeddedCluster::State::start() {
    server = start_child(
        {.arguments = {program("postgres"), "-D", folder.cluster().string(), "-k",
                       folder.socket_folder().string(), "-c", "listen_addresses=", "-c",
                       "unix_socket_permissions=0700", "-c", "max_connections=40", "-c",
                       "shared_buffers=256MB", "-c", "maintenance_work_mem=128MB", "-c",
                       "max_wal_size=4GB", "-c", "jit=off", "-c", "lc_messages=C", "-c",
                       "synchronize_seqscans=off",
                       // Details and statements hold values of patients.
                       "-c", "log_error_verbosity=terse", "-c", "log_min_error_statement=panic"},
         .account = account,
         .log = folder.log(),
         .ends_with_us = true});
}

void EmbeddedCluster::State::wait_ready() {
    const std::string address = dsn("postgres");
    const auto end = std::chrono::steady_clock::now() + kLongestStart;
    while (PQping(address.c_str()) != PQPING_OK) {
        if (wait_for_child(server, 20ms)) {
            server = 0;
            throw ClusterError("the database did not start; " + folder.log().string() +
                               " ends with:" + last_lines(folder.log()));
        }
        if (std::chrono::steady_clock::now() > end) {
            throw ClusterError("the database has not become ready; see " + folder.log().string());
        }
    }
}

void EmbeddedCluster::State::create_database() const {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(
        PQconnectdb(dsn("postgres").c_str()), PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> known(
        PQexec(connection.get(), "select 1 from pg_database where datname = 'yuanliu'"), PQclear);
    bool is_good = PQresultStatus(known.get()) == PGRES_TUPLES_OK;
    if (is_good && PQntuples(known.get()) == 0) {
        const std::unique_ptr<PGresult, decltype(&PQclear)> made(
            PQexec(connection.get(), "create database yuanliu"), PQclear);
        is_good = PQresultStatus(made.get()) == PGRES_COMMAND_OK;
    }
    if (!is_good) {
        throw ClusterError(std::string("the database lets us not in: ") +
                           PQerrorMessage(connection.get()));
    }
}

void EmbeddedCluster::State::stop() noexcept {
    if (server == 0) {
        return;
    }
    kill(server, SIGINT);
    if (!wait_for_child(server, kFastShutdown)) {
        kill(server, SIGQUIT);
        if (!wait_for_child(server, kImmediateShutdown)) {
            kill(server, SIGKILL);
            (void)wait_for_child(server, kImmediateShutdown);
        }
    }
    server = 0;
}

EmbeddedCluster::EmbeddedCluster(const fs::path& data_dir)
    : EmbeddedCluster(std::make_shared<const FolderLock>(data_dir)) {}

EmbeddedCluster::EmbeddedCluster(std::shared_ptr<const FolderLock> lock)
    : state_(std::make_unique<State>(std::move(lock))) {
    end_leftover(state_->folder.cluster());
    if (!fs::exists(state_->folder.cluster() / "PG_VERSION")) {
        state_->initialise();
    }
    state_->write_access();
    state_->start();
    try {
        state_->wait_ready();
        state_->create_database();
    } catch (...) {
        state_->stop();
        throw;
    }
}

EmbeddedCluster::~EmbeddedCluster() {
    stop();
}

std::string EmbeddedCluster::dsn() const {
    return state_->dsn("yuanliu");
}

int EmbeddedCluster::process_id() const noexcept {
    return state_->server;
}

void EmbeddedCluster::stop() noexcept {
    state_->stop();
}

}  // namespace yuanliu::postgres
