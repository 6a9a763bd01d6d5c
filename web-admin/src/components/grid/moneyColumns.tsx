// Why this file: the five amounts that groups and cases share, as columns.
import type { TFunction } from 'i18next';
import { Figure } from '@/components/Figure';
import { compareNumbers, type Unit } from '@/money';
import { figures, type FigureName } from '@/story/cells';
import type { GridColumn } from './types';

interface Options<Row> {
  t: TFunction;
  unit: Unit;
  totals: Record<FigureName, string> | undefined;
  open: (row: Row, figure: FigureName) => void;
  openTotal: (figure: FigureName) => void;
  byServer: boolean;
}

export function moneyColumns<Row extends Record<FigureName, string>>({ t, unit, totals, open, openTotal, byServer }: Options<Row>): GridColumn<Row>[] {
  return figures.map((name) => {
    const margin = name.endsWith('margin');
    return {
      id: name, header: t(`figure.${name}`), width: unit === 'wan' ? 122 : 132, numeric: true,
      cell: (row) => <Figure amount={row[name]} unit={unit} margin={margin} />, open: (row) => open(row, name),
      ...(byServer ? { sortable: true } : { compare: (a: Row, b: Row) => compareNumbers(a[name], b[name]) }),
      ...(totals ? { total: <Figure amount={totals[name]} unit={unit} margin={margin} />, openTotal: () => openTotal(name) } : {}),
    };
  });
}
