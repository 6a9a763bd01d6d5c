// Why this file: what the check found: in which file, row and column, what is wrong and how to mend it.
import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Badge } from '@/components/Badge';
import { DataGrid } from '@/components/grid/DataGrid';
import type { GridColumn } from '@/components/grid/types';
import { count } from '@/lib/format';
import { useNarrow, useUrlState } from '@/lib/hooks';

type Finding = Schemas['Finding'];
export interface Row extends Finding {
  id: string;
  what: string;
  mend: string;
  /** The others of the same code in the same file; the first stands for all. */
  rows: Row[];
}

/** What stops the month comes first. */
const weight = { stop: 0, park: 1, warn: 2 } as const;
const tone = { stop: 'bad', park: 'warn', warn: 'plain' } as const;

/** The server's message says what is wrong, then, after a semicolon, the mend. */
export function told(message: string): { what: string; mend: string } {
  const at = /[;；]\s*/.exec(message);
  return at ? { what: message.slice(0, at.index), mend: message.slice(at.index + at[0].length) } : { what: message, mend: '' };
}

/** Faults of a file as a whole make others appear in its rows and in the files that refer to it: they come first, then rare codes before frequent ones. */
export function grouped(findings: Finding[]): Row[] {
  const kinds = new Map<string, Row>();
  findings.forEach((finding, index) => {
    const row: Row = { ...finding, ...told(finding.message), id: String(index), rows: [] };
    const key = [finding.severity, finding.file, finding.code].join('\n');
    const first = kinds.get(key);
    if (first) first.rows.push(row);
    else kinds.set(key, row);
  });
  const whole = (row: Row) => (row.row === 0 ? 0 : 1);
  return [...kinds.values()].sort((a, b) => weight[a.severity] - weight[b.severity] || whole(a) - whole(b) || a.rows.length - b.rows.length);
}

export function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [asked, setSeverity] = useUrlState('severity', '');
  const all = useMemo(() => grouped(findings), [findings]);
  const present = (['stop', 'park', 'warn'] as const).filter((one) => all.some(({ severity }) => severity === one));
  const severity = present.find((one) => one === asked);
  const rows = severity ? all.filter((row) => row.severity === severity) : all;
  const of = (one: Finding['severity']) => findings.filter((finding) => finding.severity === one).length;
  const columns = useMemo((): GridColumn<Row>[] => [
    { id: 'severity', header: t('job.severity'), width: 108, cell: (row) => <Badge tone={tone[row.severity]}>{t(`severity.${row.severity}`)}</Badge> },
    { id: 'file', header: t('job.file'), width: 176, cell: (row) => <span className="wrap">{row.file}</span> },
    { id: 'row', header: t('job.row'), width: 72, numeric: true, cell: (row) => (row.row ? count(row.row) : '—') },
    { id: 'column', header: t('job.column'), width: 130, cell: (row) => <span className="wrap">{row.column || '—'}</span> },
    { id: 'what', header: t('job.what'), width: 240, grow: 1, cell: (row) => <span className="wrap">{row.what}{row.rows.length ? <> <Badge>{t('job.equal', { count: row.rows.length + 1 })}</Badge></> : null}</span> },
    { id: 'mend', header: t('job.mend'), width: 240, grow: 1, cell: (row) => <span className="wrap">{row.mend}</span> },
  ], [t]);
  return (
    <section>
      <h2>{t('job.findings')} <span className="muted">{findings.length ? t('job.findingCount', { count: findings.length }) : ''}</span></h2>
      {present.length > 1 ? (
        <div className="row-do">
          <Segmented<string> aria-label={t('job.severity')} value={severity ?? ''} onChange={setSeverity} options={[{ value: '', label: t('job.severityAll', { count: findings.length }) }, ...present.map((one) => ({ value: one, label: `${t(`severity.${one}`)} ${count(of(one))}` }))]} />
        </div>
      ) : null}
      {findings.length === 0 ? <p className="muted">{t('job.noFindings')}</p> : narrow ? (
        <ul className="cards">
          {rows.slice(0, 200).map((row) => (
            <li key={row.id} className="card">
              <h3><Badge tone={tone[row.severity]}>{t(`severity.${row.severity}`)}</Badge> {[row.file, row.row ? `${t('job.row')} ${count(row.row)}` : '', row.column].filter(Boolean).join(' · ')}{row.rows.length ? <> <Badge>{t('job.equal', { count: row.rows.length + 1 })}</Badge></> : null}</h3>
              <p>{row.what}</p><p className="muted">{row.mend}</p>
            </li>
          ))}
        </ul>
      ) : <DataGrid label={t('job.findings')} columns={columns} rows={rows} rowId={(row) => row.id} {...(rows.some((row) => row.rows.length) ? { subRows: (row: Row) => row.rows } : {})} empty={t('job.noFindings')} />}
    </section>
  );
}
