// Why this file: one import or run, live; it goes on without this page, and says at the end what was found and how to mend it.
import { Alert, Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useCancelJob, useJob } from '@/api/queries';
import { isOver, type Job } from '@/api/events';
import { Loading } from '@/components/Loading';
import { Stale } from '@/components/Stale';
import { Trouble } from '@/components/Trouble';
import { i18n, wordFor } from '@/i18n';
import { useTitle } from '@/lib/hooks';
import { Findings } from './Findings';

/** Why a job ended that found nothing wrong in the data: its stage is then the trouble's name. */
function troubleOf(stage: string): string {
  const word = wordFor('trouble', stage);
  return word === stage ? i18n.t('trouble.other', { code: stage }) : word;
}

function Outcome({ job }: { job: Job }) {
  const { t } = useTranslation();
  const period = job.period ?? '';
  if (job.state === 'done') {
    return <Alert type="success" showIcon title={t(job.kind === 'run' ? 'job.runDone' : 'job.importDone', { period })} />;
  }
  if (job.state === 'failed' && !job.findings.length) return <Alert type="error" showIcon title={t('job.stopped', { why: troubleOf(job.stage) })} />;
  if (job.state === 'failed') return <Alert type="error" showIcon title={t(job.kind === 'run' ? 'job.runFailed' : 'job.importFailed')} />;
  return <Alert type="info" showIcon title={t('job.cancelledText')} />;
}

export function JobPage() {
  const { t } = useTranslation();
  const { job: id = '' } = useParams();
  const query = useJob(id);
  const cancel = useCancelJob();
  const job = query.data;
  useTitle(t(job?.kind === 'run' ? 'job.titleRun' : 'job.titleImport'));
  if (query.error && !job) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  if (!job) return <Loading />;
  const over = isOver(job);
  const status = job.state === 'failed' ? 'exception' : job.state === 'done' ? 'success' : job.state === 'cancelled' ? 'normal' : 'active';
  return (
    <>
      <div className="page-head"><h1>{job.kind === 'run' ? t('job.run', { period: job.period ?? '' }) : t('job.import')}</h1></div>
      <div className="panel wide">
        <div className="job-line" role="status">
          <strong>{t(`job.${job.state}`)}</strong>
          {over ? null : <span className="muted">{t('job.stage')} · {wordFor('stage', job.stage)}</span>}
        </div>
        <Progress percent={job.progress} status={status} aria-label={t('job.progress')} />
        {over ? <Outcome job={job} /> : <p className="muted">{t('job.leave')}</p>}
        <div className="row-do">
          {over ? null : <Button onClick={() => cancel.mutate(id)} loading={cancel.isPending} disabled={cancel.isSuccess}>{t(cancel.isSuccess ? 'job.cancelling' : 'job.cancel')}</Button>}
          {job.state === 'done' && job.kind === 'run' && job.period ? <Link className="as-button primary" to={`/months/${job.period}/groups`}>{t('job.toGroups')}</Link> : null}
          {job.state === 'failed' && job.kind === 'import' ? <Link className="as-button primary" to="/import">{t(job.findings.length ? 'job.retryImport' : 'job.again')}</Link> : null}
          <Link className="as-button" to="/months">{t('job.toMonths')}</Link>
        </div>
        {cancel.error ? <Trouble error={cancel.error} /> : null}
      </div>
      {over && job.period ? <Stale period={job.period} /> : null}
      {job.findings.length || job.state === 'done' ? <Findings findings={job.findings} /> : null}
    </>
  );
}
