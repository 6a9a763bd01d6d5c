// Why this file: see month_store.hpp. The order of an import: the charge lines into a table of
// their own, which takes longest and is seen by nobody; then the lock of the hospital, the other
// tables, the swap of the lines, and last the row that makes the month visible.
#include "server/store/month_store.hpp"

#include <boost/json/object.hpp>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "server/export/json_text.hpp"
#include "server/store/job_store.hpp"
#include "server/store/sql_call.hpp"
#include "server/store/table_files.hpp"

namespace yuanliu::store {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// One import at work.
class Importer {
  public:
    Importer(Session& session, const MonthImport& import)
        : session_(session), import_(import), period_(period_number(month().period)) {}

    StoredMonth run() {
        Transaction transaction(session_, Role::loader);
        session_.execute("set local statement_timeout = 0");
        sql_call([&] { take_hospital(); });
        sql_call([&] { require_shown_hospital(); });
        sql_call([&] { store_rules(); });
        const std::string fresh = load_charge_lines();
        session_.execute("select pg_advisory_xact_lock(7302, " + std::to_string(hospital_id_) +
                         ")");
        sql_call([&] { require_open(); });
        if (import_.loaded_lines) {
            import_.loaded_lines();
        }
        load_tables();
        sql_call([&] { store_manifests(); });
        session_.execute("select month.attach_charge_lines(" + std::to_string(hospital_id_) +
                         "::smallint, " + std::to_string(period_) + ", '" + fresh + "')");
        const long long import_no = sql_call([&] { return show(); });
        import_.state.require_unchanged();
        if (import_.job_no != 0) {
            end_job_within(transaction, import_.job_no);
        }
        transaction.commit();
        return {.hospital_id = static_cast<std::int16_t>(hospital_id_),
                .hospital = month().hospital,
                .hospital_name = month().hospital_name,
                .period = month().period,
                .month_hash = import_.loaded.month_hash,
                .prior_hash = import_.loaded.prior_hash,
                .rules_hash = import_.rules.rules_hash,
                .import_no = import_no};
    }

  private:
    [[nodiscard]] const Month& month() const { return import_.loaded.month; }
    [[nodiscard]] RowKey key() const {
        return {.hospital_id = static_cast<std::int16_t>(hospital_id_),
                .second = period_,
                .second_is_wide = false};
    }
    [[nodiscard]] bool has_arrived(const intake::TableSpec& spec) const {
        const auto found = import_.loaded.feeds.find(std::string(spec.feed()));
        return (found == import_.loaded.feeds.end() || found->second != "not_arrived") &&
               !(spec.is_optional && !fs::exists(import_.folder / spec.file));
    }
    [[nodiscard]] TableFile table_file(const intake::TableSpec& spec) const {
        bool is_canonical = false;
        for (const intake::TableIdentity& identity : import_.loaded.tables) {
            is_canonical =
                is_canonical || (identity.name == spec.file && identity.stands_canonical);
        }
        return {.spec = spec, .folder = import_.folder, .stands_canonical = is_canonical};
    }

    /// False: there is none yet.
    bool find_hospital() {
        session_.sql() << "select hospital_id::int from core.hospital where code = :code",
            soci::use(month().hospital), soci::into(hospital_id_);
        return session_.sql().got_data();
    }

    void take_hospital() {
        soci::session& sql = session_.sql();
        // Looked for first: an insert that does nothing draws a number all the same.
        if (!find_hospital()) {
            sql << "insert into core.hospital (code, name) values (:code, :name) "
                   "on conflict (code) do nothing",
                soci::use(month().hospital), soci::use(month().hospital_name);
            find_hospital();
        }
        sql << "update core.hospital set name = :name where hospital_id = :h and name <> :again",
            soci::use(month().hospital_name, "name"), soci::use(hospital_id_, "h"),
            soci::use(month().hospital_name, "again");
    }

    /// A job is the server's, which shows one hospital; see kShownHospital.
    void require_shown_hospital() {
        long long others = 0;
        session_.sql() << "select count(*) from core.month where hospital_id <> :h",
            soci::use(hospital_id_), soci::into(others);
        if (import_.job_no != 0 && others > 0) {
            throw StoreError(StoreErrorCode::other_hospital, month().hospital);
        }
    }

    void store_rules() {
        soci::session& sql = session_.sql();
        const std::string& hash = import_.rules.rules_hash;
        sql << "insert into core.rules (hospital_id, rules_hash) values (:h, :r) "
               "on conflict (hospital_id, rules_hash) do nothing",
            soci::use(hospital_id_), soci::use(hash);
        // Another text of the same content does no harm, and one that was damaged is put right.
        for (const intake::RulesText& rules : import_.rules.texts) {
            sql << "insert into core.rules_file (hospital_id, rules_hash, file, content) "
                   "values (:h, :r, :f, :t) on conflict (hospital_id, rules_hash, file) "
                   "do update set content = excluded.content",
                soci::use(hospital_id_), soci::use(hash), soci::use(rules.file),
                soci::use(rules.text);
        }
    }

