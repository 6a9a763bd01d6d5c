// Why this file: the published reports of a month, for whoever answers for a department, deals with the insurer or keeps the books: choose one, read it, take it away.
import { useQuery } from '@tanstack/react-query';
import { Alert, Empty, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { ProblemError, statusOf, type Schemas } from '@/api/client';
import { monthsQuery, reportQuery, reportsQuery, type ReportChoice } from '@/api/queries';
import { Loading } from '@/components/Loading';
import { ComputeAgain, Stale } from '@/components/Stale';
import { Trouble } from '@/components/Trouble';
import { useNarrow, useTitle } from '@/lib/hooks';
import { Sheet } from './Sheet';
import { Tools } from './Tools';

type Kind = Schemas['ReportKind'];

const sections = ['cost', 'allocation', 'profit', 'reconciliation', 'object'] as const;
const pathOf = (period: string, kind: string) => `/months/${period}/reports/${kind}`;

/** What is kept from one report to the next: a department and a scope, where the next takes them. */
function keptFor(kind: Kind, params: URLSearchParams): string {
  const kept = new URLSearchParams();
  const scope = params.get('scope');
  const department = params.get('department');
  if (scope && kind.scopes.some((one) => one === scope)) kept.set('scope', scope);
  if (department && kind.department !== 'none') kept.set('department', department);
  return kept.size ? `?${kept.toString()}` : '';
}

function Kinds({ period, all, current }: { period: string; all: Kind[]; current: Kind }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const of = (section: string) => all.filter((one) => one.section === section);
  if (narrow) {
    return (
      <Select<string>
        className="report-kinds-narrow" aria-label={t('report.choose')} value={current.kind} onChange={(kind) => { const next = all.find((one) => one.kind === kind); if (next) void navigate(pathOf(period, kind) + keptFor(next, params)); }}
        options={sections.map((section) => ({ label: t(`report.section.${section}`), options: of(section).map(({ kind, title }) => ({ value: kind, label: title })) }))}
      />
    );
  }
  return (
    <nav className="report-kinds" aria-label={t('report.choose')}>
      {sections.map((section) => (
        <section key={section}>
          <h2>{t(`report.section.${section}`)}</h2>
          <ul>{of(section).map((one) => (
            <li key={one.kind}><Link to={pathOf(period, one.kind) + keptFor(one, params)} className={one.kind === current.kind ? 'active' : ''} {...(one.kind === current.kind ? { 'aria-current': 'page' as const } : {})}>{one.title}{one.available ? null : <span className="muted small"> · {t('report.notHere')}</span>}</Link></li>
          ))}</ul>
        </section>
      ))}
    </nav>
  );
}

function Shown({ report }: { report: Schemas['Report'] }) {
  return (
    <>
      <p className="muted small report-head">{report.head.map(({ label, value }) => <span key={label}>{label} {value}</span>)}</p>
      {report.lead.map((line, index) => <p key={index} className="headline">{line}</p>)}
      {report.sections.map((section, index) => <Sheet key={`${report.title}-${index}`} section={section} name={report.title} />)}
      {report.notes.map((note, index) => <p key={index} className="muted small">{note}</p>)}
    </>
  );
}

/** Only what the kind takes is asked; a choice of another kind has no meaning here. */
function choiceOf(kind: Kind, params: URLSearchParams): ReportChoice {
  const [scope, by, department] = ['scope', 'by', 'department'].map((name) => params.get(name) ?? '');
  return {
    ...(kind.scopes.some((one) => one === scope) ? { scope: scope as NonNullable<ReportChoice['scope']> } : {}),
    ...(kind.by.some((one) => one === by) ? { by: by as NonNullable<ReportChoice['by']> } : {}),
    ...(kind.department !== 'none' && department ? { department } : {}),
  };
}

function OneReport({ period, list, kind }: { period: string; list: Schemas['ReportList']; kind: Kind }) {
  const { t, i18n } = useTranslation();
  const [params, setParams] = useSearchParams();
  const choice = choiceOf(kind, params);
  const waits = kind.department === 'required' && !choice.department;
  const enabled = kind.available && !waits;
  const query = useQuery({ ...reportQuery(period, kind.kind, choice, i18n.language), enabled });
  useTitle(`${period} ${kind.title}`);
  const choose = (name: keyof ReportChoice, value: string) => setParams((old) => {
    const next = new URLSearchParams(old);
    if (value) next.set(name, value);
    else next.delete(name);
    return next;
  }, { replace: true });
  // A query that is not asked may still hold what was asked before: it isn't what the heading says.
  const report = enabled && query.data?.kind === kind.kind ? query.data : undefined;
  return (
    <div className="report">
      <h2 className="report-title">{report?.title ?? kind.title}{report?.form ? <span className="muted small"> {report.form}</span> : null}</h2>
      {kind.available ? <Tools period={period} kind={kind} departments={list.departments} choice={choice} choose={choose} ready={report !== undefined && !query.isPlaceholderData} /> : <Alert type="info" showIcon title={t('report.unavailable')} description={kind.reason} />}
      {kind.available && waits ? <p className="muted">{t('report.chooseDepartmentFirst')}</p> : null}
      {query.error ? <Trouble error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isFetching && !report ? <Loading /> : null}
      {report ? <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? 'waits' : ''}><Shown report={report} /></div> : null}
    </div>
  );
}

export function ReportsPage() {
  const { t, i18n } = useTranslation();
  const { period = '', kind: kindText } = useParams();
  useTitle(`${period} ${t('report.title')}`);
  const navigate = useNavigate();
  const months = useQuery(monthsQuery);
  const list = useQuery(reportsQuery(period, i18n.language));
  const kind = list.data?.reports.find((one) => one.kind === kindText) ?? list.data?.reports[0];
  const noRun = statusOf(list.error) === 404;
  const changed = list.error instanceof ProblemError && list.error.problem.code === 'month_changed_since_run';
  const imported = months.data?.months.some((month) => month.period === period) ?? true;
  return (
    <>
      <div className="page-head">
        <div><h1>{t('report.title')}</h1><p className="muted">{t('report.lead')}</p></div>
        <div className="row-do">
          <Select aria-label={t('groups.month')} value={period} onChange={(next: string) => void navigate(`/months/${next}/reports${kind ? `/${kind.kind}` : ''}`)} options={(months.data?.months ?? [{ period }]).map((month) => ({ value: month.period, label: month.period }))} />
        </div>
      </div>
      <Stale period={period} />
      {noRun ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<><strong>{t(imported ? 'groups.noRunTitle' : 'groups.noMonthTitle', { period })}</strong><br />{t(imported ? 'report.noRunText' : 'groups.noMonthText')}</>}><Link className="as-button primary" to="/months">{t('job.toMonths')}</Link></Empty> : null}
      {list.error && !noRun ? <Trouble error={list.error} retry={() => void list.refetch()} instead={changed ? <ComputeAgain period={period} /> : undefined} /> : null}
      {list.isLoading ? <Loading /> : null}
      {list.data && kind && !list.error ? (
        <div className="reports">
          <Kinds period={period} all={list.data.reports} current={kind} />
          <OneReport key={`${period} ${kind.kind}`} period={period} list={list.data} kind={kind} />
        </div>
      ) : null}
    </>
  );
}
