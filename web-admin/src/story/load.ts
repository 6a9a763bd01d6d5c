// Why this file: finds out what one figure is, what it is made of and where it came from: the server explains cases, groups, patients and departments, the loaded rows only totals.
import type { QueryClient } from '@tanstack/react-query';
import type { Schemas } from '@/api/client';
import { explanationQuery, groupsQuery, type Basis, type Group } from '@/api/queries';
import { i18n, wordFor } from '@/i18n';
import { fenOf, isZero, negated, shown, sumOf } from '@/money';
import { addressOf, groupCell, type FigureName } from './cells';

export interface StoryPart {
  id: string;
  label: string;
  formula: string;
  amount: string;
  cell: string | null;
  /** Source lines: what was weighed (charges) for a pool, the vouchers for the ledger. */
  lines: Schemas['SourceLine'][];
  kind: Schemas['ExplanationPart']['kind'] | 'group';
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

function notesOf(figure: FigureName): string[] {
  if (figure === 'real_margin') return [i18n.t('story.realFormula')];
  if (figure === 'policy_margin') return [i18n.t('story.policyFormula')];
  return figure === 'charge' ? [i18n.t('story.chargeNote')] : figure === 'cost' ? [i18n.t('story.costFormula')] : [];
}

async function totalStory(client: QueryClient, period: string, basis: string, figure: FigureName): Promise<Story> {
  const list = await client.fetchQuery(groupsQuery(period, 'real_margin', basis ? (basis as Basis) : undefined));
  const parts = list.groups.map((one): StoryPart => ({
    id: `${one.basis}/${one.group}`, label: groupName(one), formula: `${i18n.t(`basis.${one.basis}`)} · ${i18n.t('story.count')} ${one.cases}`, amount: one[figure], cell: groupCell(one.basis, one.group, figure), lines: [], kind: 'group',
  }));
  return {
    title: i18n.t('story.of', { what: basis ? i18n.t(`basis.${basis as Basis}`) : i18n.t('story.allGroups'), figure: figureName(figure) }), total: list.totals[figure], margin: isMargin(figure),
    notes: [...notesOf(figure), i18n.t('story.sumOfGroups')], terms: termsOf(list.totals, figure, (other) => `total:${encodeURIComponent(basis)}:${other}`), parts, facts: [],
  };
}

export function groupName(group: Pick<Group, 'group' | 'name'>): string {
  if (group.group === '~ungrouped') return i18n.t('groups.ungrouped');
  if (group.group === '~uncoded') return i18n.t('groups.uncoded');
  return group.name ? `${group.group} ${group.name}` : group.group;
}

/** What a pool or department is made of, and many parts of several kinds, are folded by kind, each with its exact subtotal. */
function folded(parts: StoryPart[], cell: string): StoryPart[] {
  const kinds = [...new Set(parts.map(({ kind }) => kind))];
  const booked = /^(pool|department|transfer):/.test(cell);
  if (!parts.length || (!booked && (parts.length <= 12 || kinds.length < 2))) return parts;
  return kinds.map((kind): StoryPart => {
    const own = parts.filter((part) => part.kind === kind);
    return { id: `kind-${kind}`, label: i18n.t(`kind.${kind}`), formula: i18n.t('story.kindSum'), amount: sumOf(own.map(({ amount }) => amount)), cell: null, lines: [], kind, parts: own };
  });
}

/** What a quantity says, as a reader knows it: closed lists in words, numbers as they are. */
function quantityText({ name, value }: Schemas['ExplanationQuantity']): string {
  if (name === 'deviation' && (value === 'low' || value === 'normal' || value === 'high')) return i18n.t(`deviation.${value}`);
  if (name === 'level') return wordFor('level', value);
  if (name === 'status' && (value === 'grouped' || value === 'ungrouped' || value === 'uncoded')) return i18n.t(`status.${value}`);
  return /^-?\d+\.\d{2}$/.test(value) ? shown(value) : value;
}

function factsOf(explanation: Schemas['Explanation']): Story['facts'] {
  // A figure of one part stands on the numbers of that part too.
  const quantities = [...(explanation.quantities ?? []), ...(explanation.parts.length === 1 ? (explanation.parts[0]?.quantities ?? []) : [])];
  const seen = new Set<string>();
  return quantities.filter(({ name, value }) => name !== 'status' && value !== '' && !seen.has(name) && seen.add(name)).map((quantity) => ({ label: quantity.label, value: quantityText(quantity) }));
}

/** Cost is named by what it is of: a stay, a pool, a department. */
function costName(cell: string): string {
  const [kind = ''] = cell.split(':');
  if (kind === 'patient') return i18n.t('story.costOfStay');
  if (kind === 'pool') return i18n.t('story.costOfPool');
  return kind === 'department' ? i18n.t('story.costOfDepartment') : '';
}

function partOf(part: Schemas['ExplanationPart'], id: string): StoryPart {
  const parts = part.parts?.map((one, index) => partOf(one, `${id}.${index}`));
  return { id, label: part.label, formula: part.formula, amount: part.amount, cell: part.cell, lines: part.lines ?? [], kind: part.kind, ...(parts?.length ? { parts } : {}) };
}

function serverStory(explanation: Schemas['Explanation'], figure: FigureName): Story {
  const parts = explanation.parts.map((part, index) => partOf(part, String(index)));
  const kinds = [...new Set(parts.map(({ kind }) => kind))];
  const sums = kinds.map((kind) => ({ kind, own: parts.filter((part) => part.kind === kind) })).map(({ kind, own }) => ({ kind, cell: own.length === 1 ? (own[0]?.cell ?? null) : null, amount: sumOf(own.map(({ amount }) => amount)) })).filter(({ amount }) => !isZero(amount));
  const margin = isMargin(figure);
  const terms = sums.length < 2 ? [] : sums.map(({ kind, amount, cell }, index): StoryTerm => {
    const negative = fenOf(amount) < 0n;
    return { sign: index === 0 && !negative ? '' : negative ? '−' : '+', label: i18n.t(`kind.${kind}`), amount: negative ? negated(amount) : amount, cell: margin ? cell : null };
  });
  const name = costName(explanation.cell);
  return {
    title: name ? i18n.t('story.of', { what: explanation.title, figure: name }) : explanation.title, total: explanation.total, margin,
    notes: explanation.cell.startsWith('patient:') ? [i18n.t('story.costFormula')] : explanation.formula ? [explanation.formula] : [], terms, parts: folded(parts, explanation.cell), facts: factsOf(explanation),
  };
}

export async function loadStory(client: QueryClient, period: string, cell: string): Promise<Story> {
  const address = addressOf(cell);
  if (address.kind === 'total') return totalStory(client, period, address.basis, address.figure);
  // The server's addresses are not packed: a code stands in them as it is.
  const asked = address.kind === 'case' ? `case:${address.encounter}:${address.figure}` : address.kind === 'group' ? `group:${address.basis}:${address.group}:${address.figure}` : address.cell;
  return serverStory(await client.fetchQuery(explanationQuery(period, asked)), address.kind === 'server' ? 'cost' : address.figure);
}

/** The formula in one line, with the numbers put in. */
export const formulaLine = ({ total, terms }: Story): string => `${shown(total)} = ${terms.map(({ sign, label, amount }) => `${sign ? `${sign} ` : ''}${label} ${shown(amount)}`).join(' ')}`;
