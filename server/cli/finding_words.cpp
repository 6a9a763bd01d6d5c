// Why this file: the words of every finding in English and Chinese: what is wrong, then the mend.
// {0} is the first argument. A test proves that no code is without words
// (tests/server/finding_words_test.cpp).
#include "server/cli/finding_words.hpp"

#include "server/cli/finding_report.hpp"

namespace yuanliu::cli {
namespace {

/// Files, rows and cells as written.
FindingWords words_of_form(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case file_missing:
            return {
                "{0} is missing; add it (a table of the month that is not there yet may have its "
                "feed set to \"not_arrived\" in manifest.json)",
                "缺少文件 {0}; 请补齐 (本月尚未到达的表, 可在 manifest.json 中将其来源标为 "
                "\"not_arrived\")"};
        case file_unreadable:
            return {"the file can't be read ({0}); check its rights and that it is a plain file",
                    "文件无法读取 ({0}); 请检查权限, 并确认是普通文件"};
        case header_wrong:
            return {"the header is \"{1}\" but must be \"{0}\"; write the columns in this order",
                    "表头为 \"{1}\", 应为 \"{0}\"; 请按此顺序列出各列"};
        case field_count_wrong:
            return {"the row has {1} fields, the header {0}; quote fields that contain commas",
                    "本行有 {1} 个字段, 表头有 {0} 个; 含逗号的字段请加双引号"};
        case quoting_broken:
            return {
                "a double quote is out of place at byte {0}; write \"\" for a quote inside a "
                "quoted field",
                "第 {0} 字节处双引号位置不对; 引号内的引号请写成 \"\""};
        case not_utf8:
            return {"byte {0} is not UTF-8; export the file as UTF-8 (Excel: save as CSV UTF-8)",
                    "第 {0} 字节不是 UTF-8; 请以 UTF-8 导出 (Excel: 另存为 CSV UTF-8)"};
        case value_missing:
            return {"the cell is blank; fill it in", "单元格为空; 请填写"};
        case number_malformed:
            return {
                "\"{0}\" is not a number with at most {1} decimals; write digits, a point and no "
                "separators",
                "\"{0}\" 不是至多 {1} 位小数的数; 请只写数字和小数点, 不要千分位"};
        case number_out_of_range:
            return {"{0} is outside {1} to {2}; correct the value or its unit",
                    "{0} 超出 {1} 至 {2} 的范围; 请核对数值或单位"};
        case date_malformed:
            return {"\"{0}\" is not a day; write YYYY-MM-DD",
                    "\"{0}\" 不是日期; 请写成 YYYY-MM-DD"};
        case period_malformed:
            return {"\"{0}\" is not a month; write YYYY-MM", "\"{0}\" 不是月份; 请写成 YYYY-MM"};
        case word_unknown:
            return {"\"{0}\" is not a word for this place; write one of: {1}",
                    "\"{0}\" 不是此处允许的取值; 请写以下之一: {1}"};
        case code_malformed:
            return {
                "\"{0}\" is not a code; write 1 to 64 bytes without leading or trailing space or "
                "control characters, not starting with ~",
                "\"{0}\" 不是合法编码; 请写 1 至 64 字节, 首尾无空格, 无控制字符, 不以 ~ 开头"};
        case text_malformed:
            return {
                "\"{0}\" is {1} bytes or has control characters; shorten it to 400 bytes, without "
                "tabs and line breaks",
                "\"{0}\" 有 {1} 字节或含控制字符; 请缩短到 400 字节以内, 不含制表符和换行"};
        case duplicate_key:
            return {"the key {0} stands in row {1} already; keep one of the two rows",
                    "主键 {0} 已出现在第 {1} 行; 两行请只留一行"};
        case findings_not_listed:
            return {
                "{1} more findings {0} in this file are counted, not listed; mend the listed ones "
                "first",
                "本文件另有 {1} 条 {0} 未逐条列出; 请先处理已列出的"};
        default:
            return {};
    }
}

/// Codes that refer to other tables.
FindingWords words_of_reference(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case unknown_department:
            return {"department {0} is not in departments.csv; add it or correct the code",
                    "科室 {0} 不在 departments.csv 中; 请补充或更正编码"};
        case unknown_cost_item:
            return {"cost item {0} is not in cost_items.csv; add it or correct the code",
                    "成本项目 {0} 不在 cost_items.csv 中; 请补充或更正编码"};
        case unknown_account:
            return {"account {0} is not in accounts.csv; add it or correct the code",
                    "科目 {0} 不在 accounts.csv 中; 请补充或更正编码"};
        case unknown_driver:
            return {"driver {0} is not in drivers.csv; add it or correct the name",
                    "分摊参数 {0} 不在 drivers.csv 中; 请补充或更正名称"};
        case unknown_service_item:
            return {"service item {0} is not in service_items.csv; add it or correct the code",
                    "服务项目 {0} 不在 service_items.csv 中; 请补充或更正编码"};
        case unknown_encounter:
            return {"encounter {0} is not in encounters.csv; add the encounter or remove the row",
                    "就诊 {0} 不在 encounters.csv 中; 请补充该就诊或删除本行"};
        case unknown_staff:
            return {"staff {0} is not in staff.csv; add the person or correct the code",
                    "职工 {0} 不在 staff.csv 中; 请补充或更正工号"};
        case unknown_payer:
            return {
                "payer {0} has no rule in payment.toml ({2} discharged stays, the first {1}); add "
                "a [[payer]]",
                "付费方 {0} 在 payment.toml 中没有规则 (出院 {2} 例, 首例 {1}); 请添加 [[payer]]"};
        case unknown_indicator:
            return {
                "indicator {0} is neither built in nor in quality_readings.csv; correct its name, "
                "or "
                "send readings of it",
                "指标 {0} 既非内置, 也不在 quality_readings.csv 中; 请更正名称, "
                "或补报该指标的读数"};
        case unknown_procedure:
            return {
                "procedure {0} is not in procedure_classes.csv; the grouper passes it over until "
                "it is added",
                "手术操作 {0} 不在 procedure_classes.csv 中; 补充前分组时略过"};
        default:
            return {};
    }
}

