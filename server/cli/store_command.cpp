// Why this file: see store_command.hpp.
#include "server/cli/store_command.hpp"

#include <fmt/format.h>

#include <optional>

#include "server/cli/finding_report.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/summary.hpp"
#include "server/jobs/import_month.hpp"
#include "server/jobs/run_month.hpp"
#include "server/postgres/embedded_cluster.hpp"
#include "server/store/error_words.hpp"
#include "server/store/migration.hpp"
#include "server/store/pg_error.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kScratch = "scratch";  ///< in DATA: folders of work, gone with it

/// The database of a command: our own, started for it and stopped after it, or the one named.
class Database {
  public:
    explicit Database(const StoreArguments& arguments)
        : pool_(arguments.database.empty() ? cluster_.emplace(arguments.data).dsn()
                                           : arguments.database,
                1) {
        if (cluster_) {  // the folder is ours alone: what is there was left by a killed process
            fs::remove_all(arguments.data / kScratch);
        }
    }
    [[nodiscard]] store::ConnectionPool::Lease lease() { return pool_.lease(); }
    /// Our own database is always in the newest state; another's owner decides when.
    [[nodiscard]] store::ConnectionPool::Lease current() {
        auto session = pool_.lease();
        if (cluster_) {
            store::migrate(*session);
        } else {
            store::require_current_schema(*session);
        }
        return session;
    }

  private:
    std::optional<postgres::EmbeddedCluster> cluster_;
    store::ConnectionPool pool_;
};

Period period_of(const StoreArguments& arguments) {
    // The command line has checked it.
    return Period::parse(arguments.period).value_or(Period());
}

}  // namespace

int refused_by_store(const store::StoreError& error, Language language) {
    const store::ErrorWords& words = store::words_of(error.code());
    fmt::print(stderr, "error: {}\n  {}\n",
               say(language, std::string(words.en).c_str(), std::string(words.zh).c_str()),
               error.what());
    switch (words.mend) {
        case store::Mend::try_again:
            return kTryAgain;
        case store::Mend::ask_otherwise:
            return kUsage;
        case store::Mend::tell_us:
            break;
    }
    return kInternal;
}

int run_migrate(const StoreArguments& arguments) {
    Database database(arguments);
    const auto session = database.lease();
    const int count = store::migrate(*session);
    fmt::print("{}: {}\n", say(arguments.language, "Migrations applied", "已执行迁移"), count);
    return kDone;
}

int run_import(const StoreArguments& arguments) {
    Database database(arguments);
    const auto session = database.current();
    const ParallelFor loop = usecase::make_thread_loop(arguments.threads);
    const jobs::ImportOutcome outcome =
        jobs::import_month(*session, {.month = arguments.month,
                                      .rules = arguments.rules,
                                      .parallel_for = loop,
                                      .scratch = arguments.data / kScratch});
    write_file(arguments.findings, findings_document(outcome.findings), arguments.language);
    print_findings(outcome.findings, arguments.language);
    if (!outcome.stored) {
        fmt::print(
            stderr, "{}\n",
            say(arguments.language, "Nothing was stored: mend the findings marked stop first.",
                "未存入任何数据: 请先处理上面的 stop 项。"));
        return kFindings;
    }
    fmt::print("{}: {} {}, {} {}, month_hash {}\n", say(arguments.language, "Imported", "已导入"),
               outcome.stored->hospital, outcome.stored->period.text(), outcome.charge_lines,
               say(arguments.language, "charge lines", "条收费明细"), outcome.stored->month_hash);
    if (outcome.took_prior_from_store) {
        fmt::print("{}\n", say(arguments.language,
                               "prior/ was taken from the current run of the month before",
                               "期初取自上月当前结果"));
    }
    if (arguments.times) {
        fmt::print("read and check {:.2f} s, store {:.2f} s\n", outcome.read_seconds,
                   outcome.store_seconds);
    }
    return kDone;
}

int run_run(const StoreArguments& arguments) {
    Database database(arguments);
    const auto session = database.current();
    const ParallelFor loop = usecase::make_thread_loop(arguments.threads);
    const jobs::RunOutcome outcome =
        jobs::run_month(*session, {.hospital = arguments.hospital,
                                   .period = period_of(arguments),
                                   .snapshots = arguments.data / "snapshots",
                                   .parallel_for = loop,
                                   .findings_document = findings_document});
    write_file(arguments.findings, findings_document(outcome.computed.findings),
               arguments.language);
    print_findings(outcome.computed.findings, arguments.language);
    if (!outcome.run_no) {
        fmt::print(
            stderr, "{}\n",
            say(arguments.language, "Nothing was posted: mend the findings marked stop first.",
                "未产生结果: 请先处理上面的 stop 项。"));
        return kFindings;
    }
    print_summary(outcome.computed, arguments.language);
    if (arguments.times) {
        print_stage_times(outcome.computed);
    }
    fmt::print("{} {}: result_hash {}\n", say(arguments.language, "Run", "结果"), *outcome.run_no,
               outcome.computed.certificate->result_hash);
    return kDone;
}

int run_export(const StoreArguments& arguments) {
    if (fs::exists(arguments.out)) {
        fmt::print(stderr, "error: {} exists already: name another folder\n",
                   arguments.out.string());
        return kUsage;
    }
    Database database(arguments);
    const auto session = database.current();
    store::MonthStore months(*session);
    const auto month = months.find(arguments.hospital, period_of(arguments));
    if (!month) {
        throw store::StoreError(store::StoreErrorCode::month_missing,
                                arguments.period + " has not been imported");
    }
    months.write_folder(*month, arguments.out);
    fmt::print("{}: {}, month_hash {}\n", say(arguments.language, "Exported", "已导出"),
               arguments.out.string(), month->month_hash);
    return kDone;
}

}  // namespace yuanliu::cli