    std::string load_charge_lines() {
        std::string fresh;
        sql_call([&] {
            session_.sql() << "select month.new_charge_lines(cast(:h as smallint), :p)",
                soci::use(hospital_id_), soci::use(period_), soci::into(fresh);
        });
        if (has_arrived(intake::tables::charge_lines)) {
            charge_lines_ = static_cast<long long>(copy_in(
                session_, table_file(intake::tables::charge_lines), "month." + fresh, key()));
        }
        return fresh;
    }

    void require_open() {
        std::string state;
        session_.sql() << "select state from core.month where hospital_id = :h and period = :p",
            soci::use(hospital_id_), soci::use(period_), soci::into(state);
        if (state == "closed") {
            throw StoreError(StoreErrorCode::month_closed, month().period.text());
        }
    }

    void clear(std::string_view table) {
        session_.execute("delete from " + std::string(table) + " where hospital_id = " +
                         std::to_string(hospital_id_) + " and period = " + std::to_string(period_));
    }

    void load(const intake::TableSpec& spec, bool is_there) {
        const StoredTable table = stored_month_table(spec);
        clear(table.name);
        if (is_there) {
            copy_in(session_, table_file(spec), table.name, key());
        }
    }

    void load_tables() {
        for (const intake::TableSpec* spec : intake::month_tables()) {
            if (spec != &intake::tables::charge_lines) {
                load(*spec, has_arrived(*spec));
            }
        }
        load(intake::tables::prior_carried_pools, import_.loaded.has_prior);
        load(intake::tables::prior_in_hospital, import_.loaded.has_prior);
        load(intake::tables::prior_in_hospital_charges, import_.loaded.has_prior);
        load(intake::tables::prior_estimates,
             import_.loaded.has_prior &&
                 fs::exists(import_.folder / intake::tables::prior_estimates.file));
    }

    void store_manifests() {
        soci::session& sql = session_.sql();
        clear("month.feeds");
        for (const auto& [feed, state] : import_.loaded.feeds) {
            sql << "insert into month.feeds (hospital_id, period, feed, state) "
                   "values (:h, :p, :f, :s)",
                soci::use(hospital_id_), soci::use(period_), soci::use(feed), soci::use(state);
        }
        clear("month.prior");
        clear("month.prior_listing");
        if (import_.loaded.has_prior) {
            const int before = period_number(month().period.previous());
            sql << "insert into month.prior (hospital_id, period, prior_period, result_hash) "
                   "values (:h, :p, :b, :r)",
                soci::use(hospital_id_), soci::use(period_), soci::use(before),
                soci::use(import_.loaded.prior_result_hash);
        }
        for (const auto& [table, sha256] : import_.loaded.prior_tables) {
            sql << "insert into month.prior_listing (hospital_id, period, table_name, sha256) "
                   "values (:h, :p, :t, :s)",
                soci::use(hospital_id_), soci::use(period_), soci::use(table), soci::use(sha256);
        }
    }

    /// The row that makes the month visible, with the transaction that it ends.
    long long show() {
        long long import_no = 0;
        session_.sql()
            << "insert into core.month (hospital_id, period, state, hospital_name, month_hash, "
               "prior_hash, rules_hash, charge_lines, import_no) "
               "values (:h, :p, 'open', :n, :m, :b, :r, :c, 1) "
               "on conflict (hospital_id, period) do update set hospital_name = "
               "excluded.hospital_name, month_hash = excluded.month_hash, prior_hash = "
               "excluded.prior_hash, rules_hash = excluded.rules_hash, charge_lines = "
               "excluded.charge_lines, import_no = month.import_no + 1, imported_at = now() "
               "returning import_no",
            soci::use(hospital_id_), soci::use(period_), soci::use(month().hospital_name),
            soci::use(import_.loaded.month_hash), soci::use(import_.loaded.prior_hash),
            soci::use(import_.rules.rules_hash), soci::use(charge_lines_), soci::into(import_no);
        return import_no;
    }

    Session& session_;
    const MonthImport& import_;
    int period_;
    int hospital_id_ = 0;
    long long charge_lines_ = 0;
};

std::string only_hospital(soci::session& sql) {
    long long count = 0;
    std::string code;
    sql << "select count(*), coalesce(min(code), '') from core.hospital h where exists "
           "(select from core.month m where m.hospital_id = h.hospital_id)",
        soci::into(count), soci::into(code);
    if (count != 1) {
        throw StoreError(StoreErrorCode::hospital_missing,
                         count == 0 ? "no month has been imported yet"
                                    : "there are several hospitals: name one with --hospital");
    }
    return code;
}

}  // namespace

int period_number(Period period) noexcept {
    return period.year() * 100 + period.month();
}

