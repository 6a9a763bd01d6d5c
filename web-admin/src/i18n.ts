// Why this file: every word on screen comes from here; Chinese is the language of the trade, English stands beside it.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { enUS } from '@/locales/en-US';
import { zhCN } from '@/locales/zh-CN';

export type Language = 'zh-CN' | 'en-US';
const kept = 'yuanliu.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zhCN };
  }
}

function firstLanguage(): Language {
  const chosen = globalThis.localStorage?.getItem(kept);
  if (chosen === 'zh-CN' || chosen === 'en-US') return chosen;
  return globalThis.navigator?.language.startsWith('en') ? 'en-US' : 'zh-CN';
}

export const i18n = i18next.createInstance();
void i18n.use(initReactI18next).init({
  lng: firstLanguage(), fallbackLng: 'zh-CN', initAsync: false, interpolation: { escapeValue: false },
  resources: { 'zh-CN': { translation: zhCN }, 'en-US': { translation: enUS } },
});

export function chooseLanguage(language: Language): void {
  localStorage.setItem(kept, language);
  void i18n.changeLanguage(language);
}

/** Words for a value that the server may extend: the known ones are translated, others stand as they came. */
export function wordFor(prefix: 'stage' | 'trouble' | 'payer' | 'level' | 'feed', value: string): string {
  const key = `${prefix}.${value}`;
  return i18n.exists(key) ? i18n.t(key as 'stage.read') : value;
}