/// Codes that are known but not right here, and dates.
FindingWords words_of_validity(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case code_not_valid_in_month:
            return {"{0} is not valid in {1}; correct the code, or its valid_from and valid_to",
                    "{0} 在 {1} 无效; 请更正编码, 或其 valid_from、valid_to"};
        case account_not_mapped:
            return {"account {0} has no map in force in {1}; add a row to account_map.csv",
                    "科目 {0} 在 {1} 没有有效的对照; 请在 account_map.csv 中补一行"};
        case account_mapped_twice:
            return {"account {0} is mapped in this month by row {1} too; end one of the two maps",
                    "科目 {0} 本月另有第 {1} 行对照; 请截止其中一条"};
        case booking_period_differs:
            return {"booked in {0}, but this is the month {1}; move the line to its own month",
                    "记账期为 {0}, 但本月为 {1}; 请放到所属月份"};
        case attribution_in_future:
            return {"attributed to {0}, after the booking month {1}; correct attribution_period",
                    "归属期 {0} 晚于记账月 {1}; 请更正 attribution_period"};
        case discharge_before_admission:
            return {"discharged on {0}, before the admission on {1}; correct one of the dates",
                    "出院日 {0} 早于入院日 {1}; 请更正日期"};
        case date_out_of_month:
            return {
                "{0} is after the month's last day {1}; correct the date, or move the row to its "
                "month "
                "(a stay that went on has a blank discharged_on)",
                "{0} 晚于本月最后一天 {1}; 请更正日期或放到所属月份 (月末仍在院的, discharged_on "
                "留空)"};
        case outpatient_has_discharge:
            return {
                "an outpatient encounter has the discharge date {0}; leave discharged_on blank or "
                "make it inpatient",
                "门急诊就诊填了出院日 {0}; 请留空 discharged_on, 或改为住院"};
        case discharge_record_missing:
            return {
                "discharged stay {0} has no row in discharges.csv; it is paid as uncoded until it "
                "has",
                "出院病例 {0} 在 discharges.csv 中没有记录; 补齐前按未编码处理"};
        case discharge_record_unexpected:
            return {"stay {0} has a discharge record but is {1}; the record is not used",
                    "就诊 {0} 有出院记录, 但状态为 {1}; 该记录未使用"};
        case equivalent_missing:
            return {
                "service item {0} has no equivalent; state its resource use against the "
                "representative item (= 1)",
                "服务项目 {0} 没有成本当量; 请填写相对代表项目 (= 1) 的资源消耗"};
        default:
            return {};
    }
}

