// Why this file: the one table of the pages: sticky head and totals, only the rows in sight are drawn, order bound to the address, tree rows, keyboard and screen reader.
import { createExpandedRowModel, createSortedRowModel, rowExpandingFeature, rowSortingFeature, tableFeatures, useTable, type ColumnDef, type ExpandedState } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useId, useMemo, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridColumn, Order } from './types';
import { cellId, useGridKeys, type ActiveCell } from './useGridKeys';

const features = tableFeatures({ rowSortingFeature, rowExpandingFeature, sortedRowModel: createSortedRowModel(), expandedRowModel: createExpandedRowModel() });
const rowHeight = 34;

interface DataGridProps<Row extends object> {
  label: string;
  columns: GridColumn<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  order?: Order;
  onOrder?: (column: GridColumn<Row>) => void;
  /** The rows come sorted from the server. */
  sortedByServer?: boolean;
  subRows?: (row: Row) => Row[] | undefined;
  unfolded?: boolean;
  empty: ReactNode;
  busy?: boolean;
  maxHeight?: string;
}

const place = (column: { width: number; grow?: number }) => (column.grow ? `minmax(${column.width}px, ${column.grow}fr)` : `${column.width}px`);

export function DataGrid<Row extends object>(props: DataGridProps<Row>) {
  const { label, columns, rows, rowId, order, onOrder, sortedByServer = false, subRows, unfolded = false, empty, busy = false, maxHeight } = props;
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ExpandedState>(unfolded ? true : {});
  const tree = subRows !== undefined;

  const definitions = useMemo(() => columns.map((column): ColumnDef<typeof features, Row> => ({
    id: column.id, accessorFn: (row) => row, enableSorting: Boolean(column.sortable ?? column.compare),
    ...(column.compare ? { sortFn: (a, b) => column.compare?.(a.original, b.original) ?? 0 } : {}),
  })), [columns]);
  const sorting = useMemo(() => (order && columns.some((column) => column.id === order.id && (column.compare ?? column.sortable)) ? [order] : []), [order, columns]);
  const table = useTable({
    features, columns: definitions, data: rows, getRowId: (row, _index, parent) => (parent ? `${parent.id}/${rowId(row)}` : rowId(row)), manualSorting: sortedByServer,
    state: { sorting, expanded }, onExpandedChange: setExpanded, ...(subRows ? { getSubRows: subRows } : {}),
  });
  const model = table.getRowModel().rows;
  const totals = columns.some((column) => column.total !== undefined);

  const virtual = useVirtualizer({
    count: model.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 10, initialRect: { width: 1200, height: 800 },
    getItemKey: (index) => model[index]?.id ?? index, scrollPaddingStart: rowHeight + 4, scrollPaddingEnd: (totals ? rowHeight : 0) + 20,
  });

  const press = useCallback(({ row, column: at }: ActiveCell) => {
    const column = columns[at];
    if (!column) return;
    const target = model[row];
    if (row < 0) {
      if (column.sortable ?? column.compare) onOrder?.(column);
    } else if (!target) column.openTotal?.();
    else if (target.subRows.length && at === 0) target.toggleExpanded();
    else if (column.opens?.(target.original) ?? true) column.open?.(target.original);
  }, [columns, model, onOrder]);
  const unfold = useCallback(({ row }: ActiveCell, open: boolean) => {
    const target = model[row];
    if (!target?.subRows.length || target.getIsExpanded() === open) return false;
    target.toggleExpanded(open);
    return true;
  }, [model]);
  const scrollToRow = useCallback((row: number) => virtual.scrollToIndex(row), [virtual]);
  const { active, setActive, onKeyDown } = useGridKeys({ id, rows: model.length, columns: columns.length, totals, page: 12, scrollToRow, press, unfold });

  const template: CSSProperties = { gridTemplateColumns: columns.map(place).join(' '), minWidth: columns.reduce((sum, column) => sum + column.width, 0) };
  const cell = (row: number, at: number) => ({
    id: cellId(id, row, at), 'aria-colindex': at + 1, ...(active.row === row && active.column === at ? { 'data-active': '' } : {}),
    onClick: () => { setActive({ row, column: at }); press({ row, column: at }); },
  });
  const kind = (column: GridColumn<Row>, at: number) => `cell${column.numeric ? ' numeric' : ''}${at === 0 ? ' first' : ''}`;

  return (
    <div
      ref={scroller} className="grid" role={tree ? 'treegrid' : 'grid'} tabIndex={0} aria-label={label} aria-busy={busy} aria-readonly="true" aria-describedby={`${id}-help`}
      aria-rowcount={model.length + 1 + (totals ? 1 : 0)} aria-colcount={columns.length} aria-activedescendant={cellId(id, active.row, active.column)}
      onKeyDown={onKeyDown} style={maxHeight ? { maxHeight } : undefined}
    >
      <div role="rowgroup" className="grid-head" style={{ minWidth: template.minWidth }}>
        <div role="row" aria-rowindex={1} className="grid-row" style={template}>
          {columns.map((column, at) => {
            const can = Boolean(column.sortable ?? column.compare);
            const direction = order?.id === column.id ? (order.desc ? 'descending' : 'ascending') : undefined;
            return (
              <div key={column.id} role="columnheader" className={`${kind(column, at)}${can ? ' sorts' : ''}`} {...(can ? { 'aria-sort': direction ?? 'none' } : {})} {...cell(-1, at)}>
                {column.header}
                {can ? <span className="arrow" aria-hidden="true">{direction ? (direction === 'descending' ? '↓' : '↑') : '↕'}</span> : null}
              </div>
            );
          })}
        </div>
      </div>
      <div role="rowgroup" className="grid-body" style={{ height: model.length ? virtual.getTotalSize() : undefined, minWidth: template.minWidth }}>
        {model.length === 0 ? <div role="row" className="grid-empty"><div role="gridcell">{empty}</div></div> : null}
        {virtual.getVirtualItems().map((item) => {
          const row = model[item.index];
          if (!row) return null;
          const folds = tree && row.subRows.length > 0;
          return (
            <div
              key={item.key} ref={virtual.measureElement} data-index={item.index} role="row" aria-rowindex={item.index + 2}
              {...(tree ? { 'aria-level': row.depth + 1 } : {})} {...(folds ? { 'aria-expanded': row.getIsExpanded() } : {})}
              className={`grid-row body${item.index % 2 ? ' odd' : ''}${folds ? ' folds' : ''}`} style={{ ...template, transform: `translateY(${item.start}px)` }}
            >
              {columns.map((column, at) => (
                <div key={column.id} role={at === 0 ? 'rowheader' : 'gridcell'} className={`${kind(column, at)}${column.open && (column.opens?.(row.original) ?? true) && !(folds && at === 0) ? ' opens' : ''}`} {...cell(item.index, at)}>
                  {tree && at === 0 ? <span className="fold" style={{ marginInlineStart: row.depth * 16 }} aria-hidden="true">{folds ? (row.getIsExpanded() ? '▾' : '▸') : ''}</span> : null}
                  {column.cell(row.original)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
      {totals && model.length ? (
        <div role="rowgroup" className="grid-foot" style={{ minWidth: template.minWidth }}>
          <div role="row" aria-rowindex={model.length + 2} className="grid-row" style={template}>
            {columns.map((column, at) => (
              <div key={column.id} role={at === 0 ? 'rowheader' : 'gridcell'} className={`${kind(column, at)}${column.openTotal ? ' opens' : ''}`} {...cell(model.length, at)}>{column.total}</div>
            ))}
          </div>
        </div>
      ) : null}
      <span id={`${id}-help`} hidden>{t('grid.help')}</span>
    </div>
  );
}