std::optional<StoredMonth> MonthStore::find(const std::string& hospital, Period period) {
    Transaction transaction(session_, Role::app);
    return sql_call([&]() -> std::optional<StoredMonth> {
        soci::session& sql = session_.sql();
        StoredMonth found{.hospital = hospital.empty() ? only_hospital(sql) : hospital,
                          .hospital_name = {},
                          .period = period,
                          .month_hash = {},
                          .prior_hash = {},
                          .rules_hash = {}};
        const int number = period_number(period);
        int hospital_id = 0;
        long long import_no = 0;
        sql << "select m.hospital_id::int, m.hospital_name, m.month_hash, m.prior_hash, "
               "m.rules_hash, m.import_no from core.month m join core.hospital h using "
               "(hospital_id) where h.code = :h and m.period = :p",
            soci::use(found.hospital), soci::use(number), soci::into(hospital_id),
            soci::into(found.hospital_name), soci::into(found.month_hash),
            soci::into(found.prior_hash), soci::into(found.rules_hash), soci::into(import_no);
        if (!sql.got_data()) {
            return std::nullopt;
        }
        found.hospital_id = static_cast<std::int16_t>(hospital_id);
        found.import_no = import_no;
        return found;
    });
}

StoredMonth MonthStore::import(const MonthImport& import) {
    return Importer(session_, import).run();
}

namespace {

/// Rows `name=value` of a query as a map.
std::map<std::string, std::string> pairs_of(soci::session& sql, const std::string& query) {
    std::map<std::string, std::string> pairs;
    const soci::rowset<std::string> rows = (sql.prepare << query);
    for (const std::string& row : rows) {
        pairs.emplace(row.substr(0, row.find('=')), row.substr(row.find('=') + 1));
    }
    return pairs;
}

json::object object_of(const std::map<std::string, std::string>& pairs) {
    json::object out;
    for (const auto& [name, value] : pairs) {
        out[name] = value;
    }
    return out;
}

std::string manifest_of(const StoredMonth& month, const std::map<std::string, std::string>& feeds) {
    return exporting::indented(json::object{{"schema", "yuanliu.month/1"},
                                            {"hospital", month.hospital},
                                            {"hospital_name", month.hospital_name},
                                            {"period", month.period.text()},
                                            {"feeds", object_of(feeds)}});
}

std::string prior_manifest_of(soci::session& sql, const StoredMonth& month,
                              const std::string& where) {
    std::string result_hash;
    sql << "select result_hash from month.prior where " + where, soci::into(result_hash);
    const auto listing =
        pairs_of(sql, "select table_name || '=' || sha256 from month.prior_listing where " + where);
    json::object manifest{{"schema", "yuanliu.prior/1"},
                          {"hospital", month.hospital},
                          {"period", month.period.previous().text()},
                          {"result_hash", result_hash}};
    if (!listing.empty()) {
        manifest["tables"] = object_of(listing);
    }
    return exporting::indented(manifest);
}

}  // namespace

void MonthStore::write_folder(const StoredMonth& month, const fs::path& folder) {
    if (fs::exists(folder)) {
        throw std::runtime_error(folder.string() + " exists already: name another folder");
    }
    const fs::path fresh = folder.string() + ".part";
    fs::remove_all(fresh);
    const std::string where = "hospital_id = " + std::to_string(month.hospital_id) +
                              " and period = " + std::to_string(period_number(month.period));
    Transaction transaction(session_, Role::app);
    // One picture of all tables, whatever is imported meanwhile.
    session_.execute(
        "set transaction isolation level repeatable read; "
        "set local statement_timeout = 0");
    const auto feeds = sql_call([&] {
        return pairs_of(session_.sql(),
                        "select feed || '=' || state from month.feeds where " + where);
    });
    const bool has_prior = month.prior_hash != "none";
    for (const StoredTable& table : stored_month_tables()) {
        const auto state = feeds.find(table.file.substr(0, table.file.size() - 4));
        const bool has_file = state == feeds.end() || state->second != "not_arrived";
        if (table.file.starts_with("prior/") ? has_prior : has_file) {
            const fs::path path = fresh / table.file;
            const bool has_rows = copy_out(session_, table, where, path);
            if (table.is_optional && !has_rows) {
                fs::remove(path);  // without rows it is no part of the month
            }
        }
    }
    write_file(fresh / "manifest.json", manifest_of(month, feeds));
    if (has_prior) {
        write_file(fresh / "prior" / "manifest.json",
                   sql_call([&] { return prior_manifest_of(session_.sql(), month, where); }));
    }
    fs::rename(fresh, folder);
}

void MonthStore::write_rules(std::int16_t hospital_id, const std::string& rules_hash,
                             const fs::path& folder) {
    Transaction transaction(session_, Role::app);
    sql_call([&] {
        const int hospital = hospital_id;
        soci::rowset<soci::row> files =
            (session_.sql().prepare << "select file, content from core.rules_file where "
                                       "hospital_id = :h and rules_hash = :r order by file",
             soci::use(hospital), soci::use(rules_hash));
        for (const soci::row& file : files) {
            // A catalogue has files in a folder of its own.
            const fs::path path = folder / file.get<std::string>(0);
            fs::create_directories(path.parent_path());
            write_file(path, file.get<std::string>(1));
        }
    });
}

}  // namespace yuanliu::store
