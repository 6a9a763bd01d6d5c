// Why this file: the calm frame of the two pages before log-in.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Preferences } from './Preferences';

export function Gate({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="gate">
      <header className="bar"><span className="brand">{t('app.name')}</span><span className="context muted">{t('app.tagline')}</span><Preferences /></header>
      <main className="gate-main"><div className="panel"><h1>{title}</h1>{children}</div></main>
    </div>
  );
}
