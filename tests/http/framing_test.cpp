// Why this file: no bytes may be read as another request than the one a strict reader sees. Every
// case is followed by a canary on the same connection, which must be answered as itself or not at
// all.
#include <gtest/gtest.h>

#include <regex>

#include "server/http/framing_guard.hpp"
#include "tests/http/test_client.hpp"

namespace yuanliu::http {
namespace {

constexpr std::string_view kCanary = "GET /canary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

struct Case {
    const char* name;
    std::string bytes;
    int status;  ///< 200 = must be taken, and the canary after it
};

std::string get(const std::string& fields) {
    return "GET /x HTTP/1.1\r\n" + fields + "\r\n";
}
std::string post(const std::string& fields, const std::string& body) {
    return "POST /x HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}
const std::string kSmuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

std::vector<Case> good_cases() {
    return {
        {"plain", get("Host: a\r\n"), 200},
        {"port", get("Host: a:8480\r\n"), 200},
        {"ipv6", get("Host: [::1]:8480\r\n"), 200},
        {"length", post("Content-Length: 5\r\n", "hello"), 200},
        {"length_zero", post("Content-Length: 0\r\n", ""), 200},
        {"chunked", post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"), 200},
        {"chunked_case", post("transfer-ENCODING: Chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"), 200},
        {"chunk_extension", post("Transfer-Encoding: chunked\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n"),
         200},
        {"empty_line_before", "\r\n" + get("Host: a\r\n"), 200},
        {"absolute_form", "GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"obs_text", get("Host: a\r\nX-Name: \xC3\xA4\r\n"), 200},
        {"empty_value", get("Host: a\r\nX-Empty:\r\n"), 200},
    };
}

std::vector<Case> coding_cases() {
    const std::string chunked_end = "0\r\n\r\n";
    return {
        {"te_gzip", post("Transfer-Encoding: gzip\r\n", kSmuggled), 501},
        {"te_xchunked", post("Transfer-Encoding: xchunked\r\n", kSmuggled), 501},
        {"te_gzip_chunked", post("Transfer-Encoding: gzip, chunked\r\n", chunked_end), 501},
        {"te_chunked_gzip", post("Transfer-Encoding: chunked, gzip\r\n", chunked_end), 501},
        {"te_identity", post("Transfer-Encoding: identity\r\n", kSmuggled), 501},
        {"te_quoted", post("Transfer-Encoding: \"chunked\"\r\n", chunked_end), 501},
        {"te_empty", post("Transfer-Encoding:\r\n", kSmuggled), 501},
        {"te_vertical_tab", post("Transfer-Encoding: \vchunked\r\n", chunked_end), 400},
        {"te_twice",
         post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", chunked_end), 400},
        {"te_then_cl", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", chunked_end),
         400},
        {"cl_then_te", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", chunked_end),
         400},
        {"gzip_then_cl", post("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello"), 400},
        {"te_on_1_0",
         "POST /x HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked_end, 400},
        {"extension_too_long",
         post("Transfer-Encoding: chunked\r\n",
              "5;" + std::string(1500, 'a') + "\r\nhello\r\n" + chunked_end),
         400},
        {"extension_100_kb",
         post("Transfer-Encoding: chunked\r\n",
              "5;a=\"" + std::string(100'000, 'a') + "\"\r\nhello\r\n" + chunked_end),
         400},
        {"extension_line_feed",
         post("Transfer-Encoding: chunked\r\n", "5;a=\"\n\"\r\nhello\r\n" + chunked_end), 400},
        {"chunk_size_sign", post("Transfer-Encoding: chunked\r\n", "+5\r\nhello\r\n" + chunked_end),
         400},
        {"chunk_size_prefix",
         post("Transfer-Encoding: chunked\r\n", "0x5\r\nhello\r\n" + chunked_end), 400},
        {"chunk_size_huge",
         post("Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\nhello\r\n"), 400},
        {"chunk_without_end", post("Transfer-Encoding: chunked\r\n", "5\r\nhelloX0\r\n\r\n"), 400},
    };
}

std::vector<Case> length_cases() {
    return {
        {"cl_twice_equal", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400},
        {"cl_twice", post("Content-Length: 5\r\nContent-Length: 0\r\n", "hello"), 400},
        {"cl_list", post("Content-Length: 5, 5\r\n", "hello"), 400},
        {"cl_plus", post("Content-Length: +5\r\n", "hello"), 400},
        {"cl_minus", post("Content-Length: -5\r\n", "hello"), 400},
        {"cl_hex", post("Content-Length: 0x5\r\n", "hello"), 400},
        {"cl_space", post("Content-Length: 5 5\r\n", "hello"), 400},
        {"cl_empty", post("Content-Length:\r\n", "hello"), 400},
        {"cl_overflow", post("Content-Length: 99999999999999999999\r\n", "hello"), 400},
        {"cl_too_large", post("Content-Length: 5000\r\n", std::string(5000, 'a')), 413},
        {"chunked_too_large",
         post("Transfer-Encoding: chunked\r\n",
              "1388\r\n" + std::string(5000, 'a') + "\r\n0\r\n\r\n"),
         413},
    };
}

std::vector<Case> header_cases() {
    return {
        {"no_host", get(""), 400},
        {"two_hosts", get("Host: a\r\nHost: b\r\n"), 400},
        {"empty_host", get("Host:\r\n"), 400},
        {"host_with_path", get("Host: a/b\r\n"), 400},
        {"host_with_user", get("Host: u@a\r\n"), 400},
        {"host_bad_port", get("Host: a:b\r\n"), 400},
        {"fold", get("Host: a\r\nX-A: b\r\n c\r\n"), 400},
        {"fold_of_te", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), 400},
        {"space_before_colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400},
        {"no_colon", get("Host: a\r\nnonsense\r\n"), 400},
        {"no_name", get("Host: a\r\n: b\r\n"), 400},
        {"nul_in_value", get(std::string("Host: a\r\nX-A: b\0c\r\n", 19)), 400},
        {"bare_feed", "GET /x HTTP/1.1\nHost: a\n\n", 400},
        {"bare_return", get("Host: a\r\nX-A: b\rX-B: c\r\n"), 400},
        {"absolute_other_host", "GET http://b/x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"version_2", "GET /x HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        {"version_short", "GET /x\r\nHost: a\r\n\r\n", 400},
        {"version_lower", "GET /x http/1.1\r\nHost: a\r\n\r\n", 400},
        {"method_bad", "G@T /x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"two_spaces", "GET  /x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"target_fragment", "GET /x#y HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"target_not_a_path", "GET x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"target_bad_percent", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"target_nul", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"header_too_large", get("Host: a\r\nX-A: " + std::string(9000, 'a') + "\r\n"), 431},
        {"tls_hello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 11), 400},
    };
}

std::vector<std::string> statuses_of(const std::string& text) {
    static const std::regex kStatus("HTTP/1\\.1 ([0-9]{3}) ");
    std::vector<std::string> found;
    for (std::sregex_iterator match(text.begin(), text.end(), kStatus), end; match != end;
         ++match) {
        found.push_back((*match)[1]);
    }
    return found;
}

class FramingTest : public testing::Test {
  protected:
    void expect_all(const std::vector<Case>& cases) const {
        for (const Case& each : cases) {
            SCOPED_TRACE(each.name);
            RawClient client(running_.port());
            client.send(each.bytes);
            client.send(kCanary);
            const std::string text = client.read_all(3000);
            const auto statuses = statuses_of(text);
            ASSERT_FALSE(statuses.empty()) << text;
            EXPECT_EQ(statuses.front(), std::to_string(each.status)) << text;
            EXPECT_TRUE(client.ended());
            EXPECT_EQ(text.find("smuggled"), std::string::npos);
            if (each.status == 200) {
                ASSERT_EQ(statuses.size(), 2U) << text;
                EXPECT_NE(text.find("GET /canary 0\n"), std::string::npos) << text;
            } else {
                EXPECT_EQ(statuses.size(), 1U) << "the connection was kept: " << text;
            }
        }
    }

    EchoService service_;
    RunningListener running_{service_, {}};
};

TEST_F(FramingTest, TakesGoodRequestsAndTheNextOne) {
    expect_all(good_cases());
}
TEST_F(FramingTest, RefusesAmbiguousCodings) {
    expect_all(coding_cases());
}
TEST_F(FramingTest, RefusesAmbiguousLengths) {
    expect_all(length_cases());
}
TEST_F(FramingTest, RefusesBrokenHeaders) {
    expect_all(header_cases());
}

TEST_F(FramingTest, TakesARequestInSingleBytes) {
    RawClient client(running_.port());
    const std::string bytes = post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n");
    for (const char byte : bytes) {
        client.send(std::string(1, byte));
    }
    client.send(kCanary);
    const std::string text = client.read_all(3000);
    EXPECT_NE(text.find("POST /x 5\n"), std::string::npos) << text;
    EXPECT_NE(text.find("GET /canary 0\n"), std::string::npos) << text;
}

TEST(FramingGuardTest, AnswersOnlyToItsNames) {
    const std::string head = "GET / HTTP/1.1\r\nHost: Yuanliu.example:8480\r\n\r\n";
    EXPECT_EQ(judge_header(head, {}), std::nullopt);
    EXPECT_EQ(judge_header(head, {"yuanliu.example"}), std::nullopt);
    EXPECT_EQ(judge_header(head, {"other.example"}), 421);
}

}  // namespace
}  // namespace yuanliu::http
