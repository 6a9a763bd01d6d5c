// Why this file: the quiet sign that something is being read.
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';

export function Loading() {
  const { t } = useTranslation();
  return <div className="loading" role="status" aria-label={t('app.loading')}><Skeleton active title={{ width: '30%' }} paragraph={{ rows: 6 }} /></div>;
}
