// Why this file: the embedded database starts, is private, is ours alone, and never outlives us.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "server/postgres/embedded_cluster.hpp"
#include "tests/pg/database.hpp"

namespace yuanliu {
namespace {

namespace fs = std::filesystem;
using postgres::ClusterError;
using postgres::EmbeddedCluster;
using testing::OpenFolder;
using namespace std::chrono_literals;

bool is_alive(int process) {
    return kill(process, 0) == 0;
}

TEST(ClusterTest, cluster_has_checksums_a_private_socket_and_no_port) {
    const OpenFolder folder;
    EmbeddedCluster cluster(folder.path() / "data");
    store::Session session(cluster.dsn());
    EXPECT_EQ(testing::text_of(session, "show data_checksums"), "on");
    EXPECT_EQ(testing::text_of(session, "show listen_addresses"), "");
    EXPECT_EQ(testing::text_of(session, "show server_encoding"), "UTF8");
    EXPECT_EQ(testing::text_of(session, "show fsync"), "on");
    EXPECT_EQ(testing::text_of(session,
                               "select datcollate from pg_database where datname = "
                               "current_database()"),
              "C");
    struct stat found {};
    const std::string sockets = testing::text_of(session, "show unix_socket_directories");
    ASSERT_EQ(stat(sockets.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0700U);
    const int server = cluster.process_id();
    EXPECT_TRUE(is_alive(server));
    cluster.stop();
    EXPECT_FALSE(is_alive(server));
}

TEST(ClusterTest, second_process_on_the_same_folder_is_refused) {
    const OpenFolder folder;
    const EmbeddedCluster cluster(folder.path() / "data");
    try {
        const EmbeddedCluster second(folder.path() / "data");
        FAIL() << "two clusters on one folder";
    } catch (const ClusterError& error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("in use by another yuanliu process"));
    }
}

TEST(ClusterTest, folder_that_the_database_cannot_reach_is_refused_with_the_mend) {
    if (geteuid() != 0) {
        GTEST_SKIP() << "only root runs the database as another user";
    }
    const OpenFolder folder;
    fs::create_directories(folder.path() / "closed" / "data");
    chmod((folder.path() / "closed").c_str(), 0700);
    try {
        const EmbeddedCluster cluster(folder.path() / "closed" / "data");
        FAIL() << "started in a closed folder";
    } catch (const ClusterError& error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("chmod o+x"));
        EXPECT_THAT(error.what(), ::testing::HasSubstr("closed"));
    }
}

TEST(ClusterTest, cluster_ends_when_its_process_is_killed_and_starts_again) {
    const OpenFolder folder;
    int channel[2];
    ASSERT_EQ(pipe(channel), 0);
    const pid_t child = fork();
    if (child == 0) {
        const EmbeddedCluster cluster(folder.path() / "data");
        const int server = cluster.process_id();
        (void)!write(channel[1], &server, sizeof server);
        for (;;) {
            pause();
        }
    }
    int server = 0;
    ASSERT_EQ(read(channel[0], &server, sizeof server), static_cast<ssize_t>(sizeof server));
    ASSERT_TRUE(is_alive(server));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    // At once: the new start waits for the old server to end.
    {
        const EmbeddedCluster again(folder.path() / "data");
        EXPECT_NE(again.process_id(), server);
        store::Session session(again.dsn());
        EXPECT_EQ(testing::number_of(session, "select 1"), 1);
    }
    for (int i = 0; i < 200 && is_alive(server); ++i) {
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_FALSE(is_alive(server));
    close(channel[0]);
    close(channel[1]);
}

TEST(ClusterTest, database_inherits_no_descriptor) {
    const OpenFolder folder;
    int channel[2];
    ASSERT_EQ(pipe(channel), 0);  // open across exec, as sockets of a library may be
    const std::string ours = fs::read_symlink("/proc/self/fd/" + std::to_string(channel[0]));
    {
        const EmbeddedCluster cluster(folder.path() / "data");
        const fs::path theirs = "/proc/" + std::to_string(cluster.process_id()) + "/fd";
        for (const auto& each : fs::directory_iterator(theirs)) {
            EXPECT_NE(fs::read_symlink(each), ours);
        }
    }
    close(channel[0]);
    close(channel[1]);
}

TEST(ClusterTest, stale_pid_file_does_not_keep_it_from_starting) {
    const OpenFolder folder;
    { const EmbeddedCluster cluster(folder.path() / "data"); }
    std::ofstream(folder.path() / "data" / "cluster" / "postmaster.pid")
        << "999999\n/nowhere\n0\n5432\n/tmp\n\n  0 0\n";
    EXPECT_NO_THROW(EmbeddedCluster(folder.path() / "data"));
}

}  // namespace
}  // namespace yuanliu
