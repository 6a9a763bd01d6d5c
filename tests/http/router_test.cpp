// Why this file: an address means one route, and an encoded slash is no separator.
#include "server/http/router.hpp"

#include <gtest/gtest.h>

namespace yuanliu::http {
namespace {

Router sample() {
    Router router;
    for (const auto& [method, pattern] : std::vector<std::pair<std::string, std::string>>{
             {"GET", "/a"}, {"POST", "/a"}, {"GET", "/a/{id}"}, {"GET", "/a/{id}/b/{other}"}}) {
        router.add(
            {.method = method, .pattern = pattern, .handle = [](Call&) { return Response(); }});
    }
    return router;
}

TEST(RouterTest, FindsByMethodAndPath) {
    const Router router = sample();
    EXPECT_EQ(router.find("GET", "/a").pattern, "/a");
    const Match match = router.find("GET", "/a/x%2Fy/b/%E4%B8%AD");
    ASSERT_EQ(match.route, nullptr) << "a slash inside a value is refused";
    const Match good = router.find("GET", "/a/x/b/%E4%B8%AD");
    ASSERT_NE(good.route, nullptr);
    EXPECT_EQ(good.path.at("id"), "x");
    EXPECT_EQ(good.path.at("other"), "中");
}

TEST(RouterTest, SaysWhichMethodsAPathHas) {
    const Router router = sample();
    const Match match = router.find("DELETE", "/a");
    EXPECT_EQ(match.route, nullptr);
    EXPECT_EQ(match.allowed, (std::vector<std::string>{"GET", "POST"}));
    EXPECT_TRUE(router.find("GET", "/nowhere").allowed.empty());
    EXPECT_TRUE(router.find("GET", "/a/").allowed.empty());
    EXPECT_TRUE(router.find("GET", "/a/x/b").allowed.empty());
}

TEST(RouterTest, HeadTakesTheRouteOfGet) {
    EXPECT_NE(sample().find("HEAD", "/a").route, nullptr);
}

}  // namespace
}  // namespace yuanliu::http
