// Why this file: the four to six figures at the head of a result page; each is a door.
import { useTranslation } from 'react-i18next';
import type { Unit } from '@/money';
import { figures, type FigureName } from '@/story/cells';
import { Door } from './Figure';

interface StripProps {
  label: string;
  row: Record<FigureName, string>;
  unit: Unit;
  open: (figure: FigureName) => void;
}

export function Strip({ label, row, unit, open }: StripProps) {
  const { t } = useTranslation();
  return (
    <dl className="strip" aria-label={label}>
      {figures.map((name) => (
        <div key={name}>
          <dt>{t(`figure.${name}`)} <span className="unit">{t(unit === 'wan' ? 'groups.wan' : 'groups.yuan')}</span></dt>
          <dd><Door label={t(`figure.${name}`)} amount={row[name]} unit={unit} margin={name.endsWith('margin')} open={() => open(name)} /></dd>
        </div>
      ))}
    </dl>
  );
}
