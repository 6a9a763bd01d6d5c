// Why this file: one row of figures per hospital size (docs of the trade: a life-size month).
#include "server/demo/scale.hpp"

namespace yuanliu::demo {
namespace {

constexpr Scale kClinic{
    .size = Size::clinic,
    .hospital = "DEMO-C",
    .hospital_name = "源流示范社区医院",
    .admissions = 42,
    .visits = 530,
    .cmi = 735,
    .price_percent = 75,
    .days_tenths = 50,
    .charge_per_weight = 467000,
    .charge_per_visit = 15000,
    .lines_per_day = 6,
    .lines_per_visit = 4,
    .doctors = 18,
    .nurses = 22,
    .technicians = 7,
    .office = 7,
    .diseases_per_specialty = 4,
    .procedures_per_disease = 1,
    .bed_price = 3000,
    .carried_pool = 3200000,
    .point_value_employee = 42200,
    .point_value_resident = 39300,
    .point_value_other = 40700,
};

constexpr Scale kCounty{
    .size = Size::county,
    .hospital = "DEMO-X",
    .hospital_name = "源流示范县人民医院",
    .admissions = 2250,
    .visits = 32000,
    .cmi = 885,
    .price_percent = 85,
    .days_tenths = 66,
    .charge_per_weight = 800000,
    .charge_per_visit = 24000,
    .lines_per_day = 21,
    .lines_per_visit = 4,
    .doctors = 240,
    .nurses = 360,
    .technicians = 105,
    .office = 130,
    .diseases_per_specialty = 3,
    .procedures_per_disease = 1,
    .bed_price = 4500,
    .carried_pool = 300000000,
    .point_value_employee = 71300,
    .point_value_resident = 66300,
    .point_value_other = 68800,
};

constexpr Scale kTertiary{
    .size = Size::tertiary,
    .hospital = "DEMO-T",
    .hospital_name = "源流示范中心医院",
    .admissions = 10500,
    .visits = 220000,
    .cmi = 1070,
    .price_percent = 100,
    .days_tenths = 68,
    .charge_per_weight = 1258000,
    .charge_per_visit = 38000,
    .lines_per_day = 106,
    .lines_per_visit = 15,
    .doctors = 1150,
    .nurses = 2050,
    .technicians = 480,
    .office = 520,
    .diseases_per_specialty = 99,
    .procedures_per_disease = 3,
    .bed_price = 8000,
    .carried_pool = 2940000000,
    .point_value_employee = 116000,
    .point_value_resident = 108000,
    .point_value_other = 112000,
};

}  // namespace

const Scale& scale_of(Size size) {
    switch (size) {
        case Size::clinic:
            return kClinic;
        case Size::county:
            return kCounty;
        case Size::tertiary:
            return kTertiary;
    }
    return kClinic;
}

}  // namespace yuanliu::demo
