// Why this file: the part of the government chart of accounts that the demonstration books on.
#include "server/demo/accounts.hpp"

#include <fmt/format.h>

namespace yuanliu::demo {

std::span<const CostItem> cost_items() {
    using enum CostCategory;
    static constexpr CostItem kItems[] = {
        {"1001", "基本工资", staff, "", "01.01", 260},
        {"1002", "津贴补贴", staff, "", "01.02", 130},
        {"1003", "绩效工资", staff, "", "01.03", 390},
        {"1004", "社会保障缴费", staff, "", "01.04", 140},
        {"1005", "住房公积金", staff, "", "01.05", 80},
        {"2001", "计价卫生材料", materials, "material", "02.01", 620},
        {"2002", "植入介入材料", materials, "material", "02.02", 380},
        {"2003", "不计价卫生材料", materials, "", "02.03", 450},
        {"2004", "检验试剂", materials, "", "02.04", 350},
        {"2005", "低值易耗品", materials, "", "02.05", 120},
        {"2006", "其他材料", materials, "", "02.06", 80},
        {"3001", "西药", drugs, "drug", "03.01", 820},
        {"3002", "中成药", drugs, "drug", "03.02", 120},
        {"3003", "中药饮片", drugs, "drug", "03.03", 60},
        {"4001", "房屋折旧费", depreciation, "", "04.01", 300},
        {"4002", "专用设备折旧费", depreciation, "", "04.02", 600},
        {"4003", "一般设备折旧费", depreciation, "", "04.03", 100},
        {"5001", "无形资产摊销费", amortization, "", "05.01", 1000},
        {"6001", "提取医疗风险基金", risk_fund, "", "06.01", 1000},
        {"7001", "水费", other_operating, "", "07.01", 0},
        {"7002", "电费", other_operating, "", "07.02", 0},
        {"7003", "物业管理费", other_operating, "", "07.03", 0},
        {"7004", "维修维护费", other_operating, "", "07.04", 330},
        {"7005", "办公印刷费", other_operating, "", "07.05", 120},
        {"7006", "差旅培训费", other_operating, "", "07.06", 130},
        {"7007", "邮电通讯费", other_operating, "", "07.07", 70},
        {"7008", "劳务及委托业务费", other_operating, "", "07.08", 350},
    };
    return kItems;
}

std::span<const ExcludedAccount> excluded_accounts() {
    static constexpr ExcludedAccount kExcluded[] = {
        {"5301.01", "资产处置费用", "资产处置不是医疗服务的消耗"},
        {"5901.01", "其他费用—捐赠支出", "捐赠支出与医疗服务无关"},
        {"5901.02", "其他费用—罚没支出", "罚没支出不计入医院成本"},
    };
    return kExcluded;
}

const char* category_name(CostCategory category) {
    constexpr const char* kNames[] = {"staff",        "materials", "drugs",          "depreciation",
                                      "amortization", "risk_fund", "other_operating"};
    return kNames[static_cast<std::size_t>(category)];
}

std::string account_of(const CostItem& item, DepartmentClass department_class) {
    const bool managing = department_class == DepartmentClass::public_cost ||
                          department_class == DepartmentClass::administrative;
    return fmt::format("{}.{}", managing ? "5101" : "5001", item.subaccount);
}

}  // namespace yuanliu::demo
