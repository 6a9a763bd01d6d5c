// Why this file: writes one JSON log line at a time, whole or not at all.
#include "server/http/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <chrono>

#include "server/text/utf8.hpp"

namespace yuanliu::http {
namespace {

std::string cleaned(std::string_view text) {
    std::string out;
    while (true) {
        const std::size_t bad = text::first_invalid_utf8(text);
        out += text.substr(0, bad);
        if (bad == std::string_view::npos) {
            return out;
        }
        out += "\xEF\xBF\xBD";
        text.remove_prefix(bad + 1);
    }
}

}  // namespace

std::string log_line(std::string_view ts, std::string_view level, std::string_view event,
                     const boost::json::object& fields) {
    boost::json::object line{{"ts", ts}, {"level", level}, {"event", event}};
    for (const auto& field : fields) {
        if (field.value().is_string()) {
            line[field.key()] = cleaned(std::string_view(field.value().as_string()));
        } else {
            line[field.key()] = field.value();
        }
    }
    return boost::json::serialize(line) + "\n";
}

void Log::write(std::string_view level, std::string_view event, const boost::json::object& fields) {
    const auto now = std::chrono::system_clock::now();
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() %
        1000;
    const std::string ts = fmt::format(
        "{:%FT%T}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(now)), milliseconds);
    const std::string line = log_line(ts, level, event, fields);
    const std::lock_guard lock(mutex_);
    std::fwrite(line.data(), 1, line.size(), out_);
    std::fflush(out_);
}

}  // namespace yuanliu::http
