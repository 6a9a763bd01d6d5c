// Why this file: see error_words.hpp. In the order of StoreErrorCode; a test goes through all.
#include "server/store/error_words.hpp"

#include <array>

namespace yuanliu::store {
namespace {

using enum Mend;

constexpr std::size_t kCodes = static_cast<std::size_t>(StoreErrorCode::internal) + 1;

// clang-format off
constexpr std::array<ErrorWords, kCodes> kWords{{
    {try_again, "The database does not answer; see that it runs and that its address is right, then try again", "数据库没有响应; 请确认数据库已启动、地址正确, 然后重试"},
    {try_again, "All database connections are in use; try again shortly, or raise database_connections", "数据库连接已用完; 请稍后再试, 或调大 database_connections"},
    {try_again, "The database took too long for this; try again when there is less to do", "数据库处理超时; 请在负载较低时重试"},
    {try_again, "Another import or run holds what this one needs; try again when it has ended", "其他导入或计算正在占用数据; 请等其结束后重试"},
    {try_again, "The disk of the database is full; make room, then try again", "数据库所在磁盘已满; 请清理空间后重试"},
    {ask_otherwise, "The database does not let this user in or do this; check user, password and rights in its address", "数据库拒绝了该用户或该操作; 请检查连接地址中的用户、密码和权限"},
    {try_again, "Two changes at once came into each other's way; try again", "两项修改同时发生冲突; 请重试"},
    {ask_otherwise, "The database has another schema than this program; run `yuanliu migrate`, or take the program that belongs to it", "数据库结构与本程序不一致; 请执行 yuanliu migrate, 或使用对应版本的程序"},
    {try_again, "A run of this month is at work already; wait for its end or cancel it", "本月已有计算在进行; 请等待其结束或取消"},
    {try_again, "The month was imported anew meanwhile, so nothing was posted; run again", "计算期间本月被重新导入, 未产生结果; 请重新计算"},
    {ask_otherwise, "The month is closed; import its correction in an open month", "本月已关账; 请在未关账的月份更正"},
    {ask_otherwise, "The month has not been imported; import it first", "该月尚未导入; 请先导入"},
    {ask_otherwise, "Which hospital is meant is not clear; import its month first, or name it with --hospital", "无法确定医院; 请先导入其月度数据, 或用 --hospital 指明"},
    {ask_otherwise, "The server holds another hospital's months and nothing was stored; import this hospital into a database of its own", "服务器中已有另一家医院的数据, 未存入任何数据; 请为本医院另建数据库"},
    {ask_otherwise, "The upload is no longer the month that its import was asked for and nothing was stored; upload it again", "上传内容已不是申请导入时的月份, 未存入任何数据; 请重新上传"},
    {tell_us, "A row came twice into the database and nothing was stored; tell the maker, with the log", "同一行数据重复写入, 未存入任何数据; 请将日志告知开发者"},
    {tell_us, "A word came into the database that it does not know and nothing was stored; tell the maker, with the log", "写入了数据库不认识的取值, 未存入任何数据; 请将日志告知开发者"},
    {tell_us, "A figure is out of the database's bounds and nothing was stored; look for a figure that is far too large, or tell the maker, with the log", "有数值超出数据库允许范围, 未存入任何数据; 请检查是否有过大的数值, 或将日志告知开发者"},
    {tell_us, "A row refers to one that is not there and nothing was stored; tell the maker, with the log", "有数据引用了不存在的行, 未存入任何数据; 请将日志告知开发者"},
    {tell_us, "A value is missing and nothing was stored; tell the maker, with the log", "缺少必需的值, 未存入任何数据; 请将日志告知开发者"},
    {tell_us, "Something went wrong in the store and nothing was changed; tell the maker, with the log", "存储内部错误, 数据没有改变; 请将日志告知开发者"},
}};
// clang-format on

}  // namespace

const ErrorWords& words_of(StoreErrorCode code) noexcept {
    return kWords[static_cast<std::size_t>(code)];
}

std::optional<StoreErrorCode> store_error_of(std::string_view name) noexcept {
    for (std::size_t i = 0; i < kCodes; ++i) {
        const auto code = static_cast<StoreErrorCode>(i);
        if (store_error_name(code) == name) {
            return code;
        }
    }
    return std::nullopt;
}

}  // namespace yuanliu::store
