// Why this file: the month in one sentence: disease groups are those of DIP; what is paid otherwise stands apart, by cases.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { groupsQuery, type Basis } from '@/api/queries';
import { count } from '@/lib/format';
import { isNegative, shownNumber } from '@/money';

const others: Basis[] = ['charges', 'drg', 'other', 'ungrouped', 'uncoded'];

export function Headline({ period, basis, list }: { period: string; basis: Basis | undefined; list: Schemas['GroupList'] }) {
  const { t } = useTranslation();
  const of = (one: Basis) => list.groups.filter((row) => row.basis === one);
  const casesOf = (one: Basis) => of(one).reduce((sum, row) => sum + row.cases, 0);
  const groups = of('dip');
  const cases = casesOf('dip');
  const dip = groups.length ? t('groups.headlineDip', { cases: count(cases), groups: count(groups.length), losing: count(groups.filter((row) => isNegative(row.real_margin)).length) }) : '';
  const apart = others.filter((one) => of(one).length).map((one) => t('groups.headlineOne', { basis: t(`basis.${one}`), cases: count(casesOf(one)) })).join(t('groups.listAnd'));
  // The server's own, over DIP alone: its total over all bases also counts grouped cases that are paid by charges.
  const cmi = useQuery(groupsQuery(period, 'real_margin', 'dip')).data?.totals.cmi;
  return (
    <>
      <p className="headline">
        {basis
          ? `${t('groups.headlineBasis', { basis: t(`basis.${basis}`), cases: count(list.totals.cases) })}${basis === 'dip' ? dip : ''}`
          : t('groups.headline', { period, cases: count(list.totals.cases), dip, apart: apart ? t('groups.headlineApart', { list: apart }) : '' })}
      </p>
      {cmi && groups.length ? <p className="muted small">{t('groups.cmiDip', { cases: count(cases), cmi: shownNumber(cmi, 4) })}</p> : null}
    </>
  );
}
