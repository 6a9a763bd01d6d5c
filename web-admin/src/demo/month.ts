// Why this file: gives the compact demonstration month its names back, and answers questions about it as the server would.
import type { Schemas } from '@/api/client';
import { compareNumbers, fenOf, sumOf } from '@/money';
import raw from './month.json';

type LedgerRow = [amount: string, item: string, fund: string, reference: string, account: string, text: string, row: number];
type TransferRow = [amount: string, item: string, fund: string, sender: string, formula: string];
type LineRow = [reference: string, text: string, quantity: string | null, amount: string, file: string, row: number];

interface CompactPart extends Omit<Schemas['ExplanationPart'], 'lines'> {
  lines?: LineRow[];
}

interface DemoMonth extends Pick<Schemas['Summary'], 'hospital' | 'hospital_name' | 'period' | 'run_id' | 'result_hash' | 'cost_bridge' | 'charge_bridge' | 'profit' | 'residual'> {
  month_hash: string;
  feeds: Schemas['Month']['feeds'];
  totals: Pick<Schemas['Summary'], 'ledger' | 'excluded' | 'direct' | 'patients' | 'parked' | 'unallocated'>;
  departments: Record<string, string>;
  cost_items: Record<string, string>;
  groups: Schemas['Group'][];
  cases: Schemas['Case'][];
  case_stories: Record<string, Record<string, Omit<Schemas['Explanation'], 'run_id' | 'cell' | 'parts'> & { parts: CompactPart[] }>>;
  case_parts: Record<string, Schemas['CostPart'][]>;
  patients: Record<string, CompactPart[]>;
  department_rows: Record<string, (LedgerRow | TransferRow)[]>;
}

export const month = raw as unknown as DemoMonth;
const names = new Map(month.groups.map(({ group, name }) => [group, name]));
for (const stay of month.cases) stay.group_name = names.get(stay.group) ?? '';

export const summary = (): Schemas['Summary'] => {
  const { hospital, hospital_name, period, run_id, result_hash, cost_bridge, charge_bridge, profit, residual, totals } = month;
  return { hospital, hospital_name, period, run_id, result_hash, ...totals, cost_bridge, charge_bridge, profit, residual };
};

const amounts = ['charge', 'payment', 'cost', 'policy_margin', 'real_margin'] as const;

export function groups(sort: string, basis: string | null): Schemas['GroupList'] {
  const chosen = month.groups.filter((group) => !basis || group.basis === basis);
  const falling = sort.startsWith('-');
  const key = sort.replace('-', '') as 'group' | 'cases' | (typeof amounts)[number];
  const compare = (a: Schemas['Group'], b: Schemas['Group']) =>
    key === 'group' ? (a.group < b.group ? -1 : 1) : compareNumbers(String(a[key]), String(b[key]));
  const totals: Schemas['Group'] = {
    basis: 'dip', group: '', name: '', cmi: null, points: '0', cases: chosen.reduce((sum, group) => sum + group.cases, 0),
    charge: '', payment: '', cost: '', policy_margin: '', real_margin: '',
  };
  for (const field of amounts) totals[field] = sumOf(chosen.map((group) => group[field]));
  return { run_id: month.run_id, groups: [...chosen].sort((a, b) => (falling ? compare(b, a) : compare(a, b))), totals };
}

const linesOf = (rows: LineRow[]): Schemas['SourceLine'][] => rows.map(([reference, text, quantity, amount, file, row]) => ({ reference, text, quantity, amount, file, row }));

/** The sum of a group's cases, each of which opens further. */
function groupExplanation(cell: string): Schemas['Explanation'] | undefined {
  const [, basis, group, figure = 'cost'] = cell.split(':');
  const own = month.cases.filter((stay) => stay.basis === basis && (stay.group || `~${stay.status}`) === group);
  const field = amounts.find((name) => name === figure);
  if (!own.length || !field) return undefined;
  return {
    run_id: month.run_id, cell, title: `${group} ${month.groups.find((row) => row.group === group)?.name ?? ''}`, total: sumOf(own.map((stay) => stay[field])), rule: 'sum_of_cases', formula: `${own.length} 个病例合计`,
    quantities: [{ name: 'cases', label: '例数', value: String(own.length) }],
    parts: own.map((stay) => ({ amount: stay[field], kind: 'stay', label: `${stay.encounter} · ${stay.department_name}`, formula: '', cell: field === 'cost' ? `patient:${stay.encounter}` : `case:${stay.encounter}:${field}` })),
  };
}

export function explanation(cell: string): Schemas['Explanation'] | undefined {
  const [kind, code = '', item, fund] = cell.split(':');
  if (kind === 'group') return groupExplanation(cell);
  if (kind === 'case') {
    const story = month.case_stories[code]?.[item ?? ''];
    return story && { ...story, run_id: month.run_id, cell, parts: story.parts.map((part) => ({ ...part, lines: linesOf(part.lines ?? []) })) };
  }
  if (kind === 'patient') {
    const stay = month.cases.find(({ encounter }) => encounter === code);
    const parts = month.patients[code];
    if (!stay || !parts) return undefined;
    return { run_id: month.run_id, cell, title: `${stay.record_number} · ${stay.department_name}`, total: stay.cost, parts: parts.map((part) => ({ ...part, lines: linesOf(part.lines ?? []) })) };
  }
  const rows = month.department_rows[code];
  if (kind !== 'department' || !rows) return undefined;
  const parts = rows.filter((row) => (!item || row[1] === item) && (!fund || row[2] === fund)).map((row): Schemas['ExplanationPart'] => {
    const itemName = month.cost_items[row[1]] ?? row[1];
    if (row.length === 7) {
      const [amount, , , reference, account, text, line] = row;
      return { amount, kind: 'ledger', label: itemName, formula: '', cell: null, lines: [{ reference, text: `${account} ${text}`, quantity: null, amount, file: 'ledger.csv', row: line }] };
    }
    const [amount, rowItem, rowFund, sender, formula] = row;
    return { amount, kind: 'transfer', label: `${month.departments[sender] ?? sender} · ${itemName}`, formula, cell: `department:${sender}:${rowItem}:${rowFund}` };
  });
  const title = [month.departments[code] ?? code, item ? (month.cost_items[item] ?? item) : ''].filter(Boolean).join(' · ');
  return { run_id: month.run_id, cell, title, total: sumOf(parts.map(({ amount }) => amount)), parts };
}

export function balanced(): boolean {
  return month.cases.every((stay) => fenOf(sumOf((month.case_parts[stay.encounter] ?? []).map(({ cost }) => cost))) === fenOf(stay.cost));
}
