// Why this file: see database.hpp.
#include "tests/pg/database.hpp"

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "server/postgres/embedded_cluster.hpp"
#include "server/store/migration.hpp"

namespace yuanliu::testing {
namespace {

namespace fs = std::filesystem;

struct Cluster {
    OpenFolder folder;
    postgres::EmbeddedCluster cluster{folder.path() / "data"};
};

std::unique_ptr<Cluster>& the_cluster() {
    static std::unique_ptr<Cluster> cluster;
    return cluster;
}

/// Stops the cluster after the last test, whatever the tests did.
class StopCluster final : public ::testing::Environment {
  public:
    void TearDown() override { the_cluster().reset(); }
};
const auto* const kStop = ::testing::AddGlobalTestEnvironment(new StopCluster);

}  // namespace

OpenFolder::OpenFolder() {
    std::string path = "/tmp/yuanliu-pg-test-XXXXXX";
    if (mkdtemp(path.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    chmod(path.c_str(), 0755);
    path_ = path;
}

OpenFolder::~OpenFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string cluster_dsn(const std::string& database) {
    if (!the_cluster()) {
        the_cluster() = std::make_unique<Cluster>();
    }
    // A later dbname overrides the one before.
    return the_cluster()->cluster.dsn() + " dbname=" + database;
}

fs::path cluster_log() {
    return the_cluster()->folder.path() / "data" / "postgres.log";
}

Database::Database() {
    static int count = 0;
    name_ = "test_" + std::to_string(++count);
    store::Session(cluster_dsn("postgres")).execute("create database " + name_);
    dsn_ = cluster_dsn(name_);
    session_ = std::make_unique<store::Session>(dsn_);
    store::migrate(*session_);
}

Database::~Database() {
    session_.reset();
    store::Session(cluster_dsn("postgres")).execute("drop database " + name_ + " with (force)");
}

std::string text_of(store::Session& session, const std::string& query) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQexec(session.connection(), query.c_str()), PQclear);
    if (PQntuples(result.get()) != 1) {
        throw std::runtime_error(query + ": " + PQerrorMessage(session.connection()));
    }
    return PQgetvalue(result.get(), 0, 0);
}

long long number_of(store::Session& session, const std::string& query) {
    return std::stoll(text_of(session, query));
}

}  // namespace yuanliu::testing
