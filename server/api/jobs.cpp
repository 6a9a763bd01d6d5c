// Why this file: every request for a job is safe to repeat: its key decides, in the database.
#include "server/api/jobs.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>

#include "costing/base/period.hpp"
#include "server/jobs/upload_folder.hpp"
#include "server/store/error_words.hpp"
#include "server/store/request_store.hpp"
#include "server/text/sha256.hpp"

namespace yuanliu::api {

namespace fs = std::filesystem;
namespace json = boost::json;
using http::Access;
using http::BodyKind;
using http::ProblemCode;
using http::Refusal;

namespace {

json::array rendered_findings(const std::string& stored, http::Language language) {
    json::array rows;
    const json::value findings = json::parse(stored);
    for (const json::value& each : findings.as_array()) {
        const json::object& finding = each.as_object();
        rows.push_back(
            json::object{{"code", finding.at("code")},
                         {"severity", finding.at("severity")},
                         {"file", finding.at("file")},
                         {"row", finding.at("row")},
                         {"column", finding.at("column")},
                         {"message", finding.at(language == http::Language::zh ? "zh" : "en")}});
    }
    return rows;
}

/// Why a job ended without its effect, and what helps.
std::string_view ending_words(const store::JobView& job, http::Language language) {
    const bool zh = language == http::Language::zh;
    if (job.stage == "interrupted") {
        return zh ? "任务进行中服务器被终止, 数据没有改变; 请重新发起"
                  : "The server was ended during this job and nothing was changed; ask again";
    }
    if (job.state == "cancelled") {
        return zh ? "已取消; 数据没有改变" : "It was cancelled; nothing was changed";
    }
    if (job.error == "findings") {
        return zh ? "有必须处理的问题, 数据没有改变; 请按列表处理后重新发起"
                  : "Findings stop it and nothing was changed; mend them as listed and ask again";
    }
    if (job.state != "failed") {
        return {};
    }
    const store::ErrorWords& words =
        store::words_of(store::store_error_of(job.error).value_or(store::StoreErrorCode::internal));
    return zh ? words.zh : words.en;
}

json::object rendered(const store::JobView& job, http::Language language) {
    return {{"job", job.job},
            {"kind", job.kind},
            {"period", period_text(job.period)},
            {"state", job.state},
            {"stage", job.error.empty() ? job.stage : job.error},
            {"progress", job.progress},
            {"message", ending_words(job, language)},
            {"findings", rendered_findings(job.findings, language)}};
}

int job_number(const std::string& text) {
    const bool digits = !text.empty() && text.size() <= 9 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    if (!digits) {
        throw Refusal(ProblemCode::not_found, {"job", text});
    }
    return std::stoi(text);
}

store::JobView find_job(store::ConnectionPool& pool, const std::string& text) {
    const int number = job_number(text);
    const auto lease = pool.lease(store::kRequestPatience);
    auto job = store::RequestStore(*lease).find(number);
    if (!job) {
        throw Refusal(ProblemCode::not_found, {"job", text});
    }
    return *std::move(job);
}

/// Progress by looking at the database: any worker of any process may do the job.
class JobEvents final : public http::EventSource {
  public:
    JobEvents(store::ConnectionPool& pool, std::string job, http::Language language)
        : pool_(pool), job_(std::move(job)), language_(language) {}

    std::optional<std::string> poll() override {
        if (ended_) {
            return std::nullopt;
        }
        try {
            const store::JobView job = find_job(pool_, job_);
            ended_ = job.state != "waiting" && job.state != "running";
            const std::string data = json::serialize(rendered(job, language_));
            if (data == last_) {
                return std::string();
            }
            last_ = data;
            return std::string(ended_ ? "event: done" : "event: progress") + "\ndata: " + data +
                   "\n\n";
        } catch (const std::exception&) {
            return std::string();  // the database is away; the job may still be there after it
        }
    }

