// Why this file: the reports of a month's current run, as data, for a spreadsheet and to print.
#pragma once

#include <atomic>
#include <chrono>
#include <semaphore>

#include "server/api/explanation.hpp"
#include "server/api/report_kinds.hpp"
#include "server/jobs/result_folders.hpp"

namespace yuanliu::api {

/// What reports are made with; few at a time, and few wait, shortly: the workers belong to
/// everybody.
struct ReportDesk {
    static constexpr int kMostAtOnce = 2;
    static constexpr int kMostWaiting = 2;
    static constexpr std::chrono::milliseconds kLongestWait{1000};

    ReportDesk(std::filesystem::path home, MakeReport make_report)
        : folders(std::move(home)), make(std::move(make_report)) {}

    jobs::ResultFolders folders;
    MakeReport make;
    std::counting_semaphore<kMostAtOnce> seats{kMostAtOnce};
    std::atomic<int> waiting{0};
};

void add_report_routes(http::Router& router, const Backend& backend, ComputedMonths& months,
                       ReportDesk& desk);

}  // namespace yuanliu::api
