// Why this file: keyboard in a grid. Focus stays on the grid itself and `aria-activedescendant` names the cell, because virtual rows vanish under a focus of their own.
import { useCallback, useEffect, useState, type KeyboardEvent } from 'react';

export interface ActiveCell {
  /** -1 is the header, `rows` the totals row. */
  row: number;
  column: number;
}

interface Options {
  id: string;
  rows: number;
  columns: number;
  totals: boolean;
  page: number;
  scrollToRow: (row: number) => void;
  press: (cell: ActiveCell) => void;
  /** Opens or closes a tree row; false when there is nothing to open or close. */
  unfold: (cell: ActiveCell, open: boolean) => boolean;
}

export const cellId = (id: string, row: number, column: number) => `${id}-${row}-${column}`;

export function useGridKeys({ id, rows, columns, totals, page, scrollToRow, press, unfold }: Options) {
  const [active, setActive] = useState<ActiveCell>({ row: 0, column: 0 });
  const last = totals ? rows : rows - 1;
  const row = Math.max(-1, Math.min(active.row, last));
  const column = Math.min(active.column, columns - 1);

  useEffect(() => {
    document.getElementById(cellId(id, row, column))?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [id, row, column]);

  const move = useCallback((nextRow: number, nextColumn: number) => {
    const to = { row: Math.max(-1, Math.min(nextRow, last)), column: Math.max(0, Math.min(nextColumn, columns - 1)) };
    if (to.row >= 0 && to.row < rows) scrollToRow(to.row);
    setActive(to);
  }, [last, columns, rows, scrollToRow]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey || event.target !== event.currentTarget) return;
    const far = event.ctrlKey;
    switch (event.key) {
      case 'ArrowDown': move(far ? last : row + 1, column); break;
      case 'ArrowUp': move(far ? 0 : row - 1, column); break;
      case 'ArrowRight': if (column !== 0 || !unfold({ row, column }, true)) move(row, column + 1); break;
      case 'ArrowLeft': if (column !== 0 || !unfold({ row, column }, false)) move(row, column - 1); break;
      case 'Home': move(far ? 0 : row, 0); break;
      case 'End': move(far ? last : row, columns - 1); break;
      case 'PageDown': move(row + page, column); break;
      case 'PageUp': move(Math.max(row - page, 0), column); break;
      case 'Enter':
      case ' ': press({ row, column }); break;
      default: return;
    }
    event.preventDefault();
  };
  return { active: { row, column }, setActive, onKeyDown };
}
