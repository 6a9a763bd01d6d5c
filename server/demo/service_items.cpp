// Why this file: invents the price list. Bed and nursing items carry a higher equivalent for
// their price than treatments do, which is why they recover only part of their cost.
#include "server/demo/service_items.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace yuanliu::demo {
namespace {

struct Series {
    char letter;
    Kind kind;
    const char* charge_category;
    const char* unit;
    Role role;
    int count;
    Fen lowest, highest;              ///< prices rise geometrically between the two
    std::int64_t equivalent_percent;  ///< percent of a tenth of the price in yuan
    std::span<const char* const> stems;
    std::span<const char* const> forms;
};

constexpr const char* kDrugs[] = {
    "氯化钠",     "葡萄糖",     "头孢曲松钠", "头孢呋辛钠", "阿莫西林",     "左氧氟沙星",
    "莫西沙星",   "美罗培南",   "奥美拉唑",   "泮托拉唑",   "阿司匹林",     "氯吡格雷",
    "阿托伐他汀", "瑞舒伐他汀", "美托洛尔",   "氨氯地平",   "缬沙坦",       "呋塞米",
    "螺内酯",     "二甲双胍",   "甘精胰岛素", "门冬胰岛素", "低分子肝素钠", "布地奈德",
    "沙丁胺醇",   "氨溴索",     "多索茶碱",   "甲泼尼龙",   "地塞米松",     "布洛芬",
    "曲马多",     "地佐辛",     "丙泊酚",     "氨基酸",     "脂肪乳",       "人血白蛋白",
    "丹参",       "血栓通",     "银杏叶",     "奥沙利铂",   "紫杉醇",       "卡培他滨",
    "曲妥珠单抗", "依达拉奉",   "丁苯酞",     "甘露醇",     "碳酸钙",       "骨化三醇",
    "维生素 C",   "缩宫素"};
constexpr const char* kDrugForms[] = {"注射液", "片", "胶囊", "注射用粉针", "缓释片", "颗粒"};
constexpr const char* kMaterials[] = {"一次性注射器", "输液器",     "留置针",    "医用敷料",
                                      "无菌手套",     "导尿管",     "引流袋",    "吸氧管",
                                      "采血管",       "缝合线",     "气管插管",  "中心静脉导管",
                                      "止血材料",     "吻合器钉仓", "血液透析器"};
constexpr const char* kImplants[] = {"人工关节假体", "脊柱内固定系统", "接骨板",   "冠状动脉支架",
                                     "球囊导管",     "人工晶体",       "疝补片",   "吻合器",
                                     "心脏起搏器",   "弹簧圈",         "人工血管", "超声刀头"};
constexpr const char* kMaterialForms[] = {"I 型", "II 型", "III 型", "加强型", "进口", "国产"};
constexpr const char* kTests[] = {
    "白细胞计数",   "血红蛋白测定", "血小板计数",   "丙氨酸氨基转移酶", "总胆红素",   "白蛋白测定",
    "肌酐测定",     "尿素测定",     "尿酸测定",     "葡萄糖测定",       "总胆固醇",   "甘油三酯",
    "钾测定",       "钠测定",       "钙测定",       "肌钙蛋白",         "脑钠肽前体", "D-二聚体",
    "凝血酶原时间", "C 反应蛋白",   "降钙素原",     "促甲状腺激素",     "甲胎蛋白",   "癌胚抗原",
    "乙肝表面抗原", "丙肝抗体",     "梅毒抗体",     "尿常规",           "粪便常规",   "血培养",
    "药敏试验",     "血气分析",     "糖化血红蛋白", "基因检测"};
constexpr const char* kTestForms[] = {"酶法", "免疫法", "化学发光法", "仪器法", "比色法"};
constexpr const char* kParts[] = {"头部", "胸部",   "腹部",   "盆腔", "颈椎",
                                  "腰椎", "膝关节", "髋关节", "心脏", "血管"};
constexpr const char* kNursing[] = {"静脉输液护理", "吸氧护理", "口腔护理", "压疮护理", "心电监护",
                                    "雾化吸入",     "导管护理", "翻身拍背", "会阴护理", "血糖监测"};
constexpr const char* kTreatments[] = {"换药",     "肌肉注射", "静脉注射",   "导尿",     "胃肠减压",
                                       "灌肠",     "微波治疗", "红外线治疗", "中频治疗", "穿刺术",
                                       "伤口处理", "康复训练", "针刺",       "推拿",     "会诊"};
constexpr const char* kSurgery[] = {"清创术",   "切除术", "修补术", "置换术", "内固定术",
                                    "腔镜手术", "成形术", "吻合术", "减压术", "剖宫产术"};
constexpr const char* kCatheter[] = {"造影术", "支架置入术", "球囊扩张术", "栓塞术", "射频消融术"};
constexpr const char* kAnaesthesia[] = {"全身麻醉", "椎管内麻醉", "神经阻滞麻醉", "术中监测",
                                        "术后镇痛"};
constexpr const char* kLevels[] = {"一级", "二级", "三级", "四级", "特级"};

/// Prices between two bounds on a geometric ladder, in integers: the ratio is applied by steps.
std::vector<Fen> price_ladder(Fen lowest, Fen highest, int count) {
    // 2^(k/8) in 1/65536: eight rungs to the octave.
    constexpr std::array<std::int64_t, 8> kEighth{65536, 71468,  77936,  84990,
                                                  92682, 101070, 110218, 120194};
    std::int64_t octaves8 = 0;
    const auto at = [&](std::int64_t step) {
        return (lowest << (step / 8)) * kEighth[static_cast<std::size_t>(step % 8)] / 65536;
    };
    while (at(octaves8) < highest) {
        ++octaves8;
    }
    std::vector<Fen> prices;
    for (int i = 0; i < count; ++i) {
        const auto scaled = octaves8 * i * 16 / std::max(1, count - 1);
        const Fen low = at(scaled / 16);
        const Fen high = at(scaled / 16 + 1);
        prices.push_back(low + (high - low) * (scaled % 16) / 16);
    }
    return prices;
}

class PriceList {
  public:
    std::size_t add(ServiceItem item) {
        auto& serial = serials_[static_cast<std::size_t>(item.code[0] - 'A')];
        item.code = fmt::format("{}{:05}", item.code[0], ++serial);
        list_.items.push_back(std::move(item));
        return list_.items.size() - 1;
    }

