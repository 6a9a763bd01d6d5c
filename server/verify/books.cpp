// Builds the books and names references that lead nowhere: a month with those has no valid result.
#include "books.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "fields.hpp"

namespace yuanliu_verify {

namespace {

CodeBook codes_of(const Table& table) {
    std::vector<std::string> codes;
    codes.reserve(table.rows().size());
    Fields fields;
    for (const std::string_view row : table.rows()) {
        fields.split(row);
        codes.emplace_back(fields[0]);
    }
    return CodeBook::of(std::move(codes));
}

bool is_valid_in(std::string_view from, std::string_view to, const std::string& period) {
    return (from.empty() || from <= period) && (to.empty() || period <= to);
}

// Days since an arbitrary day of the Gregorian calendar.
std::int32_t day_number(std::string_view date) {
    const auto digits = [&](std::size_t at, std::size_t count) {
        std::int32_t value = 0;
        for (std::size_t i = at; i < at + count; ++i) {
            value = value * 10 + (date[i] - '0');
        }
        return value;
    };
    const std::int32_t month = digits(5, 2);
    const std::int32_t year = digits(0, 4) - (month <= 2 ? 1 : 0);
    const std::int32_t shifted = (month + 9) % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 +
           digits(8, 2) - 1;
}

void read_departments(const MonthFolder& month, Books& books) {
    const Table& table = month.table("departments.csv");
    books.departments = codes_of(table);
    books.department.resize(books.departments.size());
    Fields fields;
    for (const std::string_view row : table.rows()) {
        fields.split(row);
        books.department[books.departments.find(fields[0])] = {
            std::string(fields[2]), is_valid_in(fields[4], fields[5], month.period)};
    }
}

void read_cost_items(const MonthFolder& month, Books& books) {
    const Table& table = month.table("cost_items.csv");
    books.cost_items = codes_of(table);
    books.cost_item.resize(books.cost_items.size());
    Fields fields;
    for (const std::string_view row : table.rows()) {
        fields.split(row);
        const std::string_view pool = fields[3].empty() ? "service" : fields[3];
        books.cost_item[books.cost_items.find(fields[0])] = {
            index_of(kCategories, fields[2]), index_of(kPools, pool),
            is_valid_in(fields[4], fields[5], month.period)};
    }
}

void read_accounts(const MonthFolder& month, Books& books, Report& report) {
    const Table& accounts = month.table("accounts.csv");
    books.accounts = codes_of(accounts);
    books.account.resize(books.accounts.size());
    Fields fields;
    for (const std::string_view row : accounts.rows()) {
        fields.split(row);
        books.account[books.accounts.find(fields[0])].usable =
            is_valid_in(fields[2], fields[3], month.period);
    }
    for (const std::string_view row : month.table("account_map.csv").rows()) {
        fields.split(row);
        if (!is_valid_in(fields[1], fields[2], month.period)) {
            continue;
        }
        const std::uint32_t id =
            known(books.accounts, fields[0], "month account_map.csv", "account", report);
        if (id == CodeBook::kUnknown) {
            continue;
        }
        Account& account = books.account[id];
        if (account.mapped) {
            report.difference("month account_map.csv",
                              fmt::format("account {} is mapped twice in the month", fields[0]));
        }
        account.mapped = true;
        account.excluded = fields[3] == "excluded";
        if (!account.excluded) {
            account.cost_item =
                known(books.cost_items, fields[4], "month account_map.csv", "cost_item", report);
        }
    }
}

void read_service_items(const MonthFolder& month, Books& books, Report& report) {
    const Table& table = month.table("service_items.csv");
    books.service_items = codes_of(table);
    books.service_item.resize(books.service_items.size());
    Fields fields;
    for (const std::string_view row : table.rows()) {
        fields.split(row);
        const bool is_service = fields[2] == "service";
        if (is_service && fields[5].empty()) {
            report.difference("month service_items.csv",
                              fmt::format("service {} has no equivalent", fields[0]));
        }
        books.service_item[books.service_items.find(fields[0])] = {
            index_of(kPools, fields[2]), fields[5].empty() ? 0 : fields.number(5),
            is_valid_in(fields[6], fields[7], month.period), std::string(fields[3])};
    }
}

Status status_of(const Fields& fields, const Books& books, Report& report) {
    if (fields[1] == "outpatient") {
        return Status::kVisit;
    }
    const std::string_view discharged_on = fields[5];
    if (discharged_on.empty()) {
        return Status::kInHospital;
    }
    if (discharged_on > books.last_day) {
        report.difference("month encounters.csv",
                          fmt::format("{} is discharged after the month", fields[0]));
        return Status::kInHospital;
    }
    return discharged_on.substr(0, 7) == books.period ? Status::kDischarged
                                                      : Status::kDischargedEarlier;
}

void read_encounters(const MonthFolder& month, Books& books, Report& report) {
    const Table& table = month.table("encounters.csv");
    books.encounters = codes_of(table);
    books.encounter.resize(books.encounters.size());
    Fields fields;
    for (const std::string_view row : table.rows()) {
        fields.split(row);
        Encounter& encounter = books.encounter[books.encounters.find(fields[0])];
        encounter.department =
            known(books.departments, fields[2], "month encounters.csv", "department", report);
        encounter.status = status_of(fields, books, report);
        encounter.attending = fields[3];
        encounter.payer = fields[6];
        if (encounter.is_inpatient() && !fields[5].empty()) {
            encounter.days = std::max(1, day_number(fields[5]) - day_number(fields[4]));
        }
    }
    // A carried stay whose earlier discharge was registered only now is discharged with this month.
    for (const std::string_view row : month.prior.at("in_hospital_charges.csv").rows()) {
        fields.split(row);
        const std::uint32_t id = books.encounters.find(fields[0]);
        if (id != CodeBook::kUnknown && books.encounter[id].status == Status::kDischargedEarlier) {
            books.encounter[id].status = Status::kDischarged;
        }
    }
}

std::string last_day_of(const std::string& period) {
    for (const char* day : {"31", "30", "29"}) {
        const std::string date = period + "-" + day;
        const std::int32_t next_month_first = day_number(date) + 1;
        // A day that does not exist has the number of a day of the next month.
        std::string next = period;
        const int month = (period[5] - '0') * 10 + (period[6] - '0');
        if (month == 12) {
            return date;
        }
        next[5] = static_cast<char>('0' + (month + 1) / 10);
        next[6] = static_cast<char>('0' + (month + 1) % 10);
        if (next_month_first == day_number(next + "-01")) {
            return date;
        }
    }
    return period + "-28";
}

}  // namespace

std::uint32_t known(const CodeBook& book, std::string_view code, const char* where,
                    const char* what, Report& report) {
    const std::uint32_t id = book.find(code);
    if (id == CodeBook::kUnknown) {
        report.difference(where, fmt::format("{} {} is not known", what, code));
    }
    return id;
}

Books read_books(const MonthFolder& month, Report& report) {
    Books books;
    books.period = month.period;
    books.last_day = last_day_of(month.period);
    read_departments(month, books);
    read_cost_items(month, books);
    read_accounts(month, books, report);
    read_service_items(month, books, report);
    read_encounters(month, books, report);
    return books;
}

}  // namespace yuanliu_verify
