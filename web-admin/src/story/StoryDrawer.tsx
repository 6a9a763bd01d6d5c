// Why this file: 来龙去脉: what a figure is, what it is made of to the fen, and the way down to its source lines.
import { CloseOutlined, LeftOutlined } from '@ant-design/icons';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/api/client';
import { DataGrid } from '@/components/grid/DataGrid';
import type { GridColumn } from '@/components/grid/types';
import { Door, Figure } from '@/components/Figure';
import { ComputeAgain } from '@/components/Stale';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { useNarrow } from '@/lib/hooks';
import { i18n } from '@/i18n';
import { amountOf, fenOf, isZero, shown, shownNumber, sumOf } from '@/money';
import { formulaLine, loadStory, type Story, type StoryPart } from './load';
import { useTrail } from './useTrail';

interface Row {
  id: string;
  label: string;
  formula: string;
  amount: string;
  cell: string | null;
  aside: boolean;
  rows: Row[];
}

function rowOf(part: StoryPart): Row {
  const { t } = i18n;
  const place = (line: StoryPart['lines'][number]) => (line.file && line.row ? t('story.place', { file: line.file, row: line.row }) : line.file);
  const reference = (line: StoryPart['lines'][number]) => (line.file === 'ledger.csv' ? t('story.voucher', { voucher: line.reference }) : line.reference);
  const only = part.lines.length === 1 && part.kind === 'ledger' ? part.lines[0] : undefined;
  const lines = only ? [] : part.lines.map((line, index): Row => ({
    id: `line-${index}`, label: line.text, formula: [reference(line), place(line), line.quantity === null || line.text.includes('×') ? '' : `× ${shownNumber(line.quantity, line.quantity.includes('.') ? 2 : 0)}`].filter(Boolean).join(' · '),
    amount: line.amount, cell: null, aside: part.kind === 'pool', rows: [],
  }));
  return { id: part.id, label: part.label, formula: only ? [only.text, reference(only), place(only), part.formula].filter(Boolean).join(' · ') : part.formula, amount: part.amount, cell: part.cell, aside: false, rows: part.parts ? part.parts.map(rowOf) : lines };
}

function Made({ story, follow }: { story: Story; follow: (cell: string) => void }) {
  const { t } = useTranslation();
  const rows = useMemo(() => story.parts.map(rowOf), [story]);
  const sum = sumOf(story.parts.map(({ amount }) => amount));
  const difference = amountOf(fenOf(sum) - fenOf(story.total));
  const columns = useMemo((): GridColumn<Row>[] => [
    {
      id: 'part', header: t('story.part'), width: 190, grow: 1, total: t('story.sum'),
      cell: (row) => <span className="two-lines"><span>{row.label}</span>{row.formula ? <span className="muted small">{row.formula}</span> : null}</span>,
      open: (row) => { if (row.cell) follow(row.cell); }, opens: (row) => row.cell !== null,
    },
    {
      id: 'amount', header: t('story.amount'), width: 138, numeric: true, total: <><Figure amount={sum} margin={story.margin} /><span className="chevron" aria-hidden="true" /></>,
      cell: (row) => (row.aside ? <><span className="muted figure">({shown(row.amount)})</span><span className="chevron" aria-hidden="true" /></> : <><Figure amount={row.amount} margin={story.margin} /><span className="chevron" aria-hidden="true">{row.cell ? '›' : ''}</span></>),
      open: (row) => { if (row.cell) follow(row.cell); }, opens: (row) => row.cell !== null,
    },
  ], [t, sum, story.margin, follow]);
  const weighed = story.parts.some((part) => part.kind === 'pool' && part.lines.length);
  return (
    <section>
      <h3>{t('story.made')}</h3>
      {rows.length ? (
        <>
          <DataGrid label={t('story.readTable', { title: story.title })} columns={columns} rows={rows} rowId={(row) => row.id} {...(rows.some((row) => row.rows.length) ? { subRows: (row: Row) => row.rows } : {})} empty={t('story.noParts')} maxHeight="52dvh" />
          <p className={isZero(difference) ? 'check good' : 'check bad'} role="status">
            {isZero(difference) ? `✓ ${t('story.sum')} ${shown(sum)} ${t('story.equal')}` : `! ${t('story.differs', { amount: shown(difference) })}`}
          </p>
          {weighed ? <p className="muted small">{t('story.poolShare')} {t('story.basisLines')}</p> : null}
        </>
      ) : <p className="muted">{t('story.noParts')}</p>}
    </section>
  );
}

