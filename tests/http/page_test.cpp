// Why this file: only files that were there at the start are served, whatever a path says.
#include "server/http/page.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace yuanliu::http {
namespace {

namespace fs = std::filesystem;

class PageTest : public testing::Test {
  protected:
    PageTest() : folder_(fs::temp_directory_path() / ("yuanliu-page-" + std::to_string(getpid()))) {
        fs::create_directories(folder_ / "web" / "assets");
        write("web/index.html", "<p>index</p>");
        write("web/assets/app-1a2b.js", "run()");
        write("secret.txt", "secret");
        fs::create_symlink(folder_ / "secret.txt", folder_ / "web" / "link.txt");
    }
    ~PageTest() override { fs::remove_all(folder_); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
    }
    [[nodiscard]] std::optional<Response> get(const std::string& path,
                                              const std::string& accept = "*/*") const {
        Request request;
        request.method = "GET";
        request.path = path;
        request.headers.emplace_back("accept", accept);
        return Page(folder_ / "web").find(request);
    }
    static std::string header(const Response& response, std::string_view name) {
        for (const auto& [each, value] : response.headers) {
            if (each == name) {
                return value;
            }
        }
        return {};
    }

    fs::path folder_;
};

TEST_F(PageTest, ServesFilesAndTheIndexForItsOwnRoutes) {
    EXPECT_EQ(get("/assets/app-1a2b.js")->content(), "run()");
    EXPECT_EQ(header(*get("/assets/app-1a2b.js"), "Cache-Control"),
              "public, max-age=31536000, immutable");
    for (const char* path : {"/", "/groups", "/months/2026-09", "/index.html"}) {
        ASSERT_TRUE(get(path)) << path;
        EXPECT_EQ(get(path)->content(), "<p>index</p>") << path;
        EXPECT_EQ(header(*get(path), "Cache-Control"), "no-cache");
    }
}

TEST_F(PageTest, OpensAGroupWithAPointInItsCode) {
    const char* path = "/months/2026-09/groups/dip/I10.x-0";
    ASSERT_TRUE(get(path, "text/html,application/xhtml+xml,*/*;q=0.8"));
    EXPECT_EQ(get(path, "text/html,application/xhtml+xml,*/*;q=0.8")->content(), "<p>index</p>");
    EXPECT_FALSE(get("/favicon.ico", "image/avif,image/webp,*/*;q=0.8"));
    EXPECT_FALSE(get("/assets/gone-1a2b.js", "text/html"));
    EXPECT_FALSE(get("/.git/config", "text/html"));
}

TEST_F(PageTest, LeavesTheFolderByNoPath) {
    for (const char* path : {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt",
                             "/..%2fsecret.txt", "//etc/passwd.txt", "/link.txt", "/assets/none",
                             "/api/v1/nothing", "/api", "/nothing.js", "/%00"}) {
        EXPECT_FALSE(get(path)) << path;
    }
}

TEST_F(PageTest, AnswersNotModified) {
    Request request;
    request.method = "GET";
    request.path = "/index.html";
    const Page page(folder_ / "web");
    request.headers.emplace_back("if-none-match", header(*page.find(request), "ETag"));
    EXPECT_EQ(page.find(request)->status, 304);
}

TEST_F(PageTest, RefusesAFolderWithoutAnIndex) {
    EXPECT_THROW(Page(folder_ / "web" / "assets"), std::runtime_error);
    EXPECT_NO_THROW(Page(fs::path()));
}

}  // namespace
}  // namespace yuanliu::http
