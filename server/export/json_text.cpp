// Why this file: writes JSON with one member a line, so that a certificate can be read and diffed.
#include "server/export/json_text.hpp"

#include <boost/json/serialize.hpp>

namespace yuanliu::exporting {
namespace {

namespace json = boost::json;

void append(std::string& out, const json::value& value, std::size_t depth);

template <class Items, class WriteItem>
void append_items(std::string& out, const Items& items, char open, char close, std::size_t depth,
                  WriteItem write_item) {
    out.push_back(open);
    bool first = true;
    for (const auto& item : items) {
        out.append(first ? "\n" : ",\n").append(2 * (depth + 1), ' ');
        write_item(item);
        first = false;
    }
    if (!first) {
        out.append("\n").append(2 * depth, ' ');
    }
    out.push_back(close);
}

void append(std::string& out, const json::value& value, std::size_t depth) {
    if (const auto* object = value.if_object()) {
        append_items(out, *object, '{', '}', depth, [&](const json::key_value_pair& member) {
            out.append(json::serialize(json::string(member.key()))).append(": ");
            append(out, member.value(), depth + 1);
        });
    } else if (const auto* array = value.if_array()) {
        append_items(out, *array, '[', ']', depth,
                     [&](const json::value& item) { append(out, item, depth + 1); });
    } else {
        out.append(json::serialize(value));
    }
}

}  // namespace

std::string indented(const boost::json::value& value) {
    std::string out;
    append(out, value, 0);
    out.push_back('\n');
    return out;
}

}  // namespace yuanliu::exporting
