// Why this file: what is shown for an unknown address and for a page that failed.
import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTitle } from '@/lib/hooks';

export function NotFound() {
  const { t } = useTranslation();
  useTitle(t('problem.notFound'));
  return <Result title={<h1 className="plain">{t('problem.notFound')}</h1>} subTitle={t('problem.notFoundText')} extra={<Link to="/months">{t('problem.home')}</Link>} />;
}

export function Crashed() {
  const { t } = useTranslation();
  useTitle(t('problem.crash'));
  return <main><Result status="warning" title={t('problem.crash')} subTitle={t('problem.crashText')} extra={<Button type="primary" onClick={() => location.reload()}>{t('problem.reload')}</Button>} /></main>;
}