    void add_series(const Series& series, Ladder& ladder) {
        int number = 0;
        for (const Fen price : price_ladder(series.lowest, series.highest, series.count)) {
            const auto at = static_cast<std::size_t>(number++);
            const auto stem = series.stems[at % series.stems.size()];
            const auto turn = at / series.stems.size();
            const auto form = series.forms[turn % series.forms.size()];
            const auto round = turn / series.forms.size();
            auto name = fmt::format("{}{}", stem, form);
            if (round > 0) {
                name += fmt::format("（规格 {}）", round + 1);
            }
            const auto equivalent =
                series.kind == Kind::service
                    ? std::max<std::int64_t>(1, price * series.equivalent_percent / 10)
                    : 0;
            const auto index = add(ServiceItem{.code = std::string(1, series.letter),
                                               .name = name,
                                               .kind = series.kind,
                                               .charge_category = series.charge_category,
                                               .unit = series.unit,
                                               .role = series.role,
                                               .price = price,
                                               .equivalent = equivalent});
            ladder.items.push_back(index);
        }
    }

    std::size_t add_single(const char* name, const char* category, const char* unit, Role role,
                           Fen price, std::int64_t equivalent_percent) {
        return add(ServiceItem{.code = "F",
                               .name = name,
                               .kind = Kind::service,
                               .charge_category = category,
                               .unit = unit,
                               .role = role,
                               .price = price,
                               .equivalent = price * equivalent_percent / 10});
    }