/// Feeds, prior results, rules files.
FindingWords words_of_folder(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case manifest_malformed:
            return {"the manifest can't be used: {0} (docs/month-folder.md §2)",
                    "清单无法使用: {0} (见 docs/month-folder.md §2)"};
        case raw_file_differs:
            return {
                "manifest.json states {0} as {1}, found is {2}; make sure that this is the file "
                "you "
                "meant to send, then export the manifest anew",
                "manifest.json 记{0}为 {1}, 实际为 {2}; 请确认文件无误, 再重新导出清单"};
        case reserved_file_ignored:
            return {"{0} has a reserved name and is not read yet", "{0} 为保留文件名, 目前不读取"};
        case unknown_file_ignored:
            return {"{0} is no part of a month folder and is not read; check its name",
                    "{0} 不属于月度文件夹, 未读取; 请核对文件名"};
        case feed_estimated:
            return {"feed {0} is estimated; figures that rest on it will change",
                    "来源 {0} 为暂估; 相关数字将会变化"};
        case feed_not_arrived:
            return {"feed {0} has not arrived and counts as empty; {1}",
                    "来源 {0} 未到, 按空表处理; {1}"};
        case prior_missing:
            return {
                "there is no prior/; all opening amounts are zero. Copy closing/ of the result of "
                "{0} to prior/ if there is one",
                "没有 prior/; 期初金额全部为零。若 {0} 已有结果, 请将其 closing/ 复制为 prior/"};
        case prior_period_differs:
            return {"prior/ is of {0}, but must be of {1}; copy closing/ of the month before",
                    "prior/ 属于 {0}, 应为 {1}; 请复制上月结果的 closing/"};
        case prior_malformed:
            return {
                "prior/manifest.json can't be used: {0}; copy closing/ of the month before "
                "unchanged",
                "prior/manifest.json 无法使用: {0}; 请原样复制上月结果的 closing/"};
        case opening_stay_unknown:
            return {
                "stay {0} was in hospital when the month began, but is not in encounters.csv; add "
                "the encounter",
                "就诊 {0} 期初在院, 但不在 encounters.csv 中; 请补充该就诊"};
        case opening_stay_not_in_hospital:
            return {
                "stay {0} was in hospital when the month began, but is {1} here; correct its dates",
                "就诊 {0} 期初在院, 但此处状态为 {1}; 请更正日期"};
        case rule_file_missing:
            return {"{0} is missing from the rules folder; see docs/rules.md",
                    "规则文件夹缺少 {0}; 见 docs/rules.md"};
        case rule_malformed:
            return {"this rule can't be used: {0} (docs/rules.md)",
                    "此规则无法使用: {0} (见 docs/rules.md)"};
        case rule_key_unknown:
            return {"{0} is not a key of this file; correct or remove it",
                    "{0} 不是本文件的键; 请更正或删除"};
        case rule_key_missing:
            return {"{0} is missing; add it (docs/rules.md)", "缺少 {0}; 请补充 (docs/rules.md)"};
        case rule_decimal_not_quoted:
            return {"a decimal stands without quotes and would lose digits; write it as \"1.0330\"",
                    "小数未加引号, 会丢失位数; 请写成 \"1.0330\""};
        default:
            return {};
    }
}

/// Plans and drivers.
FindingWords words_of_costing(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case plan_receiver_is_closed:
            return {
                "department {0} receives in stage {1} after it has sent (or while it sends); take "
                "it from the receivers",
                "科室 {0} 已分出 (或同时分出), 又在阶段 {1} 接收; 请从接收科室中去掉"};
        case plan_sender_twice:
            return {
                "department {0} sends in stage {1} and in an earlier one; leave it in one stage",
                "科室 {0} 在阶段 {1} 及更早阶段都分出; 请只保留一个阶段"};
        case plan_stage_order:
            return {"stage {0} with before_items = true stands after one with false; move it up",
                    "阶段 {0} 的 before_items = true, 却排在 false 之后; 请上移"};
        case plan_rule_missing:
            return {
                "no rule of stage {2} covers {1} cost of sender {0}; add one, for example with "
                "senders = [\"*\"]",
                "阶段 {2} 没有规则覆盖科室 {0} 的 {1} 成本; 请添加, 例如 senders = [\"*\"]"};
        case plan_receivers_empty:
            return {"stage {0} has no receiving department this month; name departments that exist",
                    "阶段 {0} 本月没有接收科室; 请指定存在的科室"};
        case plan_does_not_close:
            return {
                "department {0} of class {1} keeps its cost although the plan passes {1} cost on; "
                "add it to the senders",
                "{1} 类科室 {0} 的成本未分出, 而方案要求分出 {1}; 请加入分出科室"};
        case driver_total_is_zero:
            return {
                "cost of sender {0} ({1}, stage {2}) can't move: driver {3} is zero over all "
                "receivers; "
                "send readings or add a driver to the chain",
                "科室 {0} 的成本 ({1}, 阶段 {2}) 无法分摊: 参数 {3} 对所有接收科室均为零; "
                "请补读数, 或在后备链中增加参数"};
        case driver_fell_back:
            return {
                "cost of sender {0} ({1}, stage {2}) went by {4}, because {3} is zero over all "
                "receivers",
                "科室 {0} 的成本 ({1}, 阶段 {2}) 改按 {4} 分摊, 因为 {3} 对所有接收科室均为零"};
        default:
            return {};
    }
}

