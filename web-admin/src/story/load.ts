// Why this file: finds out what one figure is, what it is made of and where it came from, whether the server explains it or the loaded rows do.
import type { QueryClient } from '@tanstack/react-query';
import type { Schemas } from '@/api/client';
import { caseQuery, casesQuery, explanationQuery, groupsQuery, type Basis, type Case, type Group } from '@/api/queries';
import { i18n, wordFor } from '@/i18n';
import { fenOf, isZero, negated, shown, shownNumber, sumOf } from '@/money';
import { addressOf, caseCell, groupCell, type FigureName } from './cells';

export interface StoryPart {
  id: string;
  label: string;
  formula: string;
  amount: string;
  cell: string | null;
  /** Source lines: what was weighed (charges) for a pool, the vouchers for the ledger. */
  lines: Schemas['SourceLine'][];
  kind: Schemas['ExplanationPart']['kind'] | 'case' | 'group';
  parts?: StoryPart[];
}

export interface StoryTerm {
  sign: '+' | '−' | '';
  label: string;
  amount: string;
  cell: string | null;
}

export interface Story {
  title: string;
  total: string;
  margin: boolean;
  notes: string[];
  terms: StoryTerm[];
  parts: StoryPart[];
  facts: { label: string; value: string }[];
}

type Figures = Record<FigureName, string>;
const isMargin = (figure: FigureName) => figure === 'real_margin' || figure === 'policy_margin';
const figureName = (figure: FigureName) => i18n.t(`figure.${figure}`);

function termsOf(row: Figures, figure: FigureName, cell: (figure: FigureName) => string): StoryTerm[] {
  if (!isMargin(figure)) return [];
  const against: FigureName = figure === 'real_margin' ? 'cost' : 'charge';
  return [
    { sign: '', label: figureName('payment'), amount: row.payment, cell: cell('payment') },
    { sign: '−', label: figureName(against), amount: row[against], cell: cell(against) },
  ];
}

function notesOf(figure: FigureName, basis: string): string[] {
  if (figure === 'real_margin') return [i18n.t('story.realFormula')];
  if (figure === 'policy_margin') return [i18n.t('story.policyFormula')];
  if (figure === 'charge') return [i18n.t('story.chargeNote')];
  if (figure === 'cost') return [i18n.t('story.costFormula')];
  return [i18n.t(basis === 'dip' ? 'story.paymentDip' : basis === 'charges' ? 'story.paymentCharges' : 'story.paymentRatio')];
}

function caseStory(row: Case, figure: FigureName): Story {
  const facts = [{ label: i18n.t('story.how'), value: [row.group || i18n.t(`status.${row.status}`), row.level ? wordFor('level', row.level) : '', row.deciding_codes].filter(Boolean).join(' · ') }];
  if (row.basis === 'dip') {
    facts.push({ label: i18n.t('story.points'), value: shownNumber(row.points, 4) });
    if (row.deviation) facts.push({ label: i18n.t('story.deviation'), value: i18n.t(`deviation.${row.deviation}`) });
  }
  return {
    title: i18n.t('story.of', { what: i18n.t('story.caseFigure', { record: row.record_number || row.encounter }), figure: figureName(figure) }), total: row[figure], margin: isMargin(figure),
    notes: notesOf(figure, row.basis), terms: termsOf(row, figure, (name) => caseCell(row.encounter, name)), parts: [], facts,
  };
}

async function groupStory(client: QueryClient, period: string, basis: Basis, group: string, figure: FigureName): Promise<Story> {
  const list = await client.fetchQuery(groupsQuery(period, 'real_margin', basis));
  const row = list.groups.find((one) => one.group === group);
  const first = await client.fetchInfiniteQuery({ ...casesQuery(period, basis, group), pages: 100 });
  const cases = first.pages.flatMap((page) => page.cases);
  const total = row?.[figure] ?? sumOf(cases.map((one) => one[figure]));
  const parts = cases.map((one): StoryPart => ({
    id: one.encounter, label: one.record_number || one.encounter, formula: [one.department_name, one.deviation && one.deviation !== 'normal' ? i18n.t(`deviation.${one.deviation}`) : ''].filter(Boolean).join(' · '),
    amount: one[figure], cell: caseCell(one.encounter, figure), lines: [], kind: 'case',
  }));
  const name = row ? groupName(row) : group;
  return {
    title: i18n.t('story.of', { what: name, figure: figureName(figure) }), total, margin: isMargin(figure), notes: [...notesOf(figure, basis), i18n.t('story.sumOfCases')],
    terms: row ? termsOf(row, figure, (other) => groupCell(basis, group, other)) : [], parts, facts: [],
  };
}

