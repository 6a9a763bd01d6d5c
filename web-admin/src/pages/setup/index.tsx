// Why this file: the first administrator, made with the one-time token that the service showed at its first start.
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Result } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { setupQuery, useSetup } from '@/api/queries';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { useTitle } from '@/lib/hooks';
import { Gate } from '@/shell/Gate';

interface Fields {
  token: string;
  username: string;
  password: string;
  repeat: string;
}

export function SetupPage() {
  const { t } = useTranslation();
  useTitle(t('setup.title'));
  const state = useQuery(setupQuery);
  const setup = useSetup();
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '');
  const required = { required: true, message: t('setup.required') };
  if (setup.isSuccess) {
    return <Gate title={t('setup.title')}><Result status="success" title={t('setup.doneTitle')} subTitle={t('setup.doneText')} extra={<Link to="/login">{t('setup.toLogin')}</Link>} /></Gate>;
  }
  if (state.isLoading) return <Gate title={t('setup.title')}><Loading /></Gate>;
  if (state.data && !state.data.needed) {
    return <Gate title={t('setup.title')}><Alert type="info" showIcon title={t('setup.notNeeded')} action={<Link to="/login">{t('setup.toLogin')}</Link>} /></Gate>;
  }
  return (
    <Gate title={t('setup.title')}>
      <p className="muted">{t('setup.lead')}</p>
      {setup.error ? <Trouble error={setup.error} /> : state.error ? <Trouble error={state.error} retry={() => void state.refetch()} /> : null}
      <Form<Fields>
        layout="vertical" requiredMark={false} size="large" initialValues={{ token }}
        onFinish={({ token: given, username, password }) => setup.mutate({ token: given.trim(), username: username.trim(), password })}
      >
        <Form.Item name="token" label={t('setup.token')} rules={[required]}><Input autoComplete="off" spellCheck={false} maxLength={100} /></Form.Item>
        <Form.Item name="username" label={t('setup.username')} rules={[required]}><Input autoComplete="username" maxLength={64} /></Form.Item>
        <Form.Item name="password" label={t('setup.password')} extra={t('setup.rule')} rules={[required, { min: 12, message: t('setup.tooShort') }]}><Input.Password autoComplete="new-password" maxLength={200} /></Form.Item>
        <Form.Item
          name="repeat" label={t('setup.repeat')} dependencies={['password']}
          rules={[required, ({ getFieldValue }) => ({ validator: (_rule, value: string) => (!value || getFieldValue('password') === value ? Promise.resolve() : Promise.reject(new Error(t('setup.differs')))) })]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={setup.isPending}>{t('setup.submit')}</Button>
      </Form>
    </Gate>
  );
}
