// Why this file: switches all amounts of a page between yuan and ten thousand yuan.
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useUnit } from '@/lib/hooks';

export function UnitSwitch() {
  const { t } = useTranslation();
  const [unit, setUnit] = useUnit();
  return <Segmented<'yuan' | 'wan'> aria-label={t('groups.unit')} value={unit} onChange={setUnit} options={[{ value: 'yuan', label: t('groups.yuan') }, { value: 'wan', label: t('groups.wan') }]} />;
}