async function totalStory(client: QueryClient, period: string, basis: string, figure: FigureName): Promise<Story> {
  const list = await client.fetchQuery(groupsQuery(period, 'real_margin', basis ? (basis as Basis) : undefined));
  const parts = list.groups.map((one): StoryPart => ({
    id: `${one.basis}/${one.group}`, label: groupName(one), formula: `${i18n.t(`basis.${one.basis}`)} · ${i18n.t('story.count')} ${one.cases}`, amount: one[figure], cell: groupCell(one.basis, one.group, figure), lines: [], kind: 'group',
  }));
  return {
    title: i18n.t('story.of', { what: basis ? i18n.t(`basis.${basis as Basis}`) : i18n.t('story.allGroups'), figure: figureName(figure) }), total: list.totals[figure], margin: isMargin(figure),
    notes: [...notesOf(figure, 'dip').slice(0, figure === 'payment' ? 0 : 1), i18n.t('story.sumOfGroups')], terms: termsOf(list.totals, figure, (other) => `total:${encodeURIComponent(basis)}:${other}`), parts, facts: [],
  };
}

export function groupName(group: Pick<Group, 'group' | 'name'>): string {
  if (group.group === '~ungrouped') return i18n.t('groups.ungrouped');
  if (group.group === '~uncoded') return i18n.t('groups.uncoded');
  return group.name ? `${group.group} ${group.name}` : group.group;
}

/** Many parts of several kinds are folded by kind, each with its exact subtotal. */
function folded(parts: StoryPart[]): StoryPart[] {
  const kinds = [...new Set(parts.map(({ kind }) => kind))];
  if (parts.length <= 12 || kinds.length < 2) return parts;
  return kinds.map((kind): StoryPart => {
    const own = parts.filter((part) => part.kind === kind);
    return { id: `kind-${kind}`, label: i18n.t(`kind.${kind}`), formula: i18n.t('story.kindSum'), amount: sumOf(own.map(({ amount }) => amount)), cell: null, lines: [], kind, parts: own };
  });
}

function serverStory(explanation: Schemas['Explanation']): Story {
  const parts = explanation.parts.map((part, index): StoryPart => ({ id: String(index), label: part.label, formula: part.formula, amount: part.amount, cell: part.cell, lines: part.lines ?? [], kind: part.kind }));
  const kinds = [...new Set(parts.map(({ kind }) => kind))];
  const sums = kinds.map((kind) => ({ kind, amount: sumOf(parts.filter((part) => part.kind === kind).map(({ amount }) => amount)) })).filter(({ amount }) => !isZero(amount));
  const terms = sums.map(({ kind, amount }, index): StoryTerm => {
    const negative = fenOf(amount) < 0n;
    return { sign: index === 0 && !negative ? '' : negative ? '−' : '+', label: i18n.t(`kind.${kind}`), amount: negative ? negated(amount) : amount, cell: null };
  });
  const patient = explanation.cell.startsWith('patient:');
  return {
    title: i18n.t('story.of', { what: patient ? i18n.t('story.encounterFigure', { encounter: explanation.title }) : explanation.title, figure: figureName('cost') }), total: explanation.total, margin: false,
    notes: patient ? [i18n.t('story.costFormula')] : [], terms, parts: folded(parts), facts: [],
  };
}

export async function loadStory(client: QueryClient, period: string, cell: string): Promise<Story> {
  const address = addressOf(cell);
  switch (address.kind) {
    case 'case': return caseStory((await client.fetchQuery(caseQuery(period, address.encounter))).case, address.figure);
    case 'group': return groupStory(client, period, address.basis as Basis, address.group, address.figure);
    case 'total': return totalStory(client, period, address.basis, address.figure);
    case 'server': return serverStory(await client.fetchQuery(explanationQuery(period, address.cell)));
  }
}

/** The formula in one line, with the numbers put in. */
export const formulaLine = ({ total, terms }: Story): string => `${shown(total)} = ${terms.map(({ sign, label, amount }) => `${sign ? `${sign} ` : ''}${label} ${shown(amount)}`).join(' ')}`;
