// Why this file: how a report is asked for: its scope, by what, of which department; and what to take away: a file for a spreadsheet, a page to print.
import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import type { ReportChoice } from '@/api/queries';

type Kind = Schemas['ReportKind'];
type Department = Schemas['ReportDepartment'];

/** Departments that the report can be of: a sheet of groups needs cases. */
export const departmentsOf = (kind: Kind, all: Department[]): Department[] => (kind.section === 'profit' ? all.filter(({ has_cases: cases }) => cases) : all);

/** The address that the server gives a report at, in this language. */
export function addressOfReport(period: string, kind: string, choice: ReportChoice, language: string, format: 'csv' | 'html'): string {
  const query = new URLSearchParams({ ...choice, language: language.startsWith('zh') ? 'zh' : 'en', format });
  return `/api/v1/months/${encodeURIComponent(period)}/reports/${encodeURIComponent(kind)}?${query.toString()}`;
}

interface ToolsProps {
  period: string;
  kind: Kind;
  departments: Department[];
  choice: ReportChoice;
  choose: (name: keyof ReportChoice, value: string) => void;
  /** There is something to take away. */
  ready: boolean;
}

export function Tools({ period, kind, departments, choice, choose, ready }: ToolsProps) {
  const { t, i18n } = useTranslation();
  const own = departmentsOf(kind, departments).map(({ department, name }) => ({ value: department, label: `${name} ${department}` }));
  return (
    <div className="tools">
      {kind.department === 'none' ? null : (
        <Select<string>
          className="report-department" showSearch={{ optionFilterProp: 'label' }} aria-label={t('report.department')} {...(choice.department || kind.department === 'optional' ? { value: choice.department ?? '' } : {})}
          placeholder={t('report.chooseDepartment')} onChange={(value) => choose('department', value)} popupMatchSelectWidth={false}
          options={kind.department === 'optional' ? [{ value: '', label: t('report.allDepartments') }, ...own] : own}
        />
      )}
      {kind.by.length ? <Select<string> aria-label={t('report.by')} value={choice.by ?? kind.by[0] ?? ''} onChange={(value) => choose('by', value)} options={kind.by.map((by) => ({ value: by, label: t(`by.${by}`) }))} popupMatchSelectWidth={false} /> : null}
      {kind.scopes.length ? <Select<string> aria-label={t('report.scope')} value={choice.scope ?? kind.scopes[0] ?? ''} onChange={(value) => choose('scope', value)} options={kind.scopes.map((scope) => ({ value: scope, label: t(`scope.${scope}`) }))} popupMatchSelectWidth={false} /> : null}
      {ready ? (
        <span className="row-do report-take">
          <a className="as-button" download href={addressOfReport(period, kind.kind, choice, i18n.language, 'csv')}><DownloadOutlined aria-hidden="true" />&nbsp;{t('report.csv')}</a>
          <a className="as-button" target="_blank" rel="noreferrer" href={addressOfReport(period, kind.kind, choice, i18n.language, 'html')}><PrinterOutlined aria-hidden="true" />&nbsp;{t('report.print')}</a>
        </span>
      ) : null}
    </div>
  );
}