    void arrange(Ladder& ladder) const {
        std::sort(ladder.items.begin(), ladder.items.end(), [&](std::size_t a, std::size_t b) {
            return std::pair(list_.items[a].price, a) < std::pair(list_.items[b].price, b);
        });
        for (const auto item : ladder.items) {
            ladder.prices.push_back(list_.items[item].price);
        }
        for (std::size_t i = 0; i < ladder.from_power.size(); ++i) {
            const auto bound = Fen{1} << i;
            const auto at = std::lower_bound(ladder.prices.begin(), ladder.prices.end(), bound);
            ladder.from_power[i] = static_cast<std::size_t>(at - ladder.prices.begin());
        }
    }

    ServiceItems& list() { return list_; }

  private:
    ServiceItems list_;
    std::array<int, 26> serials_{};
};

void add_examinations(const Layout& layout, int count, PriceList& prices) {
    struct Modality {
        Role role;
        const char* name;
        Fen lowest, highest;
    };
    constexpr Modality kModalities[] = {
        {Role::electrocardiogram, "心电图检查", 1500, 20000},
        {Role::xray, "数字化摄影", 4000, 12000},
        {Role::ultrasound, "彩色多普勒超声", 6000, 28000},
        {Role::ct, "CT 平扫", 16000, 60000},
        {Role::mri, "磁共振平扫", 26000, 90000},
        {Role::endoscopy, "内镜检查", 18000, 80000},
        {Role::pathology, "病理检查", 8000, 60000},
        {Role::nuclear, "核素显像", 40000, 150000},
    };
    for (const auto& modality : kModalities) {
        if (!layout.has(modality.role)) {
            continue;
        }
        const std::array<const char*, 1> form{modality.name};
        prices.add_series({.letter = 'E',
                           .kind = Kind::service,
                           .charge_category = "examination",
                           .unit = "次",
                           .role = modality.role,
                           .count = count,
                           .lowest = modality.lowest,
                           .highest = modality.highest,
                           .equivalent_percent = 100,
                           .stems = kParts,
                           .forms = form},
                          prices.list().examinations);
    }
}

void add_bedside(const Scale& scale, PriceList& prices) {
    auto& list = prices.list();
    constexpr const char* kBeds[] = {"三人间床位费", "双人间床位费", "单人间床位费"};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto price = scale.bed_price * (6 + 4 * static_cast<Fen>(i)) / 10;
        list.beds[i] = prices.add_single(kBeds[i], "bed", "床日", Role::ward, price, 145);
    }
    list.nursing_day =
        prices.add_single("分级护理", "nursing", "日", Role::ward, scale.bed_price * 3 / 10, 150);
    list.ward_round =
        prices.add_single("住院诊查费", "consultation", "日", Role::ward, scale.bed_price / 4, 110);
    list.consultation =
        prices.add_single("门诊诊查费", "consultation", "次", Role::ward, scale.bed_price / 4, 110);
    list.infusion_mixing =
        prices.add_single("静脉用药集中调配", "treatment", "组", Role::ward_pharmacy, 300, 100);
    list.blood = prices.add_single("悬浮红细胞输注", "treatment", "单位", Role::blood, 22000, 100);
    list.dispensing =
        prices.add_single("药事服务费", "other", "次", Role::clinic_pharmacy, 100, 100);
    prices.add_series({.letter = 'N',
                       .kind = Kind::service,
                       .charge_category = "nursing",
                       .unit = "次",
                       .role = Role::ward,
                       .count = scale.treatment_items / 2,
                       .lowest = 80,
                       .highest = 4000,
                       .equivalent_percent = 145,
                       .stems = kNursing,
                       .forms = kLevels},
                      list.nursing);
    prices.add_series({.letter = 'T',
                       .kind = Kind::service,
                       .charge_category = "treatment",
                       .unit = "次",
                       .role = Role::ward,
                       .count = scale.treatment_items,
                       .lowest = 100,
                       .highest = 40000,
                       .equivalent_percent = 80,
                       .stems = kTreatments,
                       .forms = kLevels},
                      list.treatments);
}

