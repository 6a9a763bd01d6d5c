// Why this file: how an amount looks everywhere: right sign, right colour, an icon beside a margin, a dash for zero, words for no value.
import { useTranslation } from 'react-i18next';
import { isNegative, isZero, shown, type Unit } from '@/money';

interface FigureProps {
  amount: string | null;
  unit?: Unit;
  /** Margins carry colour, sign and icon; plain amounts only the sign. */
  margin?: boolean;
}

export function Figure({ amount, unit = 'yuan', margin = false }: FigureProps) {
  const { t } = useTranslation();
  if (amount === null) return <span className="muted">{t('figure.none')}</span>;
  if (isZero(amount)) return <span className="figure"><span aria-hidden="true">—</span><span className="hidden">{t('figure.zero')}</span></span>;
  const negative = isNegative(amount);
  const tone = margin ? (negative ? ' deficit' : ' surplus') : negative ? ' deficit' : '';
  return (
    <span className={`figure${tone}`} title={unit === 'wan' ? shown(amount) : undefined}>
      {margin ? <svg className="sign" viewBox="0 0 10 10" aria-hidden="true">{negative ? <path d="M1 3h8L5 8z" /> : <path d="M1 7h8L5 2z" />}</svg> : null}
      {margin ? <span className="hidden">{t(negative ? 'figure.deficit' : 'figure.surplus')} </span> : null}
      {shown(amount, unit)}
    </span>
  );
}

interface DoorProps extends FigureProps {
  label: string;
  open: () => void;
}

/** A figure outside a grid that opens its source and flow. */
export function Door({ label, open, ...figure }: DoorProps) {
  const { t } = useTranslation();
  return (
    <button type="button" className="door" onClick={open} title={t('figure.why')}>
      <span className="hidden">{label} </span>
      <Figure {...figure} />
    </button>
  );
}
