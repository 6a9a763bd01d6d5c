// Why this file: a month that was imported again after its run still shows the old result; every page that shows it says so and offers the way out.
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { monthsQuery, useStartRun, type Month } from '@/api/queries';
import { when } from '@/lib/format';
import { Trouble } from './Trouble';

/** The data are newer than the result. */
export const isStale = (month: Pick<Month, 'imported_at' | 'current_run'>): boolean =>
  month.current_run !== null && Date.parse(month.imported_at) > Date.parse(month.current_run.ended_at);

export function useMonth(period: string): Month | undefined {
  return useQuery({ ...monthsQuery, refetchInterval: 30_000 }).data?.months.find((month) => month.period === period);
}

/** Starts the computation and goes to watch it; the month that is computed already leads to its job. */
export function ComputeAgain({ period }: { period: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const start = useStartRun();
  const active = useMonth(period)?.active_job;
  if (active) return <Button size="small" onClick={() => void navigate(`/jobs/${active}`)}>{t('months.watch')}</Button>;
  return (
    <>
      <Button size="small" type="primary" loading={start.isPending} onClick={() => start.mutate(period, { onSuccess: ({ job }) => void navigate(`/jobs/${job}`) })}>{t('months.computeAgain')}</Button>
      {start.error ? <Trouble error={start.error} /> : null}
    </>
  );
}

export function StaleAlert({ month, action = false }: { month: Month | undefined; action?: boolean }) {
  const { t } = useTranslation();
  if (!month?.current_run || !isStale(month)) return null;
  return (
    <Alert
      type="warning" showIcon className="stale" role="alert" title={<strong>{t('stale.title')}</strong>}
      description={t('stale.times', { imported: when(month.imported_at), run: when(month.current_run.ended_at) })}
      {...(action ? { action: <ComputeAgain period={month.period} /> } : {})}
    />
  );
}

export const Stale = ({ period }: { period: string }) => <StaleAlert month={useMonth(period)} action />;