void add_theatre(const Scale& scale, const Layout& layout, PriceList& prices) {
    auto& list = prices.list();
    const auto catheter = layout.has(Role::catheter) ? Role::catheter : Role::operating;
    const auto anaesthesia = layout.has(Role::anaesthesia) ? Role::anaesthesia : Role::operating;
    const auto series = [&](char letter, const char* category, Role role, Fen lowest, Fen highest,
                            std::span<const char* const> stems) {
        return Series{.letter = letter,
                      .kind = Kind::service,
                      .charge_category = category,
                      .unit = "次",
                      .role = role,
                      .count = scale.treatment_items,
                      .lowest = lowest,
                      .highest = highest,
                      .equivalent_percent = 100,
                      .stems = stems,
                      .forms = kLevels};
    };
    prices.add_series(series('S', "surgery", Role::operating, 8000, 600000, kSurgery),
                      list.surgery);
    prices.add_series(series('K', "surgery", catheter, 30000, 400000, kCatheter), list.catheter);
    prices.add_series(series('A', "surgery", anaesthesia, 3000, 150000, kAnaesthesia),
                      list.anaesthesia);
    prices.add_series({.letter = 'I',
                       .kind = Kind::material,
                       .charge_category = "material",
                       .unit = "套",
                       .role = Role::operating,
                       .count = scale.material_items / 2,
                       .lowest = 5000,
                       .highest = 3000000,
                       .equivalent_percent = 0,
                       .stems = kImplants,
                       .forms = kMaterialForms},
                      list.implants);
}

}  // namespace

std::size_t Ladder::pick(Fen target, Random& random) const {
    std::size_t power = 0;
    while (power + 1 < from_power.size() && (Fen{2} << power) <= target) {
        ++power;
    }
    const auto low = from_power[power < 3 ? 0 : power - 3];
    const auto high = std::max(low + 1, from_power[power]);
    const auto rung =
        low + static_cast<std::size_t>(random.below(static_cast<std::int64_t>(high - low)));
    return std::min(rung, items.size() - 1);
}

ServiceItems build_service_items(const Scale& scale, const Layout& layout) {
    PriceList prices;
    auto& list = prices.list();
    add_bedside(scale, prices);
    add_theatre(scale, layout, prices);
    add_examinations(layout, 10, prices);
    prices.add_series({.letter = 'L',
                       .kind = Kind::service,
                       .charge_category = "laboratory",
                       .unit = "项",
                       .role = Role::laboratory,
                       .count = scale.lab_items,
                       .lowest = 200,
                       .highest = 30000,
                       .equivalent_percent = 100,
                       .stems = kTests,
                       .forms = kTestForms},
                      list.laboratory);
    prices.add_series({.letter = 'D',
                       .kind = Kind::drug,
                       .charge_category = "drug",
                       .unit = "支",
                       .role = Role::ward_pharmacy,
                       .count = scale.drug_items,
                       .lowest = 30,
                       .highest = 300000,
                       .equivalent_percent = 0,
                       .stems = kDrugs,
                       .forms = kDrugForms},
                      list.drugs);
    prices.add_series({.letter = 'C',
                       .kind = Kind::material,
                       .charge_category = "material",
                       .unit = "个",
                       .role = Role::ward,
                       .count = scale.material_items,
                       .lowest = 30,
                       .highest = 120000,
                       .equivalent_percent = 0,
                       .stems = kMaterials,
                       .forms = kMaterialForms},
                      list.materials);
    for (auto* ladder :
         {&list.drugs, &list.materials, &list.implants, &list.laboratory, &list.examinations,
          &list.nursing, &list.treatments, &list.surgery, &list.catheter, &list.anaesthesia}) {
        prices.arrange(*ladder);
    }
    return std::move(list);
}

}  // namespace yuanliu::demo
