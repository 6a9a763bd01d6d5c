// Why this file: the cases of one group, each with its charges, payment, cost and margins.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { casesQuery, groupsQuery, type Basis, type Case } from '@/api/queries';
import { CardList } from '@/components/grid/CardList';
import { DataGrid } from '@/components/grid/DataGrid';
import { moneyColumns } from '@/components/grid/moneyColumns';
import { nextOrder, orderOf, textOf, type GridColumn, type Order } from '@/components/grid/types';
import { Crumbs } from '@/components/Crumbs';
import { Badge } from '@/components/Badge';
import { Loading } from '@/components/Loading';
import { Stale } from '@/components/Stale';
import { Strip } from '@/components/Strip';
import { Trouble } from '@/components/Trouble';
import { UnitSwitch } from '@/components/UnitSwitch';
import { wordFor } from '@/i18n';
import { count } from '@/lib/format';
import { useCarried, useNarrow, useTitle, useUnit, useUrlState } from '@/lib/hooks';
import { compareNumbers, shownNumber } from '@/money';
import { caseCell, figures, groupCell, type FigureName } from '@/story/cells';
import { groupName } from '@/story/load';
import { StoryDrawer } from '@/story/StoryDrawer';
import { useTrail } from '@/story/useTrail';

const words = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function CasesPage() {
  const { t } = useTranslation();
  const { period = '', basis: basisText = '', group = '' } = useParams();
  const basis = basisText as Basis;
  const navigate = useNavigate();
  const narrow = useNarrow();
  const carried = useCarried();
  const [unit] = useUnit();
  const [sortText, setSortText] = useUrlState('sort', 'encounter');
  const order = orderOf(sortText);
  const { open } = useTrail();
  const groups = useQuery(groupsQuery(period, 'real_margin', basis));
  const list = useInfiniteQuery(casesQuery(period, basis, group));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  // The browser sorts, so it needs them all.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const row = groups.data?.groups.find((one) => one.group === group);
  const name = row ? groupName(row) : groupName({ group, name: '' });
  useTitle(t('cases.title', { group: name }));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.cases) ?? [], [list.data]);
  const columns = useMemo((): GridColumn<Case>[] => {
    const pathOf = (one: Case) => `/months/${period}/cases/${encodeURIComponent(one.encounter)}${carried}`;
    const openCase = (one: Case) => void navigate(pathOf(one));
    return [
      {
        id: 'encounter', header: t('cases.record'), width: 118, grow: 1, compare: (a, b) => words(a.record_number || a.encounter, b.record_number || b.encounter), total: t('cases.total'), open: openCase,
        cell: (one) => <Link to={pathOf(one)} tabIndex={-1} onClick={(event) => event.stopPropagation()}>{one.record_number || one.encounter}</Link>,
      },
      { id: 'department', header: t('cases.department'), width: 108, cell: (one) => <span className="ellipsis" title={one.department_name}>{one.department_name}</span>, compare: (a, b) => words(a.department, b.department) },
      { id: 'payer', header: t('cases.payer'), width: 90, cell: (one) => <span className="ellipsis">{wordFor('payer', one.payer)}</span>, compare: (a, b) => words(a.payer, b.payer) },
      { id: 'days', header: t('cases.days'), width: 76, numeric: true, cell: (one) => count(one.days), compare: (a, b) => a.days - b.days },
      { id: 'deviation', header: t('cases.deviation'), width: 84, cell: (one) => (one.deviation && one.deviation !== 'normal' ? <Badge tone={one.deviation === 'high' ? 'bad' : 'warn'}>{t(`deviation.${one.deviation}`)}</Badge> : one.deviation ? t('deviation.normal') : '—') },
      { id: 'points', header: t('cases.points'), width: 108, numeric: true, cell: (one) => (one.basis === 'dip' ? shownNumber(one.points, 4) : '—'), compare: (a, b) => compareNumbers(a.points, b.points), total: row && basis === 'dip' ? shownNumber(row.points, 4) : '' },
      ...moneyColumns<Case>({ t, unit, totals: row, open: (one, figure) => open(caseCell(one.encounter, figure)), openTotal: (figure) => open(groupCell(basis, group, figure)), byServer: false }),
    ];
  }, [t, unit, row, navigate, period, carried, basis, group, open]);
  const setOrder = (next: Order) => setSortText(textOf(next));
  const label = t('cases.table', { unit: t(unit === 'wan' ? 'groups.wan' : 'groups.yuan') });
  return (
    <>
      <Crumbs steps={[{ text: `${period} ${t('groups.title')}`, to: `/months/${period}/groups${carried}` }, { text: name }]} />
      <div className="page-head">
        <div>
          <h1>{t('cases.title', { group: name })}</h1>
          <p className="muted">{t(`basis.${basis}`)}{row ? ` · ${t('cases.lead', { cases: count(row.cases) })}${row.cmi ? ` · CMI ${shownNumber(row.cmi, 4)}` : ''}` : ''}</p>
        </div>
        <div className="row-do"><UnitSwitch /></div>
      </div>
      <Stale period={period} />
      {list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isLoading ? <Loading /> : null}
      {row ? <Strip label={t('cases.total')} row={row} unit={unit} open={(figure: FigureName) => open(groupCell(basis, group, figure))} /> : null}
      {list.data ? (narrow
        ? <CardList label={label} columns={columns} rows={rows} rowId={(one) => one.encounter} order={order} setOrder={setOrder} heading={(one) => <Link to={`/months/${period}/cases/${encodeURIComponent(one.encounter)}${carried}`}>{one.record_number || one.encounter}</Link>} show={['department', 'payer', 'days', 'deviation', 'points', ...figures]} empty={t('cases.empty')} />
        : <DataGrid label={label} columns={columns} rows={rows} rowId={(one) => one.encounter} order={order} onOrder={(column) => setOrder(nextOrder(order, column.id, column.numeric ?? false))} busy={list.isFetching} empty={t('cases.empty')} />) : null}
      {isFetchingNextPage ? <p className="muted" role="status">{t('cases.loadingMore')}</p> : null}
      <StoryDrawer period={period} />
    </>
  );
}
