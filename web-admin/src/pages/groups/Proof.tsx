// Why this file: shows that the month's cost closes: from the ledger to the patients, and across the month's ends, with the difference.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { summaryQuery } from '@/api/queries';
import { Badge } from '@/components/Badge';
import { Figure } from '@/components/Figure';
import { isStale, useMonth } from '@/components/Stale';
import { shortRun } from '@/lib/format';
import { isZero } from '@/money';

interface Line {
  name: string;
  amount: string;
  sign: string;
}

/** In yuan whatever the page's unit is: rounded amounts would not add up. */
function Sum({ lines }: { lines: Line[] }) {
  return <dl className="sum">{lines.map(({ name, amount, sign }) => <div key={name}><span className="muted" aria-hidden="true">{sign}</span><dt>{name}</dt><dd><Figure amount={amount} /></dd></div>)}</dl>;
}

export function Proof({ period }: { period: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(summaryQuery(period));
  const month = useMonth(period);
  if (!data) return null;
  const good = isZero(data.residual);
  const bridge = data.cost_bridge;
  return (
    <details className="proof">
      <summary><strong>{t('proof.title')}</strong> <span className={good ? 'check good' : 'check bad'}>{good ? '✓' : '!'} {t(good ? 'proof.ok' : 'proof.bad')}</span> {month && isStale(month) ? <Badge tone="warn">{t('stale.mark')}</Badge> : null} <span className="muted small">{t('bar.run')} <code>{shortRun(data.run_id)}</code></span></summary>
      <div className="proof-parts">
        <section>
          <h3>{t('proof.path')} <span className="muted small">{t('groups.yuan')}</span></h3>
          <Sum lines={[
            { sign: '', name: t('proof.ledger'), amount: data.ledger }, { sign: '−', name: t('proof.excluded'), amount: data.excluded }, { sign: '=', name: t('proof.direct'), amount: data.direct },
            { sign: '=', name: t('proof.patients'), amount: data.patients }, { sign: '+', name: t('proof.parked'), amount: data.parked }, { sign: '+', name: t('proof.unallocated'), amount: data.unallocated },
            { sign: '', name: t('proof.residual'), amount: data.residual },
          ]} />
        </section>
        <section>
          <h3>{t('proof.bridge')} <span className="muted small">{t('groups.yuan')}</span></h3>
          <Sum lines={[
            { sign: '', name: t('proof.opening'), amount: bridge.opening }, { sign: '+', name: t('proof.month'), amount: bridge.month }, { sign: '=', name: t('proof.discharged'), amount: bridge.discharged },
            { sign: '+', name: t('proof.closing'), amount: bridge.closing }, { sign: '+', name: t('proof.earlier'), amount: bridge.discharged_earlier }, { sign: '', name: t('proof.residual'), amount: bridge.residual },
          ]} />
        </section>
        <section>
          <h3>{t('proof.hospital')} <span className="muted small">{t('groups.yuan')}</span></h3>
          <Sum lines={[
            { sign: '', name: t('figure.charge'), amount: data.profit.charge }, { sign: '', name: t('figure.payment'), amount: data.profit.payment }, { sign: '', name: t('proof.cost'), amount: data.profit.cost },
            { sign: '', name: t('figure.policy_margin'), amount: data.profit.policy_margin }, { sign: '', name: t('figure.real_margin'), amount: data.profit.real_margin },
          ]} />
        </section>
      </div>
    </details>
  );
}
