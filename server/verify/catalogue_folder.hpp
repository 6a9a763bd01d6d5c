// The files of a catalogue folder as lines and as rows by column name; what is malformed refuses.
#pragma once

#include <toml++/toml.h>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "section.hpp"

namespace yuanliu_verify {

// One row of a CSV file, by our column names; a column that the file lacks is blank.
using NamedRow = std::map<std::string, std::string>;

class CatalogueFolder {
  public:
    explicit CatalogueFolder(const std::filesystem::path& folder,
                             const std::string& file = "catalogue.toml");

    const toml::table& document() const { return document_; }
    Section root() const { return {document_, where_}; }
    bool has(const std::string& key) const { return files_.contains(key); }
    // Lines without their ends.
    std::vector<std::string> lines(const std::string& key) const;
    // The code at the head of each line that opens with one.
    std::vector<std::string> codes(const std::string& key) const;
    // `own` gives the file's own header for a column of ours.
    void rows(const std::string& key, const std::vector<std::string>& required,
              const std::vector<std::string>& optional,
              const std::map<std::string, std::string>& own,
              const std::function<void(const NamedRow&)>& take) const;
    [[noreturn]] void refuse(const std::string& key, const std::string& why) const;

  private:
    std::string where_;
    std::filesystem::path folder_;
    toml::table document_;
    std::map<std::string, std::string> files_;
};

}  // namespace yuanliu_verify
