// Why this file: a server starts with what its owner wrote, or not at all.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "server/serve/server_config.hpp"

namespace yuanliu::serve {
namespace {

class ConfigTest : public testing::Test {
  protected:
    ~ConfigTest() override { std::filesystem::remove(file_); }
    ServerConfig read(const std::string& text) {
        std::ofstream(file_) << text;
        ServerConfig config;
        read_config(file_, config);
        return config;
    }
    std::filesystem::path file_ =
        std::filesystem::temp_directory_path() / ("yuanliu-config-" + std::to_string(getpid()));
};

TEST_F(ConfigTest, PrintedIsReadAgain) {
    const ServerConfig config = read(
        "listen = '0.0.0.0:80'\njob_days = 7\nhosts = ['a', 'b']\nbehind_tls = true\n"
        "proxies = ['10.0.0.1']\n");
    EXPECT_EQ(config.proxies, std::vector<std::string>{"10.0.0.1"});
    EXPECT_EQ(config.listen, "0.0.0.0:80");
    EXPECT_EQ(config.hosts.size(), 2U);
    EXPECT_EQ(config_text(read(config_text(config))), config_text(config));
}

TEST_F(ConfigTest, RefusesUnknownKeysWrongTypesAndBounds) {
    EXPECT_THROW(read("listn = 'a'"), ConfigError);
    EXPECT_THROW(read("workers = '8'"), ConfigError);
    EXPECT_THROW(read("hosts = 'a'"), ConfigError);
    EXPECT_THROW(read("workers = "), ConfigError);
    EXPECT_THROW(check_config(read("workers = 0")), ConfigError);
    EXPECT_THROW(check_config(read("upload_hours = 0")), ConfigError);
    EXPECT_THROW(check_config(read("listen = '8480'")), ConfigError);
    EXPECT_THROW(check_config(read("web = '/nowhere/at/all'")), ConfigError);
    EXPECT_THROW(check_config(read("proxies = ['the-proxy']")), ConfigError);
    EXPECT_NO_THROW(check_config(read("proxies = ['::1', '10.0.0.1']")));
    EXPECT_NO_THROW(check_config(read("")));
}

TEST_F(ConfigTest, ReadsAddresses) {
    EXPECT_EQ(address_of("[::1]:80").host, "::1");
    EXPECT_EQ(address_of("localhost:0").port, 0);
    for (const char* bad : {"", ":80", "a:", "a:99999", "a:80x"}) {
        EXPECT_THROW((void)address_of(bad), ConfigError) << bad;
    }
}

}  // namespace
}  // namespace yuanliu::serve
