// Why this file: logs are JSON, one event a line, and nothing that a client sends can forge a line.
// No patient data ever goes here: routes are logged as templates.
#pragma once

#include <boost/json/object.hpp>
#include <cstdio>
#include <mutex>
#include <string_view>

namespace yuanliu::http {

/// `ts`, `level` and `event` first, then the fields; invalid UTF-8 becomes U+FFFD; ends with LF.
[[nodiscard]] std::string log_line(std::string_view ts, std::string_view level,
                                   std::string_view event, const boost::json::object& fields);

class Log {
  public:
    explicit Log(std::FILE* out) : out_(out) {}
    void info(std::string_view event, const boost::json::object& fields) {
        write("info", event, fields);
    }
    void error(std::string_view event, const boost::json::object& fields) {
        write("error", event, fields);
    }

  private:
    void write(std::string_view level, std::string_view event, const boost::json::object& fields);

    std::FILE* out_;
    std::mutex mutex_;
};

}  // namespace yuanliu::http
