// Why this file: what the check found: in which file, row and column, what is wrong and how to mend it.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Badge } from '@/components/Badge';
import { DataGrid } from '@/components/grid/DataGrid';
import type { GridColumn } from '@/components/grid/types';
import { count } from '@/lib/format';
import { useNarrow } from '@/lib/hooks';

type Finding = Schemas['Finding'];
interface Row extends Finding {
  id: string;
  what: string;
  mend: string;
}

/** What stops the month comes first. */
const weight = { stop: 0, park: 1, warn: 2 } as const;
const tone = { stop: 'bad', park: 'warn', warn: 'plain' } as const;

/** The server's message says what is wrong, then, after a semicolon, the mend. */
export function told(message: string): { what: string; mend: string } {
  const at = /[;；]\s*/.exec(message);
  return at ? { what: message.slice(0, at.index), mend: message.slice(at.index + at[0].length) } : { what: message, mend: '' };
}

export function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const rows = useMemo(() => findings.map((finding, index): Row => ({ ...finding, ...told(finding.message), id: String(index) })).sort((a, b) => weight[a.severity] - weight[b.severity]), [findings]);
  const columns = useMemo((): GridColumn<Row>[] => [
    { id: 'severity', header: t('job.severity'), width: 96, cell: (row) => <Badge tone={tone[row.severity]}>{t(`severity.${row.severity}`)}</Badge> },
    { id: 'file', header: t('job.file'), width: 176, cell: (row) => <span className="wrap">{row.file}</span> },
    { id: 'row', header: t('job.row'), width: 72, numeric: true, cell: (row) => (row.row ? count(row.row) : '—') },
    { id: 'column', header: t('job.column'), width: 130, cell: (row) => <span className="wrap">{row.column || '—'}</span> },
    { id: 'what', header: t('job.what'), width: 240, grow: 1, cell: (row) => <span className="wrap">{row.what}</span> },
    { id: 'mend', header: t('job.mend'), width: 240, grow: 1, cell: (row) => <span className="wrap">{row.mend}</span> },
  ], [t]);
  return (
    <section>
      <h2>{t('job.findings')} <span className="muted">{findings.length ? t('job.findingCount', { count: findings.length }) : ''}</span></h2>
      {findings.length === 0 ? <p className="muted">{t('job.noFindings')}</p> : narrow ? (
        <ul className="cards">
          {rows.slice(0, 200).map((row) => (
            <li key={row.id} className="card">
              <h3><Badge tone={tone[row.severity]}>{t(`severity.${row.severity}`)}</Badge> {[row.file, row.row ? `${t('job.row')} ${count(row.row)}` : '', row.column].filter(Boolean).join(' · ')}</h3>
              <p>{row.what}</p><p className="muted">{row.mend}</p>
            </li>
          ))}
        </ul>
      ) : <DataGrid label={t('job.findings')} columns={columns} rows={rows} rowId={(row) => row.id} empty={t('job.noFindings')} />}
    </section>
  );
}
