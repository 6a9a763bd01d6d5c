// Why this file: one section of a report as a table: head and key columns stay in sight, subtotals and totals stand out, and a wide table scrolls in its own box.
import { memo, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { useNarrow } from '@/lib/hooks';
import { isZero, shown, shownPlain } from '@/money';

type Section = Schemas['ReportSection'];
type Row = Schemas['ReportRow'];
type Column = Schemas['ReportColumn'];

/** Letters of a text that stays on one line. */
const longest = 16;
/** Rows drawn at first: more of them make a browser slow. */
const batch = 200;
const negative = (value: string) => value.startsWith('-');

function valueOf(kind: string, value: string, zero: string): ReactNode {
  if (kind === 't' || value === '') return value;
  if (kind !== 'a') return shownPlain(value);
  return isZero(value) ? <><span aria-hidden="true">—</span><span className="hidden">{zero}</span></> : shown(value);
}

/** Cells above several columns, and those that reach down both lines. */
function heads(columns: Column[]): { above: { title: string; span: number; first: number; alone: boolean }[]; two: boolean } {
  const above: { title: string; span: number; first: number; alone: boolean }[] = [];
  columns.forEach(({ title, group }, index) => {
    const last = above.at(-1);
    if (group && last && !last.alone && last.title === group) last.span += 1;
    else above.push({ title: group || title, span: 1, first: index, alone: !group });
  });
  return { above, two: columns.some(({ group }) => group) };
}

const Line = memo(function Line({ row, keys, lefts, zero }: { row: Row; keys: number; lefts: number[]; zero: string }) {
  return (
    <tr className={row.style}>
      {row.cells.map((value, at) => {
        const kind = row.kinds[at] ?? 't';
        const sticky = at < lefts.length;
        const tone = `${kind !== 't' ? 'numeric' : value.length > longest ? 'text long' : 'text'}${sticky ? ' key' : ''}${kind !== 't' && negative(value) ? ' deficit' : ''}`;
        const place = sticky ? { left: lefts[at] } : undefined;
        return at === 0 && keys > 0
          ? <th key={at} scope="row" className={tone} style={place}>{valueOf(kind, value, zero)}</th>
          : <td key={at} className={tone} style={place}>{valueOf(kind, value, zero)}</td>;
      })}
    </tr>
  );
});

export function Sheet({ section, name }: { section: Section; name: string }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [limit, setLimit] = useState(batch);
  const [lefts, setLefts] = useState<number[]>([]);
  const table = useRef<HTMLTableElement>(null);
  const { above, two } = heads(section.columns);
  const sticky = narrow ? Math.min(1, section.key_columns) : section.key_columns;
  useLayoutEffect(() => {
    const shownTable = table.current;
    const box = shownTable?.parentElement;
    if (!shownTable || !box) return undefined;
    // Each key column stands where those before it end; together they may take half of the box.
    const measure = () => {
      const places: number[] = [];
      let left = 0;
      for (const cell of [...shownTable.querySelectorAll<HTMLElement>('tbody > tr:first-child > *')].slice(0, sticky)) {
        if (places.length && left + cell.offsetWidth > box.clientWidth / 2) break;
        places.push(left);
        left += cell.offsetWidth;
      }
      setLefts((old) => (old.join() === places.join() ? old : places));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(shownTable);
    observer.observe(box);
    return () => observer.disconnect();
  }, [sticky, section, limit]);
  const kindOf = (at: number) => (section.rows[0]?.kinds[at] === 't' || !section.rows.length ? 'text' : 'numeric');
  const headClass = (at: number) => `${kindOf(at)}${at < lefts.length ? ' key' : ''}`;
  const headPlace = (at: number) => (at < lefts.length ? { left: lefts[at] } : undefined);
  const zero = t('figure.zero');
  const rest = section.rows.length - limit;
  return (
    <section className="sheet-section">
      {section.caption ? <h2>{section.caption}</h2> : null}
      <div className="sheet" role="region" tabIndex={0} aria-label={section.caption || name}>
        <table ref={table}>
          <thead>
            <tr>{above.map(({ title, span, first, alone }) => <th key={first} scope={alone ? 'col' : 'colgroup'} colSpan={span} rowSpan={two && alone ? 2 : 1} className={alone ? headClass(first) : 'over'} style={alone ? headPlace(first) : undefined}>{title}</th>)}</tr>
            {two ? <tr>{section.columns.map(({ title, group }, at) => (group ? <th key={at} scope="col" className={kindOf(at)}>{title}</th> : null))}</tr> : null}
          </thead>
          <tbody>{section.rows.slice(0, limit).map((row, index) => <Line key={index} row={row} keys={section.key_columns} lefts={lefts} zero={zero} />)}</tbody>
        </table>
        {section.rows.length ? null : <p className="muted sheet-none">{t('report.noRows')}</p>}
      </div>
      {rest > 0 ? <button type="button" className="more" onClick={() => setLimit(section.rows.length)}>{t('report.moreRows', { count: rest })}</button> : null}
      {section.notes.map((note, index) => <p key={index} className="muted small">{note}</p>)}
    </section>
  );
}
