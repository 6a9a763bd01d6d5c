// Why this file: why a case is in its group: what was recorded, which codes decided, and each rule that was tried, in order, with what it lacked.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemError, type Schemas } from '@/api/client';
import { groupingQuery } from '@/api/queries';
import { Badge } from '@/components/Badge';
import { Loading } from '@/components/Loading';
import { ComputeAgain } from '@/components/Stale';
import { Trouble } from '@/components/Trouble';
import { useUrlState } from '@/lib/hooks';

type Told = Schemas['CaseGrouping'];

const marks: Record<Schemas['GroupingStep']['outcome'], string> = { begins: '▸', holds: '✓', fails: '✕', loses: '−', ties: '=', notes: '·' };

function Codes({ codes, deciding }: { codes: string[]; deciding: string[] }) {
  if (!codes.length) return <>—</>;
  return <>{codes.map((code, index) => <span key={`${index}-${code}`} className={deciding.includes(code) ? 'code decides' : 'code'}>{code}</span>)}</>;
}

function Steps({ told }: { told: Told }) {
  const { t } = useTranslation();
  if (!told.steps.length) return <p className="muted">{t(told.catalogue === 'dip_catalogue.csv' ? 'why.plain' : 'why.checked')}</p>;
  return (
    <ol className="why-steps" aria-label={t('why.steps')}>
      {told.steps.map((step, index) => (
        <li key={index} className={`${step.outcome}${step.depth ? ' inner' : ''}`}>
          <span className="why-mark" aria-hidden="true">{marks[step.outcome]}</span>
          <span>{step.text}{step.near ? <> <Badge tone="warn">{t('why.near')}</Badge></> : null}</span>
        </li>
      ))}
    </ol>
  );
}

export function Grouping({ period, encounter }: { period: string; encounter: string }) {
  const { t, i18n } = useTranslation();
  const [why, setWhy] = useUrlState('why', '');
  const open = why === '1';
  const query = useQuery({ ...groupingQuery(period, encounter, i18n.language), enabled: open });
  const told = query.data;
  const changed = query.error instanceof ProblemError && query.error.problem.code === 'month_changed_since_run';
  return (
    <details className="proof why" open={open} onToggle={(event) => { const now = event.currentTarget.open; if (now !== open) setWhy(now ? '1' : ''); }}>
      <summary><strong>{t('why.title')}</strong> <span className="muted small">{t('why.lead')}</span></summary>
      <div className="why-told">
        {query.error ? <Trouble error={query.error} retry={() => void query.refetch()} instead={changed ? <ComputeAgain period={period} /> : undefined} /> : null}
        {query.isLoading ? <Loading /> : null}
        {told ? (
          <>
            <dl className="facts">
              <div><dt>{t('why.result')}</dt><dd>{told.group ? `${told.group} ${told.name}` : told.status_words}{told.reason_words ? ` · ${told.reason_words}` : ''}</dd></div>
              {told.level_words ? <div><dt>{t('case.level')}</dt><dd>{told.level_words}</dd></div> : null}
              <div><dt>{t('why.deciding')}</dt><dd><Codes codes={told.deciding_codes} deciding={told.deciding_codes} /></dd></div>
              <div><dt>{t('why.diagnoses')}</dt><dd><Codes codes={told.diagnoses} deciding={told.deciding_codes} /></dd></div>
              <div><dt>{t('why.procedures')}</dt><dd><Codes codes={told.procedures} deciding={told.deciding_codes} /></dd></div>
              {told.auxiliary ? <div><dt>{t('why.auxiliary')}</dt><dd>{told.auxiliary.coefficient}{told.auxiliary.band ? ` · ${told.auxiliary.kind_words} ${told.auxiliary.band}` : ''} {told.auxiliary.decided_by ? <Codes codes={told.auxiliary.decided_by.split(';')} deciding={[]} /> : null}</dd></div> : null}
              <div><dt>{t('why.catalogue')}</dt><dd>{told.catalogue}</dd></div>
            </dl>
            <h3>{t('why.steps')}</h3>
            <Steps told={told} />
            <p className="muted small">{t('why.note')}</p>
          </>
        ) : null}
      </div>
    </details>
  );
}
