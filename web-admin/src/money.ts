// Why this file: amounts stay decimal strings; sums and comparisons are whole fen in bigint, never binary floats.
export type Unit = 'yuan' | 'wan';

const minus = '\u2212';

export function fenOf(amount: string): bigint {
  const match = /^(-?)(\d+)\.(\d{2})$/.exec(amount);
  if (!match) throw new Error(`not an amount: ${amount}`);
  const value = BigInt(`${match[2]}${match[3]}`);
  return match[1] ? -value : value;
}

export function amountOf(fen: bigint): string {
  const digits = magnitude(fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export const sumOf = (amounts: Iterable<string>): string => {
  let total = 0n;
  for (const amount of amounts) total += fenOf(amount);
  return amountOf(total);
};

export const negated = (amount: string): string => amountOf(-fenOf(amount));
export const isNegative = (amount: string): boolean => fenOf(amount) < 0n;
export const isZero = (amount: string): boolean => fenOf(amount) === 0n;

const magnitude = (value: bigint) => (value < 0n ? -value : value);

/** Halves go away from zero, as everywhere in the method. */
function divided(value: bigint, by: bigint): bigint {
  const half = (magnitude(value) * 2n + by) / (by * 2n);
  return value < 0n ? -half : half;
}

const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** The figure as people read it: thousand separators, a true minus sign, two decimals of the unit. */
export function shown(amount: string, unit: Unit = 'yuan'): string {
  const exact = fenOf(amount);
  const digits = magnitude(unit === 'wan' ? divided(exact, 10000n) : exact).toString().padStart(3, '0');
  // What rounds to nothing keeps its sign: a small deficit stays one.
  return `${exact < 0n ? minus : ''}${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

/** A number or a percentage of a report with separators and a true minus sign; any other text as it is. */
export function shownPlain(text: string): string {
  const match = /^(-?)(\d+)((?:\.\d+)?%?)$/.exec(text);
  return match ? `${match[1] ? minus : ''}${grouped(match[2] ?? '')}${match[3] ?? ''}` : text;
}

interface Decimal {
  digits: bigint;
  scale: number;
}

function decimalOf(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`not a number: ${text}`);
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2]}${fraction}`);
  return { digits: match[1] ? -digits : digits, scale: fraction.length };
}

export function compareNumbers(left: string, right: string): number {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  const scale = Math.max(a.scale, b.scale);
  const difference = a.digits * 10n ** BigInt(scale - a.scale) - b.digits * 10n ** BigInt(scale - b.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Rates, weights and points at a fixed number of decimals. */
export function shownNumber(text: string, decimals: number): string {
  const { digits, scale } = decimalOf(text);
  const value = scale > decimals ? divided(digits, 10n ** BigInt(scale - decimals)) : digits * 10n ** BigInt(decimals - scale);
  const all = magnitude(value).toString().padStart(decimals + 1, '0');
  const whole = grouped(decimals ? all.slice(0, -decimals) : all);
  return `${value < 0n ? minus : ''}${whole}${decimals ? `.${all.slice(-decimals)}` : ''}`;
}
