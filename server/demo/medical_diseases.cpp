// Why this file: diseases of the medical specialties, the commonest of a specialty first, because
// smaller hospitals treat only the head of each list.
#include "server/demo/diseases.hpp"

namespace yuanliu::demo {

namespace {

using enum Specialty;
using enum ProcedureClass;
// clang-format off
constexpr Disease kMedicalDiseases[] = {
    // specialty, diagnosis, name, weight, days/10, frequency, conservative %, procedures
    {cardiology, "I20.0", "不稳定型心绞痛", 70, 60, 30, 55, {{{"36.06", "冠状动脉支架置入", 260, intervention}, {"88.56", "冠状动脉造影", 130, diagnostic}, {"00.66", "经皮冠状动脉球囊扩张", 230, intervention}}}},
    {cardiology, "I50.9", "心力衰竭", 85, 80, 22, 90, {{{"37.94", "植入型心律转复除颤器置入", 600, intervention}}}},
    {cardiology, "I10.x", "原发性高血压", 50, 60, 20, 100, {}},
    {cardiology, "I21.9", "急性心肌梗死", 110, 75, 14, 30, {{{"36.07", "药物洗脱冠状动脉支架置入", 250, intervention}, {"37.61", "主动脉内球囊反搏", 380, intervention}}}},
    {cardiology, "I48.9", "心房颤动", 65, 55, 10, 55, {{{"37.34", "心脏射频消融", 420, intervention}, {"99.61", "心脏电复律", 130, therapeutic}}}},
    {cardiology, "I49.5", "病态窦房结综合征", 70, 70, 5, 35, {{{"37.83", "双腔起搏器置入", 480, intervention}}}},
    {cardiology, "I42.0", "扩张型心肌病", 95, 85, 4, 100, {}},
    {respiratory, "J18.9", "肺炎", 75, 75, 34, 88, {{{"33.24", "支气管镜活检", 135, diagnostic}, {"96.56", "支气管镜灌洗", 140, therapeutic}}}},
    {respiratory, "J44.1", "慢性阻塞性肺病急性加重", 95, 85, 28, 88, {{{"93.90", "无创机械通气", 165, therapeutic}, {"96.71", "有创机械通气", 380, therapeutic}}}},
    {respiratory, "J45.9", "支气管哮喘", 65, 65, 12, 100, {}},
    {respiratory, "J47.x", "支气管扩张", 80, 75, 10, 90, {{{"39.79", "支气管动脉栓塞", 260, intervention}}}},
    {respiratory, "J96.0", "急性呼吸衰竭", 150, 95, 7, 60, {{{"96.72", "长时间有创机械通气", 300, therapeutic}}}},
    {respiratory, "J90.x", "胸腔积液", 80, 80, 6, 50, {{{"34.04", "胸腔闭式引流", 130, therapeutic}}}},
    {respiratory, "I26.9", "肺栓塞", 120, 90, 3, 100, {}},
    {respiratory, "J84.1", "间质性肺病", 95, 85, 4, 100, {}},
    {gastroenterology, "K29.5", "慢性胃炎", 55, 50, 26, 100, {}},
    {gastroenterology, "K63.5", "结肠息肉", 55, 35, 26, 15, {{{"45.42", "内镜下结肠息肉切除", 150, therapeutic}, {"45.30", "内镜下黏膜剥离", 300, surgery}}}},
    {gastroenterology, "K92.2", "消化道出血", 95, 75, 16, 70, {{{"44.43", "内镜下止血", 170, therapeutic}, {"42.33", "食管静脉曲张套扎", 210, therapeutic}}}},
    {gastroenterology, "K85.9", "急性胰腺炎", 110, 90, 14, 85, {{{"51.88", "内镜下胆总管取石", 200, therapeutic}}}},
    {gastroenterology, "K74.6", "肝硬化", 90, 90, 10, 100, {}},
    {gastroenterology, "K51.9", "溃疡性结肠炎", 80, 80, 5, 100, {}},
    {neurology, "I63.9", "脑梗死", 90, 90, 46, 90, {{{"99.10", "静脉溶栓", 170, therapeutic}, {"39.74", "颅内动脉取栓", 520, intervention}, {"00.63", "颈动脉支架置入", 360, intervention}}}},
    {neurology, "G45.9", "短暂性脑缺血发作", 65, 65, 18, 90, {{{"88.41", "脑血管造影", 150, diagnostic}}}},
    {neurology, "R42.x", "眩晕综合征", 50, 50, 14, 100, {}},
    {neurology, "I61.9", "脑出血", 120, 110, 9, 100, {}},
    {neurology, "G40.9", "癫痫", 75, 65, 8, 100, {}},
    {neurology, "G20.x", "帕金森病", 85, 80, 6, 100, {}},
    {neurology, "G61.0", "吉兰-巴雷综合征", 190, 120, 2, 70, {{{"99.71", "血浆置换", 230, therapeutic}}}},
    {nephrology, "N18.5", "慢性肾病五期", 95, 75, 40, 50, {{{"39.27", "动静脉内瘘成形", 160, surgery}, {"38.95", "血液透析导管置入", 130, therapeutic}}}},
    {nephrology, "N04.9", "肾病综合征", 80, 75, 24, 60, {{{"55.23", "肾穿刺活检", 125, diagnostic}}}},
    {nephrology, "N39.0", "泌尿道感染", 60, 65, 20, 100, {}},
    {nephrology, "N17.9", "急性肾衰竭", 130, 95, 8, 70, {{{"39.95", "血液透析", 160, therapeutic}}}},
    {endocrinology, "E11.9", "二型糖尿病", 65, 70, 60, 100, {}},
    {endocrinology, "E05.9", "甲状腺功能亢进", 70, 65, 14, 100, {}},
    {endocrinology, "E11.5", "糖尿病足", 130, 120, 10, 60, {{{"86.22", "创面清创", 150, surgery}}}},
    {endocrinology, "E10.1", "糖尿病酮症酸中毒", 90, 70, 8, 100, {}},
    {endocrinology, "E27.8", "肾上腺结节", 75, 60, 5, 100, {}},
    {haematology, "C90.0", "多发性骨髓瘤", 120, 80, 24, 70, {{{"41.31", "骨髓活检", 115, diagnostic}}}},
    {haematology, "C92.0", "急性髓系白血病", 240, 160, 20, 85, {{{"41.03", "异基因造血干细胞移植", 700, surgery}}}},
    {haematology, "C83.3", "弥漫大 B 细胞淋巴瘤", 110, 70, 26, 100, {}},
    {haematology, "D61.9", "再生障碍性贫血", 130, 100, 10, 100, {}},
    {haematology, "D69.3", "免疫性血小板减少", 90, 75, 12, 100, {}},
    {rheumatology, "M06.9", "类风湿关节炎", 75, 75, 40, 100, {}},
    {rheumatology, "M32.9", "系统性红斑狼疮", 95, 80, 30, 100, {}},
    {rheumatology, "M10.9", "痛风", 55, 60, 24, 100, {}},
    {rheumatology, "M45.x", "强直性脊柱炎", 70, 70, 14, 100, {}},
    {infection, "B18.1", "慢性乙型肝炎", 75, 80, 34, 90, {{{"50.11", "肝穿刺活检", 125, diagnostic}}}},
    {infection, "A41.9", "脓毒症", 150, 105, 18, 100, {}},
    {infection, "A49.9", "发热待查细菌感染", 70, 70, 24, 100, {}},
    {infection, "B02.9", "带状疱疹", 60, 75, 18, 100, {}},
    {oncology, "Z51.1", "恶性肿瘤化学治疗", 75, 50, 46, 100, {}},
    {oncology, "C34.9", "肺恶性肿瘤", 110, 85, 18, 75, {{{"92.29", "适形调强放射治疗", 260, therapeutic}, {"33.26", "经皮肺穿刺活检", 120, diagnostic}}}},
    {oncology, "C22.0", "肝细胞癌", 105, 75, 9, 40, {{{"38.86", "肝动脉化疗栓塞", 175, intervention}, {"50.24", "肝病损射频消融", 210, intervention}}}},
    {oncology, "Z51.0", "恶性肿瘤放射治疗", 160, 150, 8, 20, {{{"92.24", "直线加速器放疗", 150, therapeutic}}}},
    {oncology, "C50.9", "乳腺恶性肿瘤", 85, 65, 8, 100, {}},
    {oncology, "C16.9", "胃恶性肿瘤", 100, 75, 7, 100, {}},
    {oncology, "C11.9", "鼻咽恶性肿瘤", 120, 95, 4, 100, {}},
    {geriatrics, "I25.1", "冠状动脉粥样硬化性心脏病", 85, 90, 40, 100, {}},
    {geriatrics, "J15.9", "老年细菌性肺炎", 120, 105, 28, 80, {{{"31.10", "气管切开", 320, therapeutic}}}},
    {geriatrics, "I67.2", "脑动脉粥样硬化", 75, 85, 20, 100, {}},
    {geriatrics, "M81.9", "骨质疏松", 70, 80, 12, 100, {}},
    {paediatrics, "J20.9", "儿童急性支气管炎", 50, 55, 36, 100, {}},
    {paediatrics, "J12.9", "儿童病毒性肺炎", 75, 65, 30, 90, {{{"33.23", "儿童支气管镜检查", 150, diagnostic}}}},
    {paediatrics, "A08.0", "轮状病毒肠炎", 45, 45, 16, 100, {}},
    {paediatrics, "R56.0", "热性惊厥", 50, 45, 8, 100, {}},
    {paediatrics, "M30.3", "川崎病", 105, 75, 4, 100, {}},
    {paediatrics, "B08.4", "手足口病", 45, 45, 8, 100, {}},
    {neonatology, "P59.9", "新生儿黄疸", 60, 55, 40, 60, {{{"99.83", "新生儿光疗", 120, therapeutic}}}},
    {neonatology, "P07.3", "早产儿", 220, 170, 24, 80, {{{"96.70", "新生儿机械通气", 220, therapeutic}}}},
    {neonatology, "P23.9", "新生儿肺炎", 85, 75, 30, 100, {}},
    {dermatology, "L40.9", "银屑病", 75, 85, 30, 100, {}},
    {dermatology, "L30.9", "湿疹", 50, 65, 28, 100, {}},
    {dermatology, "L27.0", "药物性皮炎", 70, 70, 20, 100, {}},
    {dermatology, "L50.9", "荨麻疹", 45, 50, 20, 100, {}},
    {rehabilitation, "I69.3", "脑梗死后遗症康复", 120, 160, 46, 40, {{{"93.38", "综合物理治疗", 115, therapeutic}}}},
    {rehabilitation, "M51.2", "腰椎间盘突出康复", 75, 95, 34, 60, {{{"93.22", "步态训练", 110, therapeutic}}}},
    {rehabilitation, "G81.9", "偏瘫康复", 125, 165, 18, 100, {}},
    {chinese_medicine, "M54.5", "腰痛中医治疗", 65, 85, 40, 60, {{{"99.92", "针刺治疗", 110, therapeutic}}}},
    {chinese_medicine, "G51.0", "面神经麻痹中医治疗", 65, 85, 24, 100, {}},
    {chinese_medicine, "K30.x", "功能性消化不良中医治疗", 60, 75, 24, 100, {}},
    {intensive_care, "J80.x", "急性呼吸窘迫综合征", 260, 120, 30, 40, {{{"96.73", "重症有创机械通气", 150, therapeutic}, {"39.65", "体外膜肺氧合", 500, surgery}}}},
    {intensive_care, "R57.2", "感染性休克", 220, 105, 36, 70, {{{"39.96", "连续性血液净化", 160, therapeutic}}}},
    {intensive_care, "T07.x", "多发伤", 240, 130, 20, 100, {}},
    {emergency, "T65.9", "急性中毒", 75, 45, 40, 80, {{{"96.33", "洗胃", 120, therapeutic}}}},
    {emergency, "R55.x", "晕厥", 55, 35, 34, 100, {}},
    {emergency, "T78.2", "过敏性休克", 65, 35, 16, 100, {}},
};
// clang-format on

}  // namespace

std::span<const Disease> medical_diseases() {
    return kMedicalDiseases;
}

}  // namespace yuanliu::demo
