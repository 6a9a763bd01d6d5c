// Why this file: where one is, and one click back to each level above.
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function Crumbs({ steps }: { steps: { text: string; to?: string }[] }) {
  const { t } = useTranslation();
  return (
    <nav className="crumbs" aria-label={t('app.breadcrumb')}>
      {steps.map(({ text, to }, index) => (
        <Fragment key={text}>
          {index ? <span className="muted" aria-hidden="true">›</span> : null}
          {to ? <Link to={to}>{text}</Link> : <span aria-current="page">{text}</span>}
        </Fragment>
      ))}
    </nav>
  );
}
