// A section of a rules file, read strictly: what is missing, unknown or of another type refuses.
#pragma once

#include <toml++/toml.h>
#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "decimals.hpp"
#include "report.hpp"

namespace yuanliu_verify {

// A TOML table that knows its place in the file, for flattening and for clear refusals.
class Section {
  public:
    Section(const toml::table& table, std::string path) : table_(table), path_(std::move(path)) {}

    void allow_only(std::initializer_list<std::string_view> keys) const {
        for (const auto& entry : table_) {
            const std::string_view key = entry.first.str();
            if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
                throw Refusal("rules " + path_ + ": unknown key " + std::string(key));
            }
        }
    }

    bool has(std::string_view key) const { return table_.contains(key); }

    std::string text(std::string_view key) const {
        const auto* value = table_.get_as<std::string>(key);
        if (value == nullptr) {
            throw Refusal("rules " + path_ + ": " + std::string(key) + " is not a string");
        }
        return value->get();
    }

    std::int64_t decimal(std::string_view key) const {
        const auto value = parse_decimal(text(key), 4);
        if (!value) {
            throw Refusal("rules " + path_ + ": " + std::string(key) + " is not a decimal");
        }
        return *value;
    }

    std::int64_t whole(std::string_view key) const {
        const auto* value = table_.get_as<std::int64_t>(key);
        if (value == nullptr) {
            throw Refusal("rules " + path_ + ": " + std::string(key) + " is not a whole number");
        }
        return value->get();
    }

    bool boolean(std::string_view key) const {
        const auto* value = table_.get_as<bool>(key);
        if (value == nullptr) {
            throw Refusal("rules " + path_ + ": " + std::string(key) + " is not a boolean");
        }
        return value->get();
    }

    // True for `yes`, false for `no`; anything else refuses.
    bool choice(std::string_view key, std::string_view yes, std::string_view no) const {
        const std::string value = text(key);
        if (value != yes && value != no) {
            throw Refusal("rules " + path_ + ": " + std::string(key) + " cannot be " + value);
        }
        return value == yes;
    }

    std::string text_or(std::string_view key, const std::string& usual) const {
        return has(key) ? text(key) : usual;
    }

    std::vector<std::string> texts_or(std::string_view key,
                                      const std::vector<std::string>& usual) const {
        return has(key) ? texts(key) : usual;
    }

    std::vector<std::string> texts(std::string_view key) const {
        const auto* array = table_.get_as<toml::array>(key);
        if (array == nullptr) {
            throw Refusal("rules " + path_ + ": " + std::string(key) + " is not an array");
        }
        std::vector<std::string> values;
        for (const auto& node : *array) {
            const auto* value = node.as_string();
            if (value == nullptr) {
                throw Refusal("rules " + path_ + ": " + std::string(key) + " has a non-string");
            }
            values.push_back(value->get());
        }
        return values;
    }

    // One string, or a list of them.
    std::vector<std::string> text_or_texts(std::string_view key) const {
        return table_.get_as<toml::array>(key) != nullptr ? texts(key)
                                                          : std::vector<std::string>{text(key)};
    }

    Section section(std::string_view key) const {
        const auto* table = table_.get_as<toml::table>(key);
        if (table == nullptr) {
            throw Refusal("rules " + path_ + ": " + std::string(key) + " is not a table");
        }
        return {*table, path_ + "." + std::string(key)};
    }

    std::vector<Section> sections(std::string_view key) const {
        std::vector<Section> found;
        const auto* node = table_.get(key);
        if (node == nullptr) {
            return found;
        }
        const auto* array = node->as_array();
        for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
            const auto* table = array->get(i)->as_table();
            if (table == nullptr) {
                throw Refusal("rules " + path_ + ": " + std::string(key) + " has a non-table");
            }
            found.emplace_back(*table,
                               path_ + "." + std::string(key) + "[" + std::to_string(i) + "]");
        }
        return found;
    }

  private:
    const toml::table& table_;
    std::string path_;
};

}  // namespace yuanliu_verify
