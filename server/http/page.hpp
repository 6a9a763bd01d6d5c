// Why this file: serves the built page. All files are read at start and looked up by name, so no
// request ever becomes a path of the file system.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "server/http/message.hpp"

namespace yuanliu::http {

class Page {
  public:
    /// Blank = no page. Throws when the folder has no index.html.
    explicit Page(const std::filesystem::path& folder);
    /// The file of a path, or index.html for an address of the page's own; nothing = not the
    /// page's.
    [[nodiscard]] std::optional<Response> find(const Request& request) const;

  private:
    struct File {
        std::shared_ptr<const std::string> content;
        std::string type;
        std::string etag;
    };
    std::map<std::string, File, std::less<>> files_;
};

}  // namespace yuanliu::http
