// Reads what docs/grouping.md §2 says of the files of a catalogue.
#include "catalogue_folder.hpp"

#include "fields.hpp"
#include "table.hpp"

namespace yuanliu_verify {

namespace {

std::string without_mark(std::string text) {
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

}  // namespace

CatalogueFolder::CatalogueFolder(const std::filesystem::path& folder, const std::string& file)
    : where_("catalogue " + folder.filename().string()), folder_(folder) {
    try {
        document_ = toml::parse(without_mark(read_whole_file(folder / file)));
    } catch (const toml::parse_error& error) {
        throw Refusal("rules " + where_ + ": " + std::string(error.description()));
    }
    if (const auto* files = document_["files"].as_table()) {
        for (const auto& [key, value] : *files) {
            if (const auto* path = value.as_string()) {
                files_.emplace(std::string(key.str()), path->get());
            }
        }
    }
}

void CatalogueFolder::refuse(const std::string& key, const std::string& why) const {
    throw Refusal("rules " + where_ + ": " + (has(key) ? files_.at(key) : key) + ": " + why);
}

std::vector<std::string> CatalogueFolder::lines(const std::string& key) const {
    if (!has(key)) {
        refuse(key, "the file is not named");
    }
    const std::string text = without_mark(read_whole_file(folder_ / files_.at(key)));
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        all.push_back(text.substr(begin, end - begin));
        if (all.back().ends_with('\r')) {
            all.back().pop_back();
        }
        begin = end + 1;
    }
    return all;
}

std::vector<std::string> CatalogueFolder::codes(const std::string& key) const {
    std::vector<std::string> found;
    if (!has(key)) {
        return found;
    }
    for (const std::string& line : lines(key)) {
        const std::string head = line.substr(0, line.find_first_of(" ,"));
        if ((head.size() > 2 && head[2] == '.') || (head.size() > 3 && head[3] == '.')) {
            found.push_back(head);
        }
    }
    return found;
}

void CatalogueFolder::rows(const std::string& key, const std::vector<std::string>& required,
                           const std::vector<std::string>& optional,
                           const std::map<std::string, std::string>& own,
                           const std::function<void(const NamedRow&)>& take) const {
    const std::vector<std::string> all = lines(key);
    Fields fields;
    if (all.empty() || !fields.split(all.front())) {
        refuse(key, "there is no header");
    }
    std::vector<std::string> header;
    for (std::size_t i = 0; i < fields.count(); ++i) {
        header.emplace_back(fields[i]);
    }
    std::map<std::string, std::size_t> places;
    const auto look = [&](const std::string& column, bool must) {
        const std::string& sought = own.contains(column) ? own.at(column) : column;
        const auto found = std::find(header.begin(), header.end(), sought);
        if (found != header.end()) {
            places[column] = static_cast<std::size_t>(found - header.begin());
        } else if (must || own.contains(column)) {
            refuse(key, "there is no column " + sought);
        }
    };
    for (const std::string& column : required) {
        look(column, true);
    }
    for (const std::string& column : optional) {
        look(column, false);
    }
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i].empty()) {
            continue;
        }
        if (!fields.split(all[i]) || fields.count() != header.size()) {
            refuse(key, "row " + std::to_string(i + 1) + " is malformed");
        }
        NamedRow row;
        for (const auto& [column, place] : places) {
            row[column] = fields[place];
        }
        take(row);
    }
}

}  // namespace yuanliu_verify