/// How a plan's methods and made drivers meet a month.
FindingWords words_of_methods(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case plan_method_invalid:
            return {"stage {0} can't be run as written: {1}", "阶段 {0} 无法按所写执行: {1}"};
        case plan_rounding_needs_step:
            return {
                "rounding = \"cms_form\" goes with methods outward and sequential only; change the "
                "method of stage {0} or the rounding",
                "rounding = \"cms_form\" 仅适用于 outward 与 sequential; 请更改阶段 {0} "
                "的方法或改用 fen"};
        case plan_loop_closed:
            return {
                "{1} cost can't get out of {0}: these departments only serve each other; add a "
                "reading of a receiving department to one of them",
                "{1} 成本无法离开 {0}: 这些科室只互相服务; 请为其中之一补充接收科室的读数"};
        case plan_cannot_move:
            return {
                "{1} cost of department {0} will not move: driver {2} is zero over all its "
                "receivers; send readings or add a driver to the chain",
                "科室 {0} 的 {1} 成本将无法分出: 参数 {2} 对其所有接收科室均为零; "
                "请补读数或增加后备参数"};
        case driver_formula_invalid:
            return {"driver {0} can't be made: {1}", "组合参数 {0} 无法生成: {1}"};
        case driver_term_is_zero:
            return {
                "a term of driver {0} counts nothing for sender {2} (stage {3}), because {1} is "
                "zero over all its targets; the other terms decide alone",
                "组合参数 {0} 对科室 {2} (阶段 {3}) 有一项不起作用, 因为 {1} 对其所有目标均为零; "
                "仅由其他项决定"};
        case driver_missing_for_month:
            return {
                "driver {0} has no reading this month, though a rule names it first; send its "
                "readings, or the chain falls back",
                "分摊参数 {0} 本月没有读数, 而规则以其为首选; 请补报读数, 否则将使用后备参数"};
        case iteration_residual:
            return {
                "after its passes stage {0} still held {1} among its senders, which then went "
                "outward; raise passes, or use method reciprocal",
                "阶段 {0} 各轮之后分出科室仍持有 {1}, 随后直接分出; 请增加 passes, 或改用 "
                "reciprocal"};
        case reciprocal_out_of_bounds:
            return {
                "the equations of stage {0} have no usable solution: almost nothing of what some "
                "departments pass to each other gets out; look for a driver in the wrong unit",
                "阶段 {0} 的方程组没有可用的解: 有些科室之间几乎只互相分摊; 请查找单位有误的参数"};
        default:
            return {};
    }
}

