// Why this file: the frame of every page after log-in: what one is looking at (hospital, month, run), where one can go, and the demonstration banner.
import { MenuOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation, useMatches } from 'react-router';
import { statusOf } from '@/api/client';
import { monthsQuery, sessionQuery, type Month } from '@/api/queries';
import { Badge } from '@/components/Badge';
import { isStale } from '@/components/Stale';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { shortRun, when } from '@/lib/format';
import { Preferences } from './Preferences';

function Context({ month }: { month: Month | undefined }) {
  const { t } = useTranslation();
  if (!month) return null;
  const run = month.current_run;
  return (
    <div className="context">
      <span className="hospital">{month.hospital_name}</span>
      <span aria-hidden="true">·</span>
      <span>{month.period}</span>
      <span aria-hidden="true">·</span>
      {run ? <span title={t('bar.runState', { run: run.run_id, when: when(run.ended_at) })}>{t('bar.run')} <code>{shortRun(run.run_id)}</code> · {when(run.ended_at)}{isStale(month) ? <> <Badge tone="warn">{t('stale.mark')}</Badge></> : null}</span> : <span>{t('bar.noRun')}</span>}
    </div>
  );
}

function Navigation({ period, onGo }: { period: string | undefined; onGo?: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const inReports = /^\/months\/[^/]+\/reports/.test(pathname);
  const inResults = !inReports && /^\/months\/[^/]+\//.test(pathname);
  return (
    <nav aria-label={t('nav.label')} className="navigation">
      <NavLink to="/months" end onClick={onGo}>{t('nav.months')}</NavLink>
      {period ? <NavLink to={`/months/${period}/groups`} className={inResults ? 'active' : ''} onClick={onGo}>{t('nav.groups')}</NavLink> : null}
      {period ? <NavLink to={`/months/${period}/reports`} onClick={onGo}>{t('nav.reports')}</NavLink> : null}
      <NavLink to="/import" onClick={onGo}>{t('nav.import')}</NavLink>
    </nav>
  );
}

export function Shell() {
  const { t } = useTranslation();
  const [menu, setMenu] = useState(false);
  const matches = useMatches();
  const session = useQuery(sessionQuery);
  const months = useQuery({ ...monthsQuery, enabled: session.isSuccess });
  const asked = matches.at(-1)?.params['period'];
  const all = months.data?.months ?? [];
  const month = all.find(({ period }) => period === asked) ?? all.find(({ current_run: run }) => run) ?? all[0];
  const period = asked ?? all.find(({ current_run: run }) => run)?.period;

  if (!session.data) return <main className="page">{session.error && statusOf(session.error) !== 401 ? <Trouble error={session.error} retry={() => void session.refetch()} /> : <Loading />}</main>;
  return (
    <div className="shell">
      <a className="skip" href="#content">{t('app.skip')}</a>
      <header className="bar">
        <Button className="only-narrow" type="text" icon={<MenuOutlined />} aria-label={t('app.openMenu')} onClick={() => setMenu(true)} />
        <span className="brand">{t('app.name')}</span>
        <Context month={month} />
        <Preferences username={session.data.username} />
      </header>
      {month?.hospital.startsWith('DEMO') ? <Alert banner type="warning" showIcon title={<><strong>{t('app.demo')}</strong><span className="only-wide"> {t('app.demoText')}</span></>} /> : null}
      <div className="middle">
        <aside className="side only-wide"><Navigation period={period} /></aside>
        <main id="content" className="page" tabIndex={-1}><Suspense fallback={<Loading />}><Outlet /></Suspense></main>
      </div>
      <Drawer open={menu} onClose={() => setMenu(false)} placement="left" size={260} title={t('app.menu')}><Navigation period={period} onGo={() => setMenu(false)} /></Drawer>
    </div>
  );
}
