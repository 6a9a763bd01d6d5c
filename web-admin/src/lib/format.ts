// Why this file: times, sizes and short run numbers, by the reader's language.
import { i18n } from '@/i18n';

export const shortRun = (runId: string): string => runId.slice(0, 8);

export function when(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(i18n.language, { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false }).format(date);
}

export function sizeOf(bytes: number): string {
  const format = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return bytes >= 1048576 ? `${format.format(bytes / 1048576)} MB` : `${format.format(Math.max(bytes / 1024, bytes ? 0.1 : 0))} KB`;
}

export const count = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
