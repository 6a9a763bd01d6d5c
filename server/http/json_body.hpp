// Why this file: reads a JSON body field by field, refuses what the contract does not name, and
// says where by a JSON pointer.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/problem.hpp"

namespace yuanliu::http {

class JsonBody {
  public:
    /// Throws Refusal when the body is not a JSON object.
    explicit JsonBody(const Request& request);
    /// A string field with its limits in code points; every wrong field is collected.
    [[nodiscard]] std::string text(std::string_view name, std::size_t least, std::size_t most);
    /// Throws Refusal when a field was wrong or one was not asked for.
    void done();

  private:
    void wrong(std::string_view name, std::string_view code, const std::string& en,
               const std::string& zh);

    Language language_;
    boost::json::object object_;
    std::vector<std::string> asked_;
    std::vector<ProblemItem> items_;
};

[[nodiscard]] Response json_response(int status, const boost::json::value& body);

}  // namespace yuanliu::http
