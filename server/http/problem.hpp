// Why this file: every refusal has one stable code, one status and words in two languages (RFC
// 9457); internal text never gets into them.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace yuanliu::http {

// One line a code: name, status, English, Chinese. {0} is the first argument.
#define YUANLIU_EARLY_PROBLEMS(row)                                                               \
    row(request_malformed, 400, "The request is not well-formed HTTP; send it again correctly",   \
        "请求不是格式正确的 HTTP; 请修正后重新发送") row(header_too_large, 431,                   \
                                                         "The request's header is longer than 8 " \
                                                         "KiB; shorten it",                       \
                                                         "请求头超过 8 KiB; 请缩短")              \
        row(json_malformed, 400, "The body is not JSON (byte {0}); correct it",                   \
            "请求正文不是合法的 JSON (第 {0} 字节); 请修正") row(field_invalid, 400,              \
                                                                 "Some fields are not right; "    \
                                                                 "each is listed",                \
                                                                 "部分字段不正确; 已逐项列出")    \
            row(parameter_invalid, 400, "The parameter {0} is not right: {1}",                    \
                "参数 {0} 不正确: {1}") row(file_name_invalid, 400,                               \
                                            "{0} is not a file of a month folder",                \
                                            "{0} 不是月度文件夹的文件") row(not_logged_in, 401,   \
                                                                            "Log in first; the "  \
                                                                            "session may have "   \
                                                                            "ended",              \
                                                                            "请先登录; "      \
                                                                            "会话可能已结束")     \
                row(login_failed, 401, "The name or the password is wrong", "用户名或密码不正确") \
                    row(csrf_refused, 403,                                                        \
                        "The X-CSRF-Token is missing or wrong; reload the "                       \
                        "page",                                                                   \
                        "X-CSRF-Token 缺失或不正确; 请刷新页面")                                  \
                        row(setup_token_refused, 403,                                             \
                            "The setup token is wrong; the server wrote it to setup-token",       \
                            "设置口令不正确; 服务器已将其写入 setup-token 文件")                  \
                            row(route_unknown, 404,                                               \
                                "There is "                                                       \
                                "nothing at "                                                     \
                                "this address",                                                   \
                                "此地址没有内容")

#define YUANLIU_LATE_PROBLEMS(row)                                                                 \
    row(not_found, 404, "There is no {0} {1}", "没有 {0} {1}") row(                                \
        month_not_computed, 404, "{0} is not computed yet; start a run", "{0} 尚未计算; 请先运行") \
        row(method_not_allowed, 405, "This address does not take {0}", "此地址不接受 {0}")         \
            row(request_timeout, 408, "The request came too slowly; send it again",                \
                "请求太慢; 请重新发送") row(already_set_up, 409,                                   \
                                            "The administrator exists already; "                   \
                                            "log in",                                              \
                                            "管理员已创建; 请登录")                                \
                row(job_active, 409, "A job for this month is still at work; wait or cancel it",   \
                    "本月已有任务在进行; 请等待或取消")                                            \
                    row(job_finished, 409, "The job has ended already", "任务已经结束") row(       \
                        body_too_large, 413,                                                       \
                        "The body is larger than {0} bytes; "                                      \
                        "send less",                                                               \
                        "请求正文超过 {0} 字节; 请减小")                                           \
                        row(media_unsupported, 415, "Send the body as {0}", "请以 {0} 发送正文")   \
                            row(host_unknown, 421,                                                 \
                                "This server does not "                                            \
                                "answer to that name",                                             \
                                "本服务器不以该名称提供服务")                                      \
                                row(idempotency_key_reused, 422,                                   \
                                    "The Idempotency-Key was used with another body; "             \
                                    "take a new one",                                              \
                                    "Idempotency-Key 已用于其他内容; 请换一个")                    \
                                    row(too_many_attempts, 429,                                    \
                                        "Too many failed attempts; wait {0} seconds",              \
                                        "失败次数过多; 请等待 {0} 秒")                             \
                                        row(internal_error, 500,                                   \
                                            "Something went wrong in the server; "                 \
                                            "tell it the request id",                              \
                                            "服务器内部错误; 请告知请求编号")                      \
                                            row(coding_unsupported, 501,                           \
                                                "Only the transfer coding chunked is "             \
                                                "understood",                                      \
                                                "只支持 chunked 传输编码")                         \
                                                row(database_unavailable, 503,                     \
                                                    "The database does not answer; "               \
                                                    "try again shortly",                           \
                                                    "数据库没有响应; 请稍后再试")                  \
                                                    row(overloaded, 503,                           \
                                                        "The server has too much to "              \
                                                        "do; try again shortly",                   \
                                                        "服务器繁忙; 请稍后再试")                  \
                                                        row(version_unsupported, 505,              \
                                                            "Only HTTP/1.0 and "                   \
                                                            "HTTP/1.1 are understood",             \
                                                            "只支持 HTTP/1.0 和 "              \
                                                            "HTTP/1.1") row(storage_full, 507,     \
                                                                            "There is no room "    \
                                                                            "left for the upload", \
                                                                            "上传空间不足")

