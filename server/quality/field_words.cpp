// Why this file: see field_words.hpp.
#include "server/quality/field_words.hpp"

#include <algorithm>
#include <array>

namespace yuanliu::quality {
namespace {

// clang-format off
/// In the order of the fields.
constexpr auto kChineseLabels = std::to_array<std::string_view>({
    "就诊号", "病案号", "科室", "编码员", "主治医师", "科主任", "责任护士", "机构编码", "住院次数", "付费方",
    "医保编号", "性别", "出生日期", "年龄(岁)", "日龄", "新生儿出生体重", "新生儿入院体重", "国籍", "民族", "婚姻",
    "职业", "证件类型", "入院途径", "入院日期", "出院日期", "实际住院天数", "入院科别", "出院科别", "离院方式",
    "拟接收机构", "31天内再住院计划", "再住院目的", "死亡患者尸检", "病案质量", "质控日期", "门(急)诊诊断", "主要诊断",
    "其他诊断", "全部诊断", "入院病情", "损伤中毒外部原因", "病理诊断", "病理号", "药物过敏", "过敏药物", "ABO血型",
    "Rh血型", "输血量", "输血反应", "主要手术操作", "其他手术操作", "全部手术操作", "手术操作日期", "术者", "手术级别",
    "麻醉方式", "麻醉医师", "切口愈合等级", "入院前昏迷(分)", "入院后昏迷(分)", "呼吸机使用(小时)", "重症监护天数",
    "特级护理天数", "一级护理天数", "二级护理天数", "三级护理天数", "总费用", "自付金额", "分项费用", "手术费", "麻醉费",
    "血费", "病理诊断费", "护理费", "床位费", "药费", "抗菌药物费", "收费明细合计", "结算清单总金额", "清单分项金额",
    "基金支付", "个人账户支付", "个人现金支付", "结算开始日期", "结算结束日期", "票据代码", "票据号码", "清单流水号",
    "住院医疗类型", "医保类型", "参保地", "诊断代码计数", "手术操作代码计数", "医疗机构填报部门", "医疗机构填报人",
    "新生儿入院类型"});
// clang-format on
static_assert(kChineseLabels.size() == costing::quality::kFields);

}  // namespace

std::string label_of(costing::quality::Field field, Language language) {
    if (language == Language::zh) {
        return std::string(kChineseLabels[costing::quality::index_of(field)]);
    }
    std::string label(costing::quality::name_of(field));
    std::replace(label.begin(), label.end(), '_', ' ');
    return label;
}

}  // namespace yuanliu::quality
