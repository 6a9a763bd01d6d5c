// Why this file: the months of the hospital: what has arrived, what is computed, and the two things to do: import and compute.
import { FolderOpenOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { monthsQuery, useJob, useStartRun, type Month } from '@/api/queries';
import { Badge } from '@/components/Badge';
import { isStale, StaleAlert } from '@/components/Stale';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { shortRun, when } from '@/lib/format';
import { useTitle } from '@/lib/hooks';
import { wordFor } from '@/i18n';

function Feeds({ feeds }: { feeds: Month['feeds'] }) {
  const { t } = useTranslation();
  const entries = Object.entries(feeds);
  if (!entries.length) return <span className="muted">{t('months.allFinal')}</span>;
  return <>{entries.map(([name, state]) => <Badge key={name} tone={state === 'estimated' ? 'warn' : 'bad'}>{wordFor('feed', name)} · {t(`feedState.${state}`)}</Badge>)}</>;
}

function Working({ job }: { job: string }) {
  const { t } = useTranslation();
  const { data } = useJob(job);
  return (
    <Link to={`/jobs/${job}`} className="working">
      <Progress percent={data?.progress ?? 0} size="small" status="active" aria-label={t('job.progress')} />
      <span>{t('months.watch')}</span>
    </Link>
  );
}

function MonthCard({ month }: { month: Month }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const start = useStartRun();
  const run = month.current_run;
  return (
    <li className="month">
      <div className="month-head">
        <h2>{month.period}</h2>
        <span className="muted">{month.hospital_name}</span>
      </div>
      <StaleAlert month={month} />
      <dl className="facts">
        <div><dt>{t('months.feeds')}</dt><dd><Feeds feeds={month.feeds} /></dd></div>
        <div><dt>{t('months.imported')}</dt><dd>{when(month.imported_at)}</dd></div>
        <div><dt>{t('months.run')}</dt><dd>{run ? <><code title={run.run_id}>{shortRun(run.run_id)}</code> {t('months.runWhen', { when: when(run.ended_at) })}{isStale(month) ? <> <Badge tone="warn">{t('stale.mark')}</Badge></> : null}</> : <span className="muted">{t('months.noRun')}</span>}</dd></div>
      </dl>
      <div className="month-do">
        {month.active_job ? <Working job={month.active_job} /> : (
          <Button type={run && !isStale(month) ? 'default' : 'primary'} loading={start.isPending} aria-label={t('months.computeLabel', { period: month.period })} onClick={() => start.mutate(month.period, { onSuccess: ({ job }) => void navigate(`/jobs/${job}`) })}>
            {t(run ? 'months.computeAgain' : 'months.compute')}
          </Button>
        )}
        {run ? <Link className="as-button" to={`/months/${month.period}/groups`}>{t('months.openGroups')}</Link> : null}
        {run ? <Link className="as-button" to={`/months/${month.period}/reports`}>{t('months.openReports')}</Link> : null}
      </div>
      {start.error ? <Trouble error={start.error} /> : null}
    </li>
  );
}

export function MonthsPage() {
  const { t } = useTranslation();
  useTitle(t('months.title'));
  const navigate = useNavigate();
  const months = useQuery({ ...monthsQuery, refetchInterval: 30_000 });
  return (
    <>
      <div className="page-head">
        <div><h1>{t('months.title')}</h1><p className="muted">{t('months.lead')}</p></div>
        <Button icon={<FolderOpenOutlined />} onClick={() => void navigate('/import')}>{t('months.importFolder')}</Button>
      </div>
      {months.error ? <Trouble error={months.error} retry={() => void months.refetch()} /> : null}
      {months.isLoading ? <Loading /> : null}
      {months.data?.months.length === 0 ? <Empty description={<><strong>{t('months.emptyTitle')}</strong><br />{t('months.emptyText')}</>} image={Empty.PRESENTED_IMAGE_SIMPLE}><Button type="primary" onClick={() => void navigate('/import')}>{t('months.importFolder')}</Button></Empty> : null}
      <ul className="months">{months.data?.months.map((month) => <MonthCard key={month.period} month={month} />)}</ul>
    </>
  );
}
