// Why this file: log-in; a hospital without an administrator is led to the set-up.
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useNavigate, useSearchParams } from 'react-router';
import type { Schemas } from '@/api/client';
import { setupQuery, useLogin } from '@/api/queries';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { useTitle } from '@/lib/hooks';
import { Gate } from '@/shell/Gate';

/** Only a path of our own is a way back. */
export const safeNext = (next: string | null): string => (next && /^\/(?![/\\])/.test(next) ? next : '/months');

export function LoginPage() {
  const { t } = useTranslation();
  useTitle(t('login.title'));
  const [params] = useSearchParams();
  const ended = (useLocation().state as { ended?: boolean } | null)?.ended;
  const navigate = useNavigate();
  const setup = useQuery(setupQuery);
  const login = useLogin();
  if (setup.data?.needed) return <Navigate to="/setup" replace />;
  // A new hospital is not shown a form that vanishes.
  if (setup.isLoading) return <Gate title={t('login.title')}><Loading /></Gate>;
  const submit = (values: Schemas['LoginRequest']) => login.mutate(values, { onSuccess: () => void navigate(safeNext(params.get('next')), { replace: true }) });
  const required = [{ required: true, message: t('login.required') }];
  return (
    <Gate title={t('login.title')}>
      {ended && !login.error ? <Alert type="info" showIcon title={t('login.expired')} /> : null}
      {login.error ? <Trouble error={login.error} /> : setup.error ? <Trouble error={setup.error} retry={() => void setup.refetch()} /> : null}
      <Form<Schemas['LoginRequest']> layout="vertical" onFinish={submit} requiredMark={false} size="large">
        <Form.Item name="username" label={t('login.username')} rules={required}><Input autoComplete="username" maxLength={64} autoFocus /></Form.Item>
        <Form.Item name="password" label={t('login.password')} rules={required}><Input.Password autoComplete="current-password" maxLength={200} /></Form.Item>
        <Button type="primary" htmlType="submit" block loading={login.isPending}>{t('login.submit')}</Button>
      </Form>
    </Gate>
  );
}