function Told({ story, follow }: { story: Story; follow: (cell: string) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <section>
        <h3>{t('story.what')}</h3>
        <p className="story-title">{story.title}</p>
        <p className="story-total"><Figure amount={story.total} margin={story.margin} /> <span className="muted">{t('groups.yuan')}</span></p>
        {story.notes.map((note) => <p key={note} className="muted">{note}</p>)}
        {story.terms.length ? <p className="formula" aria-label={t('story.formula')}>{formulaLine(story)}</p> : null}
        {story.terms.some(({ cell }) => cell) ? (
          <dl className="terms" aria-label={t('story.terms')}>
            {story.terms.map(({ sign, label, amount, cell }) => (
              <div key={label}><dt>{sign} {label}</dt><dd>{cell ? <Door label={label} amount={amount} open={() => follow(cell)} /> : <Figure amount={amount} />}</dd></div>
            ))}
          </dl>
        ) : null}
      </section>
      {story.facts.length ? (
        <section>
          <h3>{t('story.from')}</h3>
          <dl className="facts">{story.facts.map(({ label, value }) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
        </section>
      ) : null}
      {story.parts.length || !(story.terms.length || story.facts.length) ? <Made story={story} follow={follow} /> : null}
    </>
  );
}

/** The month was imported again after its run: nothing can be explained until it is computed. */
const changedSinceRun = (error: unknown) => error instanceof ProblemError && error.problem.code === 'month_changed_since_run';

export function StoryDrawer({ period }: { period: string }) {
  const { t, i18n } = useTranslation();
  const narrow = useNarrow();
  const client = useQueryClient();
  const { trail, set } = useTrail();
  const stories = useQueries({ queries: trail.map((cell) => ({ queryKey: ['story', period, cell, i18n.language], queryFn: () => loadStory(client, period, cell) })) });
  const current = stories.at(-1);
  const cell = trail.at(-1);
  const follow = useMemo(() => (next: string) => { if (next !== cell) set([...trail, next]); }, [set, trail, cell]);
  return (
    <Drawer
      open={trail.length > 0} onClose={() => set([])} size={narrow ? '100%' : 640} closable={false} destroyOnHidden
      title={<h2 className="drawer-title">{t('story.title')}</h2>} aria-label={t('story.title')}
      extra={<Button type="text" icon={<CloseOutlined />} aria-label={t('story.close')} onClick={() => set([])} />}
    >
      {trail.length > 1 ? (
        <nav className="trail" aria-label={t('story.trail')}>
          <Button size="small" icon={<LeftOutlined />} onClick={() => set(trail.slice(0, -1))}>{t('story.back')}</Button>
          {trail.map((step, index) => (
            <Fragment key={`${index}-${step}`}>
              {index ? <span className="muted" aria-hidden="true">›</span> : null}
              {index === trail.length - 1
                ? <span aria-current="step">{stories[index]?.data?.title ?? '…'}</span>
                : <button type="button" className="door plain-link" onClick={() => set(trail.slice(0, index + 1))}>{stories[index]?.data?.title ?? '…'}</button>}
            </Fragment>
          ))}
        </nav>
      ) : null}
      {current?.error ? <Trouble error={current.error} retry={() => void current.refetch()} instead={changedSinceRun(current.error) ? <ComputeAgain period={period} /> : undefined} /> : null}
      {current?.data ? <Told key={cell} story={current.data} follow={follow} /> : current?.isLoading ? <Loading /> : null}
    </Drawer>
  );
}
