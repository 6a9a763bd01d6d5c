// Why this file: depreciation follows things, not a month's revenue. The hospital's yearly loss of
// value is given to departments by what they work with, and cut into cards with a price and with
// those who paid it: mostly the hospital, now and then the state, a grant, or several together.
#include "server/demo/assets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "server/demo/random.hpp"

namespace yuanliu::demo {
namespace {

/// Of a hundred yuan of charges in an ordinary month, what buildings and equipment lose, per mille.
constexpr std::int64_t kBuildingLoss = 15;
constexpr std::int64_t kGeneralLoss = 7;
constexpr std::int64_t kSpecialLoss = 38;
constexpr std::array<std::int64_t, kAssetKinds> kLifeMonths{600, 60, 72};

struct Outfit {
    std::int64_t points;  ///< of special equipment, per head
    std::array<const char*, 4> names;
};

Outfit outfit_of(const Department& department) {
    switch (department.role) {
        case Role::ct:
            return {170, {"64 排螺旋 CT", "高压注射器", "CT 球管", "影像工作站"}};
        case Role::mri:
            return {210, {"1.5T 磁共振", "磁共振线圈", "水冷机组", "影像工作站"}};
        case Role::xray:
            return {70, {"数字 X 线机", "移动 X 线机", "胃肠造影机", "影像工作站"}};
        case Role::ultrasound:
            return {34, {"彩色超声诊断仪", "心脏超声探头", "便携超声", "超声工作站"}};
        case Role::endoscopy:
            return {40, {"电子胃镜", "电子肠镜", "内镜清洗消毒机", "氩气刀"}};
        case Role::laboratory:
            return {32, {"生化免疫流水线", "血细胞分析仪", "质谱仪", "荧光定量 PCR 仪"}};
        case Role::nuclear:
            return {120, {"SPECT/CT", "回旋加速器", "放射性活度计", "屏蔽设施"}};
        case Role::operating:
            return {26, {"腹腔镜系统", "手术床", "手术显微镜", "电外科工作站"}};
        case Role::anaesthesia:
            return {18, {"麻醉机", "麻醉监护仪", "可视喉镜", "靶控输注泵"}};
        case Role::catheter:
            return {95, {"数字减影血管造影机", "血管内超声", "电生理记录仪", "高压注射器"}};
        case Role::pathology:
        case Role::blood:
        case Role::electrocardiogram:
            return {14, {"全自动染色机", "冷冻离心机", "动态心电分析系统", "专用冰箱"}};
        case Role::sterile_supply:
            return {16, {"脉动真空灭菌器", "过氧化氢等离子灭菌器", "清洗消毒机", "封口机"}};
        case Role::ward:
            return {department.specialty == Specialty::intensive_care ? 30 : 6,
                    {"多参数监护仪", "呼吸机", "输液泵", "除颤仪"}};
        case Role::clinic:
        case Role::checkup:
            return {department.specialty == Specialty::ophthalmology ||
                            department.specialty == Specialty::stomatology
                        ? 14
                        : 5,
                    {"综合治疗台", "检眼镜与裂隙灯", "诊查设备", "叫号设备"}};
        default:
            return {department.name.starts_with("信息") ? 25 : 2,
                    {"服务器", "工作站", "运送设备", "专用柜"}};
    }
}

/// Who paid, in tenths of the price: the hospital, the state, other authorities, grants, teaching.
constexpr std::array<std::array<std::int64_t, kFunds>, 8> kFunding{{
    {10, 0, 0, 0, 0},
    {10, 0, 0, 0, 0},
    {10, 0, 0, 0, 0},
    {10, 0, 0, 0, 0},
    {4, 6, 0, 0, 0},
    {0, 10, 0, 0, 0},
    {7, 0, 0, 3, 0},
    {5, 2, 1, 0, 2},
}};

class Buyer {
  public:
    Buyer(const Layout& layout, std::uint64_t seed)
        : layout_(layout), random_(key_of(seed, 0xA55E7)) {
        assets_.depreciation.resize(layout.departments.size());
    }

