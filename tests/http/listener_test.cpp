// Why this file: slow clients, crowds and shutdown: nobody may hold the door, and nobody in flight
// is dropped.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "tests/http/test_client.hpp"

namespace yuanliu::http {
namespace {

using namespace std::chrono_literals;

/// Takes a while for every answer.
class SlowService : public EchoService {
  public:
    Response handle(Request& request) override {
        std::this_thread::sleep_for(400ms);
        return EchoService::handle(request);
    }
};

class TwoEvents : public EventSource {
  public:
    std::optional<std::string> poll() override {
        ++asked_;
        if (asked_ > 2) {
            return std::nullopt;
        }
        return "event: progress\ndata: " + std::to_string(asked_) + "\n\n";
    }

  private:
    int asked_ = 0;
};

class EventService : public EchoService {
  public:
    Response handle(Request&) override {
        Response response;
        response.headers.emplace_back("Content-Type", "text/event-stream");
        response.events = std::make_shared<TwoEvents>();
        return response;
    }
};

TEST(ListenerTest, ClosesAClientThatNeverEndsItsHeader) {
    EchoService service;
    const RunningListener running(service, {.header_deadline = 300ms});
    RawClient client(running.port());
    client.send("GET / HTTP/1.1\r\nHost:");
    EXPECT_EQ(client.read_all(5000), "");
    EXPECT_TRUE(client.ended());
}

TEST(ListenerTest, ClosesAClientThatTricklesItsBody) {
    EchoService service;
    const RunningListener running(service, {.body_grace = 300ms});
    RawClient client(running.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\na");
    EXPECT_EQ(client.read_all(5000), "");
    EXPECT_TRUE(client.ended());
}

TEST(ListenerTest, ClosesAnIdleClientSilently) {
    EchoService service;
    const RunningListener running(service, {.idle_deadline = 200ms});
    RawClient client(running.port());
    EXPECT_EQ(client.read_all(5000), "");
    EXPECT_TRUE(client.ended());
}

TEST(ListenerTest, AnswersWhatIsInFlightWhenStopped) {
    SlowService service;
    RunningListener running(service, {});
    RawClient busy(running.port());
    RawClient idle(running.port());
    busy.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(100ms);
    const auto began = std::chrono::steady_clock::now();
    running.stop_and_wait();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
    EXPECT_NE(busy.read_all(1000).find("GET /late 0\n"), std::string::npos);
    EXPECT_EQ(idle.read_all(1000), "");
}

TEST(ListenerTest, RefusesMoreThanMayWait) {
    SlowService service;
    const RunningListener running(service, {.workers = 1, .max_waiting = 1});
    RawClient first(running.port());
    first.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(100ms);
    RawClient second(running.port());
    second.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_NE(second.read_all(200).find(" 503 "), std::string::npos);
    EXPECT_NE(first.read_all(1000).find("GET /1 0\n"), std::string::npos);
}

/// Strangers who have announced a body each and send almost nothing of it.
std::vector<std::unique_ptr<RawClient>> slow_bodies(std::uint16_t port, int count) {
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<RawClient>(port));
        clients.back()->send("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\na");
    }
    std::this_thread::sleep_for(300ms);
    return clients;
}

TEST(ListenerTest, SlowBodiesKeepNobodyFromTheWorkers) {
    EchoService service;
    const RunningListener running(service, {});
    const auto crowd = slow_bodies(running.port(), 65);
    RawClient asks(running.port());
    asks.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_NE(asks.read_all(2000).find("GET /healthz 0\n"), std::string::npos);
    RawClient logs_in(running.port());
    logs_in.send(
        "POST /in HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_NE(logs_in.read_all(2000).find("POST /in 2\n"), std::string::npos);
}

TEST(ListenerTest, LimitsBodiesOnTheWayOfOneAddressAndInAll) {
    EchoService service;
    for (const auto& options :
         {ListenerOptions{.max_bodies_per_address = 2}, ListenerOptions{.max_bodies = 2}}) {
        const RunningListener running(service, options);
        auto crowd = slow_bodies(running.port(), 2);
        RawClient third(running.port());
        third.send("POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
        EXPECT_NE(third.read_all(500).find(" 503 "), std::string::npos);
        crowd.clear();
        std::this_thread::sleep_for(200ms);
        RawClient later(running.port());
        later.send("POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
        EXPECT_NE(later.read_all(500).find("POST /in 2\n"), std::string::npos);
    }
}

TEST(ListenerTest, ASmallBodyEarnsNoTimeByTrickling) {
    EchoService service;
    const RunningListener running(service, {.body_grace = 500ms, .body_bytes_per_second = 1});
    RawClient client(running.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
    const auto began = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - began < 3s && !client.ended()) {
        client.send("a");
        EXPECT_EQ(client.read_all(100), "");
    }
    EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
}

TEST(ListenerTest, LimitsConnectionsOfOneAddress) {
    EchoService service;
    const RunningListener running(service, {.max_connections_per_address = 2});
    RawClient first(running.port());
    RawClient second(running.port());
    first.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
    second.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_NE(first.read_all(300), "");
    EXPECT_NE(second.read_all(300), "");
    RawClient third(running.port());
    third.send("GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(third.read_all(1000), "");
}

/// Answers with the address of the client.
class WhoService : public EchoService {
  public:
    Response handle(Request& request) override { return {.body = "<" + request.remote + ">"}; }
};

std::string who(const RunningListener& running, const std::string& headers) {
    RawClient client(running.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n");
    const std::string text = client.read_all(2000);
    const std::size_t at = text.find('<');
    return at == std::string::npos ? text : text.substr(at);
}

TEST(ListenerTest, BelievesAboutTheClientOnlyAProxyOfOursAndOnlyItsLastWord) {
    WhoService service;
    const RunningListener open(service, {});
    EXPECT_EQ(who(open, "X-Forwarded-For: 10.0.0.9\r\n"), "<127.0.0.1>");
    const RunningListener behind(service,
                                 {.max_connections_per_address = 1, .proxies = {"127.0.0.1"}});
    const RawClient another(behind.port());  // a proxy is not one client
    EXPECT_EQ(who(behind, "X-Forwarded-For: 1.1.1.1, 10.0.0.9\r\n"), "<10.0.0.9>");
    EXPECT_EQ(who(behind, "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: ::ffff:10.0.0.8 \r\n"),
              "<10.0.0.8>");
    EXPECT_EQ(who(behind, "X-Forwarded-For: 1.1.1.1, nobody\r\n"), "<127.0.0.1>");
    EXPECT_EQ(who(behind, ""), "<127.0.0.1>");
}

TEST(ListenerTest, SendsEventsInChunksToTheirEnd) {
    EventService service;
    const RunningListener running(service, {});
    RawClient client(running.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const std::string text = client.read_all(5000);
    EXPECT_NE(text.find("event: progress\ndata: 1\n\n"), std::string::npos) << text;
    EXPECT_NE(text.find("event: progress\ndata: 2\n\n"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("0\r\n\r\n")) << text;
}

TEST(ListenerTest, GivesEveryAnswerAnIdAndSecurityHeaders) {
    EchoService service;
    const RunningListener running(service, {});
    RawClient client(running.port());
    client.send("HEAD /x HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine-1\r\nConnection: close\r\n\r\n");
    const std::string text = client.read_all(5000);
    for (const char* header : {"X-Request-Id: mine-1\r\n", "X-Content-Type-Options: nosniff\r\n",
                               "Cache-Control: no-store\r\n", "frame-ancestors 'none'",
                               "Content-Length: 10\r\n", "Connection: close\r\n"}) {
        EXPECT_NE(text.find(header), std::string::npos) << header << text;
    }
    EXPECT_TRUE(text.ends_with("\r\n\r\n")) << "HEAD has no body: " << text;
}

}  // namespace
}  // namespace yuanliu::http
