// Why this file: see stored_table.hpp.
#include "server/store/stored_table.hpp"

#include <array>

namespace yuanliu::store {
namespace {

using intake::ColumnType;

StoredColumn stored_column(const intake::ColumnSpec& column, bool is_key) {
    // A key may be blank (`sender`); as part of a primary key it is an empty text, not NULL.
    StoredColumn out{.name = column.name, .blank_is_null = column.may_be_blank && !is_key};
    switch (column.type) {
        case ColumnType::amount:
            out.type = StoredType::decimal;
            out.scale = 2;
            out.is_trimmed = false;
            break;
        case ColumnType::number:
            out.type = StoredType::decimal;
            out.scale = 4;
            break;
        case ColumnType::count:
            out.type = StoredType::decimal;
            break;
        case ColumnType::date:
            out.type = StoredType::date;
            break;
        case ColumnType::period:
        case ColumnType::period_or_thirteen:
            out.type = StoredType::period;
            break;
        case ColumnType::flag:
            out.type = StoredType::flag;
            break;
        case ColumnType::code:
        case ColumnType::text:
        case ColumnType::word:
            break;
    }
    return out;
}

std::string table_name(const intake::TableSpec& spec) {
    std::string name = "month." + std::string(spec.feed());
    if (const std::size_t slash = name.find('/'); slash != std::string::npos) {
        name[slash] = '_';  // prior/in_hospital is month.prior_in_hospital
    }
    return name;
}

}  // namespace

std::string StoredTable::header() const {
    std::string out;
    for (const StoredColumn& column : columns) {
        out += out.empty() ? "" : ",";
        out += column.name;
    }
    return out;
}

std::string StoredTable::column_list() const {
    std::string out;
    for (const StoredColumn& column : columns) {
        out += out.empty() ? "\"" : ", \"";
        out += column.name;
        out += '"';
    }
    return out;
}

StoredTable stored_month_table(const intake::TableSpec& spec) {
    StoredTable table{.file = std::string(spec.file),
                      .name = table_name(spec),
                      .columns = {},
                      .is_optional = spec.is_optional};
    table.columns.reserve(spec.columns.size());
    for (std::size_t i = 0; i < spec.columns.size(); ++i) {
        table.columns.push_back(stored_column(spec.columns[i], i < spec.key_columns));
    }
    return table;
}

const std::vector<StoredTable>& stored_month_tables() {
    static const std::vector<StoredTable> kTables = [] {
        std::vector<StoredTable> all;
        for (const intake::TableSpec* spec : intake::month_tables()) {
            all.push_back(stored_month_table(*spec));
        }
        for (const intake::TableSpec* spec :
             std::array{&intake::tables::prior_carried_pools, &intake::tables::prior_in_hospital,
                        &intake::tables::prior_in_hospital_charges}) {
            all.push_back(stored_month_table(*spec));
        }
        return all;
    }();
    return kTables;
}

}  // namespace yuanliu::store
