// Why this file: what a page says about a column, and how an order is written in the address: `cost`, or `-cost` for falling.
import type { ReactNode } from 'react';

export interface GridColumn<Row> {
  id: string;
  header: string;
  width: number;
  grow?: number;
  numeric?: boolean;
  cell: (row: Row) => ReactNode;
  /** Makes the cell a door: click or Enter. */
  open?: (row: Row) => void;
  /** Which rows the door is in; all when not said. */
  opens?: (row: Row) => boolean;
  /** The server sorts by this column. */
  sortable?: boolean;
  /** The browser sorts by this column. */
  compare?: (a: Row, b: Row) => number;
  total?: ReactNode;
  openTotal?: () => void;
}

export interface Order {
  id: string;
  desc: boolean;
}

export const orderOf = (text: string): Order => (text.startsWith('-') ? { id: text.slice(1), desc: true } : { id: text, desc: false });
export const textOf = ({ id, desc }: Order): string => (desc ? `-${id}` : id);

/** A first click on figures shows the largest first, on words the first of the alphabet; the next turns it round. */
export const nextOrder = (current: Order, id: string, numeric: boolean): Order => (current.id === id ? { id, desc: !current.desc } : { id, desc: numeric });
