// Why this file: says in the server's words what is wrong, what to do, and by which number to ask about it.
import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/api/client';

export function Trouble({ error, retry, instead }: { error: unknown; retry?: (() => void) | undefined; instead?: ReactNode }) {
  const { t } = useTranslation();
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <Alert
      type="error" showIcon title={problem?.title ?? t('problem.unexpected')}
      description={problem?.detail || problem?.request_id ? (
        <>
          {problem.detail ? <div>{problem.detail}</div> : null}
          {problem.request_id ? <div className="muted small">{t('problem.request', { id: problem.request_id })}</div> : null}
        </>
      ) : undefined}
      action={instead ? instead : retry ? <Button size="small" onClick={retry}>{t('problem.retry')}</Button> : undefined}
    />
  );
}
