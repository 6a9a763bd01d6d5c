// Why this file: makes src/demo/month.json and reports.json, the small true month behind demo mode and tests, from a computed demonstration month.
// Usage: node scripts/demo-data.mjs YUANLIU_BINARY MONTH_DIR RESULT_DIR
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [binary, month, result] = process.argv.slice(2);
if (!result) {
  console.error('usage: node scripts/demo-data.mjs YUANLIU_BINARY MONTH_DIR RESULT_DIR');
  process.exit(2);
}
const fields = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)].slice(0, line.split(',').length).map((m) => m[1].replace(/^"|"$/g, '').replaceAll('""', '"'));
const table = (path) => {
  const [head, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const names = head.split(',');
  return rows.map((row) => Object.fromEntries(fields(row).map((value, i) => [names[i], value])));
};
const fen = (text) => BigInt(text.replace('.', ''));
const yuan = (value) => {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const byKey = (rows, key) => new Map(rows.map((row) => [row[key], row]));

const manifest = JSON.parse(readFileSync(`${month}/manifest.json`, 'utf8'));
const certificate = JSON.parse(readFileSync(`${result}/certificate.json`, 'utf8'));
const departments = byKey(table(`${month}/departments.csv`), 'department');
const encounters = byKey(table(`${month}/encounters.csv`), 'encounter');
const items = byKey(table(`${month}/cost_items.csv`), 'cost_item');
const dipNames = byKey(table(`${month}/dip_catalogue.csv`), 'group');
const caseRows = table(`${result}/cases.csv`);
const inStay = new Set(caseRows.map((row) => row.encounter));

const cases = caseRows.map((row) => ({
  encounter: row.encounter, record_number: encounters.get(row.encounter).record_number, department: row.department,
  department_name: departments.get(row.department).name, attending: row.attending, payer: row.payer, status: row.status, group: row.group,
  level: row.level, deciding_codes: row.deciding_codes, rw: row.rw || null, days: Number.parseInt(row.days, 10), deviation: row.deviation || null,
  points: row.points, basis: row.basis, charge: row.charge, payment: row.payment, cost: row.cost, policy_margin: row.policy_margin, real_margin: row.real_margin,
}));

const divide4 = (weight, count) => {
  const [whole, part = ''] = weight.split('.');
  const scaled = BigInt(whole + part.padEnd(7, '0'));
  const quotient = (scaled * 2n + BigInt(count) * 1000n) / (BigInt(count) * 2000n);
  const digits = quotient.toString().padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
};
const groupRows = table(`${result}/group_profit.csv`);
const groups = groupRows.map((row) => ({
  basis: row.basis, group: row.group, name: dipNames.get(row.group)?.name ?? '', cases: Number.parseInt(row.cases, 10),
  cmi: row.group.startsWith('~') ? null : divide4(row.rw_total, row.cases), points: row.points, charge: row.charge, payment: row.payment,
  cost: row.cost, policy_margin: row.policy_margin, real_margin: row.real_margin,
}));

const parts = new Map();
const add = (encounter, category, field, amount) => {
  if (!inStay.has(encounter)) return;
  const own = parts.get(encounter) ?? new Map();
  const part = own.get(category) ?? { opening: 0n, month: 0n };
  part[field] += fen(amount);
  own.set(category, part);
  parts.set(encounter, own);
};
for (const row of table(`${month}/prior/in_hospital.csv`)) add(row.encounter, row.cost_category, 'opening', row.cost);
for (const row of table(`${result}/patient_cost.csv`)) add(row.encounter, row.cost_category, 'month', row.cost);
const categories = ['staff', 'materials', 'drugs', 'depreciation', 'amortization', 'risk_fund', 'other_operating'];
const caseParts = Object.fromEntries(cases.map(({ encounter }) => [encounter, categories.flatMap((category) => {
  const part = parts.get(encounter)?.get(category);
  return part ? [{ cost_category: category, opening: yuan(part.opening), month: yuan(part.month), cost: yuan(part.opening + part.month) }] : [];
})]));

const explained = (cell) => JSON.parse(execFileSync(binary, ['explain', result, '--cell', cell, '--json', '--lang', 'zh'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
const explain = (cell) => explained(cell).parts;
const compactLine = ({ reference, text, quantity, amount, file, row }) => [reference, text, quantity, amount, file, row];
const caseStories = ({ encounter }) => Object.fromEntries(['charge', 'payment', 'policy_margin', 'real_margin'].map((figure) => {
  const { title, total, rule, formula, quantities, parts: own } = explained(`case:${encounter}:${figure}`);
  return [figure, { title, total, rule, formula, quantities, parts: own.map((part) => ({ ...part, lines: part.lines.map(compactLine) })) }];
}));
const value = (part, name) => part.quantities.find((quantity) => quantity.name === name).value;
const patientParts = ({ encounter }) => explain(`patient:${encounter}`).map(({ amount, kind, label, formula, cell, lines }) => ({
  amount, kind, label, formula, cell: cell && cell.replace(/^pool:(.+):\w+$/, 'department:$1'), ...(kind === 'pool' ? { lines: lines.map(compactLine) } : {}),
}));
// Compact rows: the page module src/demo/month.ts gives them their names back.
const departmentRows = (code) => explain(`department:${code}`).flatMap((part) => {
  const own = () => [value(part, 'cost_item'), value(part, 'fund_source')];
  if (part.kind === 'ledger') return part.lines.map((line) => [line.amount, ...own(), line.reference, line.text.split(' ')[0], line.text.split(' ').slice(1).join(' '), line.row]);
  return part.kind === 'transfer' ? [[part.amount, ...own(), part.cell.split(':')[1], part.formula]] : [];
});

writeFileSync(new URL('../src/demo/month.json', import.meta.url), `${JSON.stringify({
  hospital: manifest.hospital, hospital_name: manifest.hospital_name, period: manifest.period, feeds: manifest.feeds ?? {},
  month_hash: certificate.month_hash, run_id: certificate.run_id, result_hash: certificate.result_hash, totals: certificate.totals
    && Object.fromEntries(['ledger', 'excluded', 'direct', 'patients', 'parked', 'unallocated'].map((key) => [key, certificate.totals[key]])),
  cost_bridge: certificate.in_hospital_bridge.cost, charge_bridge: certificate.in_hospital_bridge.charge, profit: certificate.profit, residual: certificate.residual,
  departments: Object.fromEntries([...departments.values()].map(({ department, name }) => [department, name])),
  groups, cases, case_parts: caseParts,
  patients: Object.fromEntries(cases.map((row) => [row.encounter, patientParts(row)])),
  case_stories: Object.fromEntries(cases.map((row) => [row.encounter, caseStories(row)])),
  cost_items: Object.fromEntries([...items.values()].map(({ cost_item: item, name }) => [item, name])),
  department_rows: Object.fromEntries([...departments.keys()].map((code) => [code, departmentRows(code)])),
})}\n`);
const printed = (kind, ...more) => JSON.parse(execFileSync(binary, ['report', result, '--kind', kind, '--format', 'json', '--lang', 'zh', ...more], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
const ward = groupRows.length ? caseRows.find((row) => row.basis === 'dip').department : '';
writeFileSync(new URL('../src/demo/reports.json', import.meta.url), `${JSON.stringify({
  ...Object.fromEntries(['direct-cost', 'transfers', 'profit', 'reconciliation'].map((kind) => [kind, printed(kind)])),
  ...Object.fromEntries(['department', 'group-sheet'].map((kind) => [kind, printed(kind, '--department', ward)])),
})}\n`);
console.log(`${groups.length} groups, ${cases.length} cases`);
