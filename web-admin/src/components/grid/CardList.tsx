// Why this file: on a phone a row becomes a card, with the order in a list of its own; the totals stand in the figures above.
import { Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridColumn, Order } from './types';
import { textOf } from './types';

interface CardListProps<Row extends object> {
  label: string;
  columns: GridColumn<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  order: Order;
  setOrder: (order: Order) => void;
  heading: (row: Row) => ReactNode;
  /** Columns shown in the card, in this order. */
  show: string[];
  sortedByServer?: boolean;
  empty: ReactNode;
}

const batch = 50;

export function CardList<Row extends object>({ label, columns, rows, rowId, order, setOrder, heading, show, sortedByServer = false, empty }: CardListProps<Row>) {
  const { t } = useTranslation();
  const id = useId();
  const [limit, setLimit] = useState(batch);
  const shownColumns = show.flatMap((name) => columns.filter((column) => column.id === name));
  const compare = sortedByServer ? undefined : columns.find((column) => column.id === order.id)?.compare;
  const sorted = compare ? [...rows].sort((a, b) => (order.desc ? compare(b, a) : compare(a, b))) : rows;
  const options = columns.filter((column) => column.sortable ?? column.compare).flatMap((column) => [true, false].map((desc) => ({
    value: textOf({ id: column.id, desc }), label: `${column.header} · ${t(desc ? 'grid.sortDescending' : 'grid.sortAscending')}`,
  })));
  return (
    <section aria-label={label}>
      <div className="card-order">
        <label htmlFor={id}>{t('groups.sortBy')}</label>
        <Select id={id} value={textOf(order)} options={options} popupMatchSelectWidth={false} onChange={(value: string) => setOrder({ id: value.replace('-', ''), desc: value.startsWith('-') })} />
      </div>
      {rows.length === 0 ? <p className="muted">{empty}</p> : null}
      <ul className="cards">
        {sorted.slice(0, limit).map((row) => (
          <li key={rowId(row)} className="card">
            <h3>{heading(row)}</h3>
            <dl>{shownColumns.map((column) => <Pair key={column.id} name={column.header} open={column.open ? () => column.open?.(row) : undefined}>{column.cell(row)}</Pair>)}</dl>
          </li>
        ))}
      </ul>
      {sorted.length > limit ? <button type="button" className="more" onClick={() => setLimit(limit + batch)}>{t('story.more', { count: sorted.length - limit })}</button> : null}
    </section>
  );
}

function Pair({ name, open, children }: { name: string; open?: (() => void) | undefined; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{name}</dt>
      <dd>{open ? <button type="button" className="door" onClick={open} title={t('figure.why')}><span className="hidden">{name} </span>{children}</button> : children}</dd>
    </div>
  );
}
