// Why this file: refusals are read by screens and people: code, words in two languages, pointers.
#include "server/http/problem.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "server/http/json_body.hpp"
#include "server/http/log.hpp"

namespace yuanliu::http {
namespace {

Request with_body(const std::string& body) {
    Request request;
    request.body = body;
    request.request_id = "id-1";
    request.language = Language::en;
    return request;
}

TEST(ProblemTest, RendersCodeStatusAndWords) {
    Request request = with_body("");
    const Refusal refusal(ProblemCode::body_too_large, {"65536"});
    const Response english = render_problem(refusal, request);
    EXPECT_EQ(english.status, 413);
    const auto body = boost::json::parse(english.body).as_object();
    EXPECT_EQ(body.at("code").as_string(), "body_too_large");
    EXPECT_EQ(body.at("request_id").as_string(), "id-1");
    EXPECT_EQ(body.at("title").as_string(), "The body is larger than 65536 bytes; send less");
    request.language = Language::zh;
    EXPECT_NE(render_problem(refusal, request).body.find("请求正文超过 65536 字节"),
              std::string::npos);
}

TEST(ProblemTest, SaysWhatIsKnownOfTheCase) {
    Refusal refusal(ProblemCode::database_unavailable);
    refusal.detail = "The disk is full";
    const auto body = boost::json::parse(render_problem(refusal, Request()).body).as_object();
    EXPECT_EQ(body.at("detail").as_string(), "The disk is full");
    const Refusal plain(ProblemCode::database_unavailable);
    EXPECT_FALSE(
        boost::json::parse(render_problem(plain, Request()).body).as_object().contains("detail"));
}

TEST(ProblemTest, LanguageIsTheFirstNamed) {
    EXPECT_EQ(language_of(""), Language::zh);
    EXPECT_EQ(language_of("zh-CN,zh;q=0.9,en;q=0.8"), Language::zh);
    EXPECT_EQ(language_of("en-GB,en;q=0.9,zh;q=0.5"), Language::en);
    EXPECT_EQ(language_of("fr"), Language::zh);
}

TEST(JsonBodyTest, CollectsEveryWrongFieldWithItsPointer) {
    const Request request = with_body(R"({"a": 1, "b~/": "x", "c": "toolong"})");
    JsonBody body(request);
    (void)body.text("a", 1, 5);
    (void)body.text("c", 1, 5);
    (void)body.text("d", 1, 5);
    try {
        body.done();
        FAIL();
    } catch (const Refusal& refusal) {
        ASSERT_EQ(refusal.items.size(), 4U);
        EXPECT_EQ(refusal.items[0].pointer, "/a");
        EXPECT_EQ(refusal.items[0].code, "field_type_wrong");
        EXPECT_EQ(refusal.items[1].code, "field_length_wrong");
        EXPECT_EQ(refusal.items[2].code, "field_missing");
        EXPECT_EQ(refusal.items[3].code, "field_unknown");
        EXPECT_EQ(refusal.items[3].pointer, "/b~0~1");
    }
}

TEST(JsonBodyTest, RefusesWhatIsNoObject) {
    for (const char* text :
         {"", "{", "{} {}", "[]", "1", "{\"a\":}", "\xFF",
          "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}"}) {
        EXPECT_THROW(JsonBody(with_body(text)), Refusal) << text;
    }
}

TEST(LogTest, NothingSentCanForgeALine) {
    const std::string line = log_line(
        "2026-01-01T00:00:00Z", "info", "request",
        {{"user", "a\"\n{\"level\":\"error\"}\x01"}, {"route", "bad \xFF\xC3"}, {"status", 200}});
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
    const auto parsed = boost::json::parse(line).as_object();
    EXPECT_EQ(parsed.at("level").as_string(), "info");
    EXPECT_EQ(parsed.at("user").as_string(), "a\"\n{\"level\":\"error\"}\x01");
    EXPECT_EQ(parsed.at("route").as_string(), "bad \xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace yuanliu::http
