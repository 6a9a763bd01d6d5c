// Why this file: a few reports of the demonstration month, as the program printed them, and how one of its cases would be grouped by a catalogue.
import type { Schemas } from '@/api/client';
import { month } from './month';
import raw from './reports.json';

type Bare = Omit<Schemas['Report'], 'run_id' | 'result_hash' | 'kind'>;
const printed = raw as unknown as Record<string, Bare>;
const scopes: Schemas['Scope'][] = ['medical', 'medical_business', 'medical_full', 'hospital_full'];

const kind = (name: string, section: Schemas['ReportKind']['section'], title: string, changes: Partial<Schemas['ReportKind']> = {}): Schemas['ReportKind'] => ({ kind: name, section, title, scopes, by: [], department: 'none', available: true, reason: '', ...changes });

export const reportList = (): Schemas['ReportList'] => ({
  run_id: month.run_id, result_hash: month.result_hash,
  reports: [
    kind('direct-cost', 'cost', '医院各科室直接成本表（成本医01）'), kind('department', 'cost', '科室全成本单', { department: 'required' }), kind('transfers', 'allocation', '科室成本分摊汇总表'),
    kind('profit', 'profit', '盈亏表', { scopes: ['medical', 'medical_full', 'hospital_full'], by: ['group', 'department', 'attending', 'physician', 'payer', 'hospital'] }), kind('group-sheet', 'profit', '科室病组盈亏单', { scopes: ['medical', 'medical_full', 'hospital_full'], department: 'required' }),
    kind('reconciliation', 'reconciliation', '月末对账表', { scopes: [] }), kind('beds', 'object', '床位成本表', { available: false, reason: '月度文件夹中没有 beds.csv（开放床位）；请补充后重新导入并计算。' }),
  ],
  // Sheets of one department were printed.
  departments: Object.entries(month.departments).filter(([code]) => printed['group-sheet']?.title.includes(code)).map(([department, name]) => ({ department, name, class: department.startsWith('C') ? 'clinical' as const : 'administrative' as const, has_cases: month.cases.some((stay) => stay.department === department) })),
});

export function report(name: string): Schemas['Report'] | undefined {
  const found = printed[name];
  return found && { run_id: month.run_id, result_hash: month.result_hash, kind: name, ...found };
}

export function grouping(encounter: string): Schemas['CaseGrouping'] | undefined {
  const stay = month.cases.find((one) => one.encounter === encounter);
  if (!stay) return undefined;
  const codes = stay.deciding_codes.split(/[+;]/).filter(Boolean);
  const grouped = stay.status === 'grouped';
  return {
    run_id: month.run_id, encounter, catalogue: 'DEMO-DIP-1', status: stay.status, status_words: grouped ? '已入组' : '未入组', reason: grouped ? '' : 'no_rule', reason_words: grouped ? '' : '没有规则成立',
    level: grouped ? 'core' : '', level_words: grouped ? '核心病种' : '', group: stay.group, name: stay.group_name, diagnoses: codes.slice(0, 1), procedures: codes.slice(1), deciding_codes: codes,
    auxiliary: grouped ? { catalogue: 'DEMO-AUX', coefficient: '1.05', kind: 'age', kind_words: '年龄', band: 'A70', decided_by: '72', hits: 1, points: 0 } : null,
    steps: [
      { text: '阶段 1: 先期分组', depth: 0, outcome: 'begins', near: false }, { text: 'XQ-1 示例先期病组: 不成立: 没有手术操作匹配', depth: 1, outcome: 'fails', near: false },
      { text: '阶段 2: 基础规则, 核心病种', depth: 0, outcome: 'begins', near: false }, { text: `${stay.group.slice(0, 5)}-99 示例手术病组: 不成立: 没有手术操作匹配`, depth: 1, outcome: 'fails', near: true },
      ...(grouped ? [{ text: `${stay.group} ${stay.group_name}: 成立`, depth: 1, outcome: 'holds' as const, near: false }] : []),
    ],
  };
}
