// Why this file: the addresses of figures. The server explains patients and departments; the figures of cases, groups and totals are opened here into those.
export const figures = ['charge', 'payment', 'cost', 'policy_margin', 'real_margin'] as const;
export type FigureName = (typeof figures)[number];

export type CellAddress =
  | { kind: 'case'; encounter: string; figure: FigureName }
  | { kind: 'group'; basis: string; group: string; figure: FigureName }
  | { kind: 'total'; basis: string; figure: FigureName }
  | { kind: 'server'; cell: string };

const pack = (...parts: string[]) => parts.map(encodeURIComponent).join(':');
export const caseCell = (encounter: string, figure: FigureName) => (figure === 'cost' ? `patient:${encounter}` : pack('case', encounter, figure));
export const groupCell = (basis: string, group: string, figure: FigureName) => pack('group', basis, group, figure);
export const totalCell = (basis: string, figure: FigureName) => pack('total', basis, figure);

const figureOf = (text: string | undefined): FigureName | undefined => figures.find((name) => name === text);

export function addressOf(cell: string): CellAddress {
  const [kind, ...rest] = cell.split(':').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const figure = figureOf(rest.at(-1));
  if (kind === 'case' && figure && rest.length === 2) return { kind, encounter: rest[0] ?? '', figure };
  if (kind === 'group' && figure && rest.length === 3) return { kind, basis: rest[0] ?? '', group: rest[1] ?? '', figure };
  if (kind === 'total' && figure && rest.length === 2) return { kind, basis: rest[0] ?? '', figure };
  return { kind: 'server', cell };
}
