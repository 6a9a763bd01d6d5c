// Why this file: one case: who treated it, how it was grouped, what was paid, and its whole-stay cost by category.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Schemas } from '@/api/client';
import { caseQuery } from '@/api/queries';
import { DataGrid } from '@/components/grid/DataGrid';
import type { GridColumn } from '@/components/grid/types';
import { Crumbs } from '@/components/Crumbs';
import { Figure } from '@/components/Figure';
import { Badge } from '@/components/Badge';
import { Loading } from '@/components/Loading';
import { Stale } from '@/components/Stale';
import { Strip } from '@/components/Strip';
import { Trouble } from '@/components/Trouble';
import { UnitSwitch } from '@/components/UnitSwitch';
import { wordFor } from '@/i18n';
import { count } from '@/lib/format';
import { useCarried, useNarrow, useTitle, useUnit } from '@/lib/hooks';
import { fenOf, shownNumber, sumOf, type Unit } from '@/money';
import { caseCell } from '@/story/cells';
import { groupName } from '@/story/load';
import { StoryDrawer } from '@/story/StoryDrawer';
import { useTrail } from '@/story/useTrail';
import { Grouping } from './Grouping';

type Part = Schemas['CostPart'];

/** Share in per mille, whole: only for showing. */
function share(part: string, total: string): number {
  const all = fenOf(total);
  return all > 0n ? Number((fenOf(part) * 1000n) / all) : 0;
}

function Parts({ parts, total, unit, open }: { parts: Part[]; total: string; unit: Unit; open: () => void }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const columns = useMemo((): GridColumn<Part>[] => {
    const amount = (id: 'opening' | 'month' | 'cost', header: string, sum: string): GridColumn<Part> => ({
      id, header, width: 104, numeric: true, cell: (part) => <Figure amount={part[id]} unit={unit} />, total: <Figure amount={sum} unit={unit} />, ...(id === 'cost' ? { openTotal: open } : {}),
    });
    return [
      { id: 'category', header: t('case.category'), width: 120, grow: 1, cell: (part) => t(`category.${part.cost_category}`), total: t('case.sum') },
      ...(narrow ? [] : [amount('opening', t('case.opening'), sumOf(parts.map(({ opening }) => opening))), amount('month', t('case.month'), sumOf(parts.map(({ month }) => month)))]),
      amount('cost', t('case.cost'), total),
      {
        id: 'share', header: t('case.share'), width: 130, numeric: true,
        cell: (part) => { const value = share(part.cost, total); return <span className="share"><span className="share-bar" aria-hidden="true"><span style={{ width: `${Math.max(0, Math.min(100, value / 10))}%` }} /></span><span className="share-value">{(value / 10).toFixed(1)}%</span></span>; },
      },
    ];
  }, [t, parts, total, unit, open, narrow]);
  return <DataGrid label={t('case.table', { unit: t(unit === 'wan' ? 'groups.wan' : 'groups.yuan') })} columns={columns} rows={parts} rowId={(part) => part.cost_category} empty={t('story.noParts')} />;
}

export function CasePage() {
  const { t } = useTranslation();
  const { period = '', encounter = '' } = useParams();
  const carried = useCarried();
  const [unit] = useUnit();
  const { open } = useTrail();
  const query = useQuery(caseQuery(period, encounter));
  const row = query.data?.case;
  const record = row?.record_number || encounter;
  useTitle(t('case.title', { record }));
  const openCost = useMemo(() => () => open(caseCell(encounter, 'cost')), [open, encounter]);
  if (query.error && !row) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  if (!row || !query.data) return <Loading />;
  const key = row.group || `~${row.status}`;
  const groupText = groupName({ group: key, name: row.group_name });
  return (
    <>
      <Crumbs steps={[{ text: `${period} ${t('groups.title')}`, to: `/months/${period}/groups${carried}` }, { text: groupText, to: `/months/${period}/groups/${row.basis}/${encodeURIComponent(key)}${carried}` }, { text: record }]} />
      <div className="page-head">
        <h1>{t('case.title', { record })}</h1>
        <div className="row-do"><UnitSwitch /></div>
      </div>
      <Stale period={period} />
      <Strip label={t('case.figures')} row={row} unit={unit} open={(figure) => open(caseCell(row.encounter, figure))} />
      <div className="two">
        <section>
          <h2>{t('case.byCategory')}</h2>
          <Parts parts={query.data.parts} total={row.cost} unit={unit} open={openCost} />
        </section>
        <section>
          <h2>{t('case.facts')}</h2>
          <dl className="facts panel wide">
            <div><dt>{t('cases.encounter')}</dt><dd>{row.encounter}</dd></div>
            <div><dt>{t('cases.department')}</dt><dd>{row.department_name}</dd></div>
            <div><dt>{t('cases.attending')}</dt><dd>{row.attending || '—'}</dd></div>
            <div><dt>{t('cases.payer')}</dt><dd>{wordFor('payer', row.payer)} · {t(`basis.${row.basis}`)}</dd></div>
            <div><dt>{t('cases.days')}</dt><dd>{count(row.days)}</dd></div>
            <div><dt>{t('case.status')}</dt><dd>{t(`status.${row.status}`)}{row.deviation && row.deviation !== 'normal' ? <> <Badge tone={row.deviation === 'high' ? 'bad' : 'warn'}>{t(`deviation.${row.deviation}`)}</Badge></> : null}</dd></div>
            {row.group ? <div><dt>{t('case.group')}</dt><dd>{groupText}</dd></div> : null}
            {row.level ? <div><dt>{t('case.level')}</dt><dd>{wordFor('level', row.level)}</dd></div> : null}
            {row.deciding_codes ? <div><dt>{t('case.codes')}</dt><dd>{row.deciding_codes.replace(/\+(surgery|therapeutic|diagnostic|conservative)$/, (_all, one: 'surgery') => ` + ${t(`procedures.${one}`)}`)}</dd></div> : null}
            {row.rw ? <div><dt>{t('case.rw')}</dt><dd>{shownNumber(row.rw, 4)}</dd></div> : null}
            {row.basis === 'dip' ? <div><dt>{t('cases.points')}</dt><dd>{shownNumber(row.points, 4)}</dd></div> : null}
          </dl>
        </section>
      </div>
      <Grouping period={period} encounter={encounter} />
      <StoryDrawer period={period} />
    </>
  );
}
