// Why this file: see data_folder.hpp.
#include "server/postgres/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "server/postgres/cluster_error.hpp"
#include "server/text/sha256.hpp"

namespace yuanliu::postgres {
namespace {

namespace fs = std::filesystem;

fs::path made_and_canonical(const fs::path& data_dir) {
    std::error_code error;
    fs::create_directories(data_dir, error);
    fs::path path = error ? fs::path() : fs::canonical(data_dir, error);
    if (error) {
        throw ClusterError("cannot make the data folder " + data_dir.string() + ": " +
                           error.message());
    }
    return path;
}

}  // namespace

FolderLock::FolderLock(const fs::path& data_dir) : folder_(made_and_canonical(data_dir)) {
    const fs::path file = folder_ / "lock";
    // Closed on exec: the lock is ours and ends with us, not with a database that outlives us.
    file_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (file_ < 0) {
        throw ClusterError("cannot write " + file.string() + ": " + std::strerror(errno));
    }
    if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
        close(file_);
        throw ClusterError("the data folder " + folder_.string() +
                           " is in use by another yuanliu process: wait for it, stop it, or name "
                           "another folder with --data");
    }
}

FolderLock::~FolderLock() {
    close(file_);
}

DataFolder::DataFolder(std::shared_ptr<const FolderLock> lock, const Account& account)
    : lock_(std::move(lock)), path_(lock_->folder()), account_(account) {
    check_reachable();
    make_socket_folder();
}

DataFolder::~DataFolder() {
    std::error_code ignored;
    fs::remove(sockets_, ignored);  // Only if empty: a socket in it is still somebody's.
}

void DataFolder::check_reachable() const {
    fs::path folder;
    for (const fs::path& part : path_) {
        folder /= part;
        if (!may_enter(account_, folder)) {
            throw ClusterError("the user '" + account_.name + "', who runs the database, may not " +
                               "enter " + folder.string() + ": allow it (chmod o+x " +
                               folder.string() + "), or name another folder with --data");
        }
    }
}

void DataFolder::make_private(const fs::path& folder) const {
    if (mkdir(folder.c_str(), 0700) != 0 ||
        (account_.is_other && chown(folder.c_str(), account_.user, account_.group) != 0)) {
        throw ClusterError("cannot make " + folder.string() + ": " + std::strerror(errno));
    }
}

void DataFolder::make_socket_folder() {
    // Not below the data folder, whose path may be longer than the kernel takes for a socket.
    sockets_ = "/tmp/yuanliu-" + text::sha256_hex(path_.string()).substr(0, 12);
    struct stat found {};
    if (lstat(sockets_.c_str(), &found) != 0) {
        make_private(sockets_);
        return;
    }
    // Anybody may have put something there; only a folder that is private to the account is ours.
    if (!S_ISDIR(found.st_mode) || found.st_uid != account_.user || (found.st_mode & 077U) != 0) {
        throw ClusterError(sockets_.string() +
                           " is there already and is not a private folder of the user '" +
                           account_.name + "': remove it");
    }
}

}  // namespace yuanliu::postgres
