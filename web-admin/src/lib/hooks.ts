// Why this file: small hooks that several pages share: page title, narrow screens, state in the address, the unit of amounts.
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Unit } from '@/money';

export function useTitle(title: string): void {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
    document.documentElement.lang = i18n.language;
  }, [title, t, i18n.language]);
}

const narrowQuery = () => window.matchMedia('(max-width: 719px)');
const subscribe = (changed: () => void) => {
  const query = narrowQuery();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrowQuery().matches);

/** One value in the address; the fallback leaves no trace there. */
export function useUrlState(name: string, fallback: string): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback((value: string) => {
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (value === fallback) next.delete(name);
      else next.set(name, value);
      return next;
    }, { replace: true });
  }, [name, fallback, setParams]);
  return [params.get(name) ?? fallback, set];
}

export function useUnit(): [Unit, (unit: Unit) => void] {
  const [value, set] = useUrlState('unit', 'yuan');
  return [value === 'wan' ? 'wan' : 'yuan', set];
}

/** What goes along from page to page: the unit of amounts. */
export function useCarried(): string {
  const [params] = useSearchParams();
  return params.get('unit') === 'wan' ? '?unit=wan' : '';
}