    /// Gives `total` to the departments by their weights, and buys what loses that much.
    void spend(AssetKind kind, Fen total, const std::vector<std::int64_t>& weights) {
        std::int64_t sum = 0;
        for (const auto weight : weights) {
            sum += weight;
        }
        std::int64_t running = 0;
        for (std::size_t at = 0; at < weights.size(); ++at) {
            const auto before = total / 1000 * running / sum * 1000;
            running += weights[at];
            buy(kind, at, total / 1000 * running / sum * 1000 - before);
        }
    }

    AssetRegister finish() { return std::move(assets_); }

  private:
    /// One card for a building, up to four for equipment, the dearest first.
    void buy(AssetKind kind, std::size_t at, Fen depreciation) {
        const auto& department = layout_.departments[at];
        constexpr Fen kSmall = 60000;
        const std::size_t cards = kind == AssetKind::building ? 1
                                  : depreciation > 8 * kSmall ? 4
                                  : depreciation > 2 * kSmall ? 2
                                                              : 1;
        constexpr std::array<std::int64_t, 4> kParts{50, 25, 15, 10};
        Fen left = depreciation;
        for (std::size_t i = 0; i < cards && left > 0; ++i) {
            const Fen part = i + 1 == cards ? left : depreciation * kParts[i] / 100;
            left -= part;
            const char* name = kind == AssetKind::building  ? "业务用房"
                               : kind == AssetKind::general ? "办公家具与计算机"
                                                            : outfit_of(department).names[i];
            AssetCard card{.code = fmt::format("ZC{:06}", ++serial_),
                           .name = fmt::format("{} {}", department.name, name),
                           .department = at,
                           .kind = kind,
                           .depreciation = part,
                           .paid = {}};
            const auto& funding =
                kFunding[static_cast<std::size_t>(random_.below(kFunding.size()))];
            for (std::size_t fund = 0; fund < kFunds; ++fund) {
                card.paid[fund] =
                    part * kLifeMonths[static_cast<std::size_t>(kind)] * funding[fund] / 10;
            }
            assets_.cards.push_back(std::move(card));
        }
        assets_.depreciation[at][static_cast<std::size_t>(kind)] += depreciation;
    }

    const Layout& layout_;
    Random random_;
    AssetRegister assets_;
    int serial_ = 0;
};

}  // namespace

AssetRegister buy_assets(const Scale& scale, const Layout& layout, std::uint64_t seed) {
    const Fen charges = scale.admissions * scale.cmi / 1000 * scale.charge_per_weight +
                        scale.visits * scale.charge_per_visit;
    const auto count = layout.departments.size();
    std::vector<std::int64_t> rooms(count), heads(count), points(count);
    for (std::size_t at = 0; at < count; ++at) {
        const auto& department = layout.departments[at];
        rooms[at] = department.area_m2;
        heads[at] = department.headcount;
        points[at] = department.headcount * outfit_of(department).points;
        if (department.role == Role::property) {  // corridors, lifts, pipes: a fifth of the whole
            for (const auto& other : layout.departments) {
                rooms[at] += other.area_m2 / 4;
            }
        }
    }
    Buyer buyer(layout, seed);
    buyer.spend(AssetKind::building, charges / 1000 * kBuildingLoss, rooms);
    buyer.spend(AssetKind::general, charges / 1000 * kGeneralLoss, heads);
    buyer.spend(AssetKind::special, charges / 1000 * kSpecialLoss, points);
    return buyer.finish();
}

void hand_over_assets(const Layout& layout, AssetRegister& assets) {
    for (auto& card : assets.cards) {
        card.department = layout.today(card.department);
    }
    if (layout.has_merged()) {
        auto& gone = assets.depreciation[layout.closed_ward];
        for (std::size_t kind = 0; kind < kAssetKinds; ++kind) {
            assets.depreciation[layout.successor][kind] += gone[kind];
        }
        gone = {};
    }
}

}  // namespace yuanliu::demo
