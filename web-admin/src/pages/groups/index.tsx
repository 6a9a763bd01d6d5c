// Why this file: which groups gain and which lose this month, and the way into each of them.
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Empty, Input, Select } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { statusOf } from '@/api/client';
import { groupsQuery, monthsQuery, type Basis, type Group, type GroupSort } from '@/api/queries';
import { CardList } from '@/components/grid/CardList';
import { DataGrid } from '@/components/grid/DataGrid';
import { moneyColumns } from '@/components/grid/moneyColumns';
import { nextOrder, orderOf, textOf, type GridColumn, type Order } from '@/components/grid/types';
import { Loading } from '@/components/Loading';
import { Stale } from '@/components/Stale';
import { Strip } from '@/components/Strip';
import { Trouble } from '@/components/Trouble';
import { UnitSwitch } from '@/components/UnitSwitch';
import { count } from '@/lib/format';
import { useCarried, useNarrow, useTitle, useUnit, useUrlState } from '@/lib/hooks';
import { isNegative, shownNumber } from '@/money';
import { figures, groupCell, totalCell, type FigureName } from '@/story/cells';
import { groupName } from '@/story/load';
import { StoryDrawer } from '@/story/StoryDrawer';
import { useTrail } from '@/story/useTrail';
import { Headline } from './Headline';
import { Proof } from './Proof';

const sortable = ['group', 'cases', ...figures] as const;
const bases: Basis[] = ['dip', 'drg', 'other', 'ungrouped', 'uncoded', 'charges'];
const sortOf = (text: string): GroupSort => (sortable.some((name) => name === orderOf(text).id) ? (text as GroupSort) : 'real_margin');
const pathOf = (period: string, row: Group, carried: string) => `/months/${period}/groups/${encodeURIComponent(row.basis)}/${encodeURIComponent(row.group)}${carried}`;

export function GroupsPage() {
  const { t } = useTranslation();
  const { period = '' } = useParams();
  useTitle(`${period} ${t('groups.title')}`);
  const navigate = useNavigate();
  const narrow = useNarrow();
  const carried = useCarried();
  const [params] = useSearchParams();
  const [unit] = useUnit();
  const [sortText, setSortText] = useUrlState('sort', 'real_margin');
  const [basisText, setBasis] = useUrlState('basis', '');
  const [search, setSearch] = useUrlState('q', '');
  const [only, setOnly] = useUrlState('only', '');
  const { open } = useTrail();
  const sort = sortOf(sortText);
  const order = orderOf(sort);
  const basis = bases.find((one) => one === basisText);
  const months = useQuery(monthsQuery);
  const list = useQuery(groupsQuery(period, sort, basis));

  const rows = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return (list.data?.groups ?? []).filter((row) => (!wanted || groupName(row).toLowerCase().includes(wanted)) && (only !== 'deficit' || isNegative(row.real_margin)));
  }, [list.data, search, only]);
  const totals = list.data?.totals;
  const openTotal = useCallback((figure: FigureName) => open(totalCell(basis ?? '', figure)), [open, basis]);

  const columns = useMemo((): GridColumn<Group>[] => [
    {
      id: 'group', header: t('groups.group'), width: 250, grow: 1, sortable: true, total: t('groups.total'), open: (row) => void navigate(pathOf(period, row, carried)),
      cell: (row) => <Link to={pathOf(period, row, carried)} tabIndex={-1} className="ellipsis" title={groupName(row)} onClick={(event) => event.stopPropagation()}>{groupName(row)}</Link>,
    },
    { id: 'basis', header: t('groups.basis'), width: 104, cell: (row) => t(`basis.${row.basis}`) },
    { id: 'cases', header: t('groups.cases'), width: 76, numeric: true, sortable: true, cell: (row) => count(row.cases), total: totals ? count(totals.cases) : '', open: (row) => void navigate(pathOf(period, row, carried)) },
    { id: 'cmi', header: t('groups.cmi'), width: 80, numeric: true, cell: (row) => (row.cmi === null ? <span className="muted">{t('figure.none')}</span> : shownNumber(row.cmi, 4)), total: totals?.cmi && basis === 'dip' ? shownNumber(totals.cmi, 4) : '' },
    ...moneyColumns<Group>({ t, unit, totals, open: (row, figure) => open(groupCell(row.basis, row.group, figure)), openTotal, byServer: true }),
  ], [t, unit, totals, basis, navigate, period, carried, open, openTotal]);

  const setOrder = (next: Order) => setSortText(textOf(next));
  const noRun = statusOf(list.error) === 404;
  const imported = months.data?.months.some((month) => month.period === period) ?? true;
  const label = t('groups.table', { unit: t(unit === 'wan' ? 'groups.wan' : 'groups.yuan') });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('groups.title')}</h1>
          {list.data && totals && !noRun ? <Headline period={period} basis={basis} list={list.data} /> : null}
        </div>
        <div className="row-do">
          <Select aria-label={t('groups.month')} value={period} onChange={(next: string) => void navigate(`/months/${next}/groups?${new URLSearchParams([...params].filter(([name]) => name !== 'cell')).toString()}`)} options={(months.data?.months ?? [{ period }]).map((month) => ({ value: month.period, label: month.period }))} />
          <UnitSwitch />
        </div>
      </div>
      {noRun ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<><strong>{t(imported ? 'groups.noRunTitle' : 'groups.noMonthTitle', { period })}</strong><br />{t(imported ? 'groups.noRunText' : 'groups.noMonthText')}</>}><Link className="as-button primary" to="/months">{t('job.toMonths')}</Link></Empty> : null}
      {list.error && !noRun ? <Trouble error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isLoading ? <Loading /> : null}
      {list.data && totals && !noRun ? (
        <>
          <Stale period={period} />
          <Strip label={t('groups.total')} row={totals} unit={unit} open={openTotal} />
          <div className="tools">
            <Input.Search allowClear aria-label={t('groups.search')} placeholder={t('groups.search')} value={search} onChange={(event) => setSearch(event.target.value)} className="search" />
            <Select<string> aria-label={t('groups.basis')} value={basis ?? ''} onChange={setBasis} options={[{ value: '', label: t('groups.all') }, ...bases.map((one) => ({ value: one, label: t(`basis.${one}`) }))]} popupMatchSelectWidth={false} />
            <Checkbox checked={only === 'deficit'} onChange={(event) => setOnly(event.target.checked ? 'deficit' : '')}>{t('groups.onlyDeficit')}</Checkbox>
            {search || only ? <span className="muted small" role="status">{t('grid.rows', { count: rows.length })} · {t('groups.searchNote')}</span> : <span className="muted small only-wide">{t('groups.hint')}</span>}
            <span className="muted small unit-note">{t('groups.unitIs', { unit: t(unit === 'wan' ? 'groups.wan' : 'groups.yuan') })}</span>
          </div>
          {narrow
            ? <CardList label={label} columns={columns} rows={rows} rowId={(row) => `${row.basis}/${row.group}`} order={order} setOrder={setOrder} sortedByServer heading={(row) => <Link to={pathOf(period, row, carried)}>{groupName(row)}</Link>} show={['basis', 'cases', 'cmi', ...figures]} empty={t('groups.empty')} />
            : <DataGrid label={label} columns={columns} rows={rows} rowId={(row) => `${row.basis}/${row.group}`} order={order} onOrder={(column) => setOrder(nextOrder(order, column.id, column.numeric ?? false))} sortedByServer busy={list.isFetching} empty={t('groups.empty')} />}
          <Proof period={period} />
        </>
      ) : null}
      <StoryDrawer period={period} />
    </>
  );
}