#define YUANLIU_MONTH_PROBLEMS(row)                                                              \
    row(month_changed_since_run, 409,                                                            \
        "{0} was imported anew at {1}, after the run that is shown; run it again",               \
        "{0} 在当前结果之后于 {1} 被重新导入; 请重新运行")                                       \
        row(other_hospital, 409,                                                                 \
            "The server holds another hospital's months; import {0} into a database of its own", \
            "服务器中已有另一家医院的数据; 请为 {0} 另建数据库")                                 \
            row(report_unavailable, 409, "The report {0} can't be given for this month",         \
                "本月不能出报表 {0}")

#define YUANLIU_PROBLEMS(row)   \
    YUANLIU_EARLY_PROBLEMS(row) \
    YUANLIU_LATE_PROBLEMS(row)  \
    YUANLIU_MONTH_PROBLEMS(row)

enum class ProblemCode;

enum class ProblemCode {
#define YUANLIU_ENUM(name, status, en, zh) name,
    YUANLIU_PROBLEMS(YUANLIU_ENUM)
#undef YUANLIU_ENUM
};

/// One wrong place: of a JSON body (pointer) or of an uploaded file (file, row, column).
struct ProblemItem {
    std::string code{};
    std::string severity = "stop";
    std::string pointer{};  ///< RFC 6901, of a body; blank for a file
    std::string file{};
    std::uint32_t row = 0;
    std::string column{};
    std::string message{};
};

/// Thrown by parsing and authorizing helpers; caught once, where a request is handled.
class Refusal : public std::exception {
  public:
    explicit Refusal(ProblemCode code, std::vector<std::string> arguments = {})
        : code_(code), arguments_(std::move(arguments)) {}
    [[nodiscard]] const char* what() const noexcept override;
    [[nodiscard]] ProblemCode code() const { return code_; }
    [[nodiscard]] const std::vector<std::string>& arguments() const { return arguments_; }

    std::vector<ProblemItem> items;
    Headers headers;     ///< Retry-After, Allow
    std::string detail;  ///< what is known of this very case, in the caller's language

  private:
    ProblemCode code_;
    std::vector<std::string> arguments_;
};

[[nodiscard]] std::string_view name_of(ProblemCode code);
[[nodiscard]] int status_of(ProblemCode code);
/// The code that the listener's own refusals of this status carry.
[[nodiscard]] ProblemCode problem_of_status(int status);
[[nodiscard]] std::string words_of(ProblemCode code, const std::vector<std::string>& arguments,
                                   Language language);
[[nodiscard]] Response render_problem(const Refusal& refusal, const Request& request);

}  // namespace yuanliu::http