  private:
    store::ConnectionPool& pool_;
    std::string job_;
    http::Language language_;
    std::string last_;
    bool ended_ = false;
};

std::string idempotency_key(const http::Request& request) {
    const std::string key(request.header("idempotency-key"));
    if (key.size() < 8 || key.size() > 100) {
        throw Refusal(ProblemCode::parameter_invalid, {"Idempotency-Key", "8–100"});
    }
    return key;
}

[[noreturn]] void refuse_manifest() {
    Refusal refusal(ProblemCode::field_invalid);
    refusal.items.push_back({.code = "manifest_malformed",
                             .file = "manifest.json",
                             .message = "hospital, hospital_name, period"});
    throw refusal;
}

/// Whose month it is; everything else of the folder is for the job to judge.
void read_manifest(const fs::path& month, store::JobRequest& request) {
    constexpr std::streamsize kLongest = 64 * 1024;
    std::ifstream in(month / "manifest.json", std::ios::binary);
    std::string text(kLongest + 1, '\0');
    in.read(text.data(), kLongest + 1);
    if (in.gcount() > kLongest) {
        refuse_manifest();
    }
    text.resize(static_cast<std::size_t>(in.gcount()));
    json::error_code error;
    const json::value value = json::parse(text, error);
    const json::object* manifest = error ? nullptr : value.if_object();
    const auto field = [&](const char* name) {
        const json::value* found = manifest == nullptr ? nullptr : manifest->if_contains(name);
        return found != nullptr && found->is_string() ? std::string(found->as_string().c_str())
                                                      : std::string();
    };
    request.hospital = field("hospital");
    request.hospital_name = field("hospital_name");
    const std::string period = field("period");
    if (request.hospital.empty() || request.hospital.size() > 64 || request.hospital_name.empty() ||
        !Period::parse(period)) {
        refuse_manifest();
    }
    request.period = period_of(period);
}

store::JobRequest request_of(const http::Call& call, const char* kind) {
    store::JobRequest request;
    request.username = call.caller.user;
    request.request_key = idempotency_key(call.request);
    request.body_hash = text::sha256_hex(call.request.path + "\n" + call.request.body);
    request.kind = kind;
    return request;
}

http::Response answer_of(const store::Asked& asked, const store::JobRequest& request,
                         store::RequestStore& requests, http::Language language) {
    using Kind = store::Asked::Kind;
    switch (asked.kind) {
        case Kind::key_reused:
            throw Refusal(ProblemCode::idempotency_key_reused);
        case Kind::job_active:
            throw Refusal(ProblemCode::job_active);
        case Kind::month_missing:
            throw Refusal(ProblemCode::not_found, {"month", period_text(request.period)});
        case Kind::other_hospital:
            throw Refusal(ProblemCode::other_hospital, {request.hospital});
        case Kind::made:
        case Kind::repeated:
            break;
    }
    const auto job = requests.find(asked.job_no);
    auto response = http::json_response(202, rendered(job.value(), language));
    response.headers.emplace_back("Location", "/api/v1/jobs/" + job->job);
    return response;
}

http::Response ask(const http::Call& call, const Backend& backend,
                   const store::JobRequest& request) {
    const auto lease = backend.pool.lease(store::kRequestPatience);
    store::RequestStore requests(*lease);
    const store::Asked asked = requests.ask(request);
    auto response = answer_of(asked, request, requests, call.request.language);
    backend.wake_worker();
    return response;
}

http::Response create_import(const http::Call& call, const Backend& backend) {
    http::JsonBody body(call.request);
    const std::string upload = body.text("upload", 1, 64);
    body.done();
    store::JobRequest request = request_of(call, "import");
    request.upload = upload;
    // First the key: a repeated request may come after the job has taken the upload away.
    {
        const auto lease = backend.pool.lease(store::kRequestPatience);
        store::RequestStore requests(*lease);
        if (const auto known = requests.known(request)) {
            return answer_of(*known, request, requests, call.request.language);
        }
    }
    const bool plain = http::is_safe_token(upload) && !upload.starts_with('.');
    if (plain && fs::is_directory(backend.uploads / upload)) {
        read_manifest(backend.uploads / upload / "month", request);  // while it can be mended
    }
    const fs::path frozen = plain ? jobs::freeze_upload(backend.uploads, upload) : fs::path();
    if (frozen.empty()) {
        throw Refusal(ProblemCode::not_found, {"upload", upload});
    }
    read_manifest(frozen / "month", request);
    return ask(call, backend, request);
}

http::Response create_run(const http::Call& call, const Backend& backend) {
    http::JsonBody body(call.request);
    const std::string period = body.text("period", 7, 7);
    body.done();
    store::JobRequest request = request_of(call, "run");
    request.period = period_of(period);
    return ask(call, backend, request);
}

http::Response cancel(const http::Call& call, store::ConnectionPool& pool) {
    const std::string& text = call.placeholder("job");
    (void)find_job(pool, text);
    {
        const auto lease = pool.lease(store::kRequestPatience);
        if (!store::RequestStore(*lease).cancel(job_number(text))) {
            throw Refusal(ProblemCode::job_finished);
        }
    }
    return http::json_response(202, rendered(find_job(pool, text), call.request.language));
}

http::Response watch(const http::Call& call, store::ConnectionPool& pool) {
    const std::string& text = call.placeholder("job");
    (void)find_job(pool, text);
    http::Response response;
    response.headers = {{"Content-Type", "text/event-stream"}, {"X-Accel-Buffering", "no"}};
    response.events = std::make_shared<JobEvents>(pool, text, call.request.language);
    return response;
}

}  // namespace

void add_job_routes(http::Router& router, const Backend& backend) {
    store::ConnectionPool& pool = backend.pool;
    router.add({.method = "POST",
                .pattern = "/api/v1/imports",
                .access = Access::changing,
                .body = BodyKind::json,
                .handle = [backend](auto& call) { return create_import(call, backend); }});
    router.add({.method = "POST",
                .pattern = "/api/v1/runs",
                .access = Access::changing,
                .body = BodyKind::json,
                .handle = [backend](auto& call) { return create_run(call, backend); }});
    router.add({.method = "GET", .pattern = "/api/v1/jobs/{job}", .handle = [&pool](auto& call) {
                    return http::json_response(
                        200,
                        rendered(find_job(pool, call.placeholder("job")), call.request.language));
                }});
    router.add({.method = "DELETE",
                .pattern = "/api/v1/jobs/{job}",
                .access = Access::changing,
                .handle = [&pool](auto& call) { return cancel(call, pool); }});
    router.add({.method = "GET",
                .pattern = "/api/v1/jobs/{job}/events",
                .handle = [&pool](auto& call) { return watch(call, pool); }});
}

}  // namespace yuanliu::api