/// What was used, charged and parked.
FindingWords words_of_use(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case weight_overflow:
            return {
                "the weights of {0} {1} are too large in sum; look for a quantity, equivalent or "
                "coefficient in the wrong unit",
                "{0} {1} 的权重总和过大; 请查找单位有误的数量、当量或系数"};
        case charge_line_parked:
            return {
                "line {1} of unknown encounter {0} is set aside with its charge of {2}; register "
                "the encounter, or leave it parked if it is no patient (check-up)",
                "未知就诊 {0} 的明细 {1} (费用 {2}) 已挂起; 请补登就诊, 若非患者 (如体检) "
                "可保留挂起"};
        case parked_share_exceeded:
            return {
                "charges of unknown encounters are {0} of {1}, above the allowed share {2}; "
                "register the encounters, or leave them parked if they are no patients (check-up) "
                "and raise max_parked_share in costing.toml",
                "未知就诊的费用为 {0}, 占 {1} 的比例超过允许的 {2}; 请补登就诊; 若非患者 (如体检), "
                "可保留挂起并调高 costing.toml 的 max_parked_share"};
        case net_quantity_negative:
            return {
                "encounter {0}, department {1}, item {2}: refunds exceed the month's lines, net "
                "{3}; "
                "it moves no cost",
                "就诊 {0} 科室 {1} 项目 {2}: 退费超过本月明细, 净额 {3}; 不产生成本"};
        case pool_without_volume:
            return {
                "department {0} has {1} cost of {2} but nobody used it this month; it stays "
                "unallocated. Book drug and material cost on the department that executes the "
                "lines, or send its charge lines",
                "科室 {0} 有{1}成本 {2}, 但本月无人使用, 记为未分配; "
                "请将药品、卫生材料成本记到执行科室, 或补报其收费明细"};
        case lines_without_pool:
            return {
                "department {0} has no {1} cost, but {2} rows of use; they carry no cost. Book "
                "drug and material cost on the department that executes the lines",
                "科室 {0} 没有{1}成本, 却有 {2} 行用量, 不承担成本; "
                "请将药品、卫生材料成本记到执行明细的科室"};
        case ledger_is_empty:
            return {"the ledger has no line, so every cost would be zero; send the ledger first",
                    "总账没有明细, 成本将全部为零; 请先提供总账"};
        case opening_stay_missing:
            return {
                "stay {0} was admitted on {1} but prior/ does not carry it; its earlier cost is "
                "missing unless it was registered late",
                "住院 {0} 于 {1} 入院, 但 prior/ 中没有; 若非补登, 其以前月份的成本会缺失"};
        case discharge_registered_late:
            return {
                "stay {0} was discharged on {1}, before this month, and is counted with this "
                "month's discharges",
                "住院 {0} 于 {1} 出院 (早于本月, 补登), 计入本月出院"};
        case prior_differs_from_result:
            return {
                "{0} is not what the result of the month before closed with; copy its closing/ "
                "again, unchanged",
                "{0} 与上月结果的期末不一致; 请重新原样复制其 closing/"};
        case prior_without_listing:
            return {
                "prior/manifest.json lists no tables, so the opening amounts are taken on trust; "
                "from the second month on, copy closing/ of the result of the month before",
                "prior/manifest.json 未列出各表, 期初金额未经核验; 从第二个月起请复制上月结果的 "
                "closing/"};
        default:
            return {};
    }
}

FindingWords words_of_bonus(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case indicator_without_value:
            return {
                "department {0} has no value of {1} this month; its weight goes to the other "
                "indicators",
                "科室 {0} 本月没有指标 {1} 的值; 其权重由其他指标分担"};
        case unit_without_staff:
            return {
                "department {0} has cases but no staff with a bonus coefficient; it gets no share",
                "科室 {0} 有病例但没有带绩效系数的职工; 不参与分配"};
        case bonus_pool_missing:
            return {"pool {0} is not in prior/carried_pools.csv; nothing is released",
                    "资金池 {0} 不在 prior/carried_pools.csv 中; 本月不释放"};
        case bonus_not_released:
            return {"{1} of pool {0} was not released, because no unit has any weight",
                    "资金池 {0} 的 {1} 未释放, 因为没有任何科室有权重"};
        default:
            return {};
    }
}

}  // namespace

std::string_view template_of(FindingCode code, Language language) {
    for (const auto words_of_part : {words_of_form,
                                     words_of_reference,
                                     words_of_validity,
                                     words_of_folder,
                                     words_of_costing,
                                     words_of_methods,
                                     words_of_use,
                                     words_of_item_tables,
                                     words_of_activities,
                                     words_of_move_rules,
                                     words_of_moves,
                                     words_of_balances,
                                     words_of_bonus,
                                     words_of_grouping,
                                     words_of_settlement_rows,
                                     words_of_settlement_steps,
                                     words_of_settlement_money,
                                     words_of_objects,
                                     words_of_results,
                                     words_of_payment,
                                     words_of_quality}) {
        const FindingWords words = words_of_part(code);
        if (!words.en.empty()) {
            return language == Language::zh ? words.zh : words.en;
        }
    }
    return name_of(code);
}

}  // namespace yuanliu::cli
