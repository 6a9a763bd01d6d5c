// Why this file: the table of specialties. Margins follow the trade's experience: ophthalmology,
// orthopaedics and cardiology earn; paediatrics and obstetrics lose.
#include "server/demo/specialty.hpp"

namespace yuanliu::demo {

const std::array<SpecialtyTraits, kSpecialties>& specialties() {
    using enum Specialty;
    // clang-format off
    static constexpr std::array<SpecialtyTraits, kSpecialties> kTable{{
        // specialty, name, cmi, discharges, visits, margin, drug, material, wards c/x/t, clinics x/t
        {cardiology,       "心血管内科", 1150, 90, 60,   60,  -20,   30, 1, 2, 7, 1, 3},
        {respiratory,      "呼吸内科",    950, 75, 50,  -60,   40,  -10, 1, 2, 6, 1, 3},
        {gastroenterology, "消化内科",    850, 65, 50,  -20,   20,    0, 0, 1, 5, 1, 3},
        {neurology,        "神经内科",   1050, 70, 50,  -50,   30,  -10, 0, 2, 6, 1, 3},
        {nephrology,       "肾内科",      950, 35, 30,    0,  -20,   20, 0, 1, 3, 1, 2},
        {endocrinology,    "内分泌科",    750, 35, 45,  -80,   30,  -10, 0, 1, 2, 1, 2},
        {haematology,      "血液内科",   1300, 25, 15,  -30,  120,  -20, 0, 0, 2, 0, 1},
        {rheumatology,     "风湿免疫科",  800, 18, 20,  -60,   60,  -20, 0, 0, 2, 0, 1},
        {infection,        "感染科",      900, 20, 20, -120,   50,  -20, 0, 1, 2, 1, 2},
        {oncology,         "肿瘤科",      950, 90, 25,    0,  150,  -20, 0, 1, 7, 1, 2},
        {geriatrics,       "老年医学科", 1050, 25, 12,  -90,   20,  -10, 0, 1, 3, 0, 1},
        {general_surgery,  "普通外科",   1250, 90, 40,    0,    0,    0, 1, 2, 7, 1, 3},
        {orthopaedics,     "骨科",       1500, 70, 45,  150,  -40,   10, 0, 2, 6, 1, 3},
        {neurosurgery,     "神经外科",   2500, 28, 10,   40,    0,   40, 0, 1, 3, 1, 1},
        {cardiac_surgery,  "心脏外科",   4000, 12,  5,   90,  -20,   60, 0, 0, 2, 0, 1},
        {thoracic_surgery, "胸外科",     1900, 22,  8,   10,    0,   40, 0, 1, 2, 0, 1},
        {urology,          "泌尿外科",   1050, 45, 30,   20,  -20,   20, 0, 1, 3, 1, 2},
        {gynaecology,      "妇科",        950, 45, 45,  -30,  -20,    0, 0, 1, 3, 1, 3},
        {obstetrics,       "产科",        620, 50, 40, -250,  -80, -260, 1, 1, 3, 1, 2},
        {paediatrics,      "儿科",        620, 50, 60, -200,  -60,  -20, 0, 1, 3, 1, 3},
        {neonatology,      "新生儿科",   1100, 15,  2, -100,  -80,  -20, 0, 0, 2, 0, 0},
        {ophthalmology,    "眼科",        680, 45, 40,  240,  -60, -160, 0, 1, 2, 1, 2},
        {otolaryngology,   "耳鼻咽喉科",  900, 30, 35,   40,  -20,   20, 0, 1, 2, 1, 2},
        {stomatology,      "口腔科",      900,  8, 40,  -40,  -40,   20, 0, 0, 1, 1, 3},
        {dermatology,      "皮肤科",      650, 10, 45,  -70,   30,  -10, 0, 0, 1, 1, 2},
        {rehabilitation,   "康复医学科", 1200, 15, 15,  -40,  -80,  -40, 0, 1, 2, 1, 1},
        {chinese_medicine, "中医科",      800, 12, 40,  -80,   80,  -40, 0, 1, 1, 1, 3},
        {intensive_care,   "重症医学科", 3000, 10,  0,  -60,   20,    0, 0, 1, 3, 0, 0},
        {emergency,        "急诊医学科",  900, 10, 70, -120,    0,    0, 0, 0, 1, 1, 2},
    }};
    // clang-format on
    return kTable;
}

}  // namespace yuanliu::demo
