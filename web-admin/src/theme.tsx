// Why this file: one accent, two themes that follow the system, and the same colours for our own markup as for the component set.
import { App as AntApp, ConfigProvider, theme as antTheme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { createContext, use, useLayoutEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type ThemeChoice = 'system' | 'light' | 'dark';
const kept = 'yuanliu.theme';

const darkQuery = () => window.matchMedia('(prefers-color-scheme: dark)');
const subscribe = (changed: () => void) => {
  const query = darkQuery();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};

const ThemeContext = createContext<{ choice: ThemeChoice; choose: (choice: ThemeChoice) => void }>({ choice: 'system', choose: () => undefined });
export const useThemeChoice = () => use(ThemeContext);

const colors = {
  light: { surplus: '#00665c', deficit: '#b3320b', rowHover: '#f0f5ff', head: '#f5f6f8', page: '#f5f6f8', warnText: '#874d00', warnBack: '#fff7e6', badText: '#a8071a', badBack: '#fff1f0' },
  dark: { surplus: '#4fc7b5', deficit: '#ff8a61', rowHover: '#1c2740', head: '#1f1f1f', page: '#0d0d0d', warnText: '#f3b765', warnBack: '#2b2011', badText: '#ff8f8c', badBack: '#2f1719' },
};

/** Hands the tokens to the style sheet, popups outside the tree included. */
function Variables({ dark }: { dark: boolean }) {
  const { token } = antTheme.useToken();
  useLayoutEffect(() => {
    const own = dark ? colors.dark : colors.light;
    const values: Record<string, string> = {
      text: token.colorText, muted: token.colorTextDescription, surface: token.colorBgContainer, raised: token.colorBgElevated, line: token.colorBorderSecondary, edge: token.colorBorder,
      accent: token.colorPrimary, link: token.colorLink, page: own.page, head: own.head, hover: own.rowHover, surplus: own.surplus, deficit: own.deficit, 'warn-text': own.warnText, 'warn-back': own.warnBack, 'bad-text': own.badText, 'bad-back': own.badBack,
    };
    const { style, dataset } = document.documentElement;
    for (const [name, value] of Object.entries(values)) style.setProperty(`--y-${name}`, value);
    style.colorScheme = dark ? 'dark' : 'light';
    dataset['theme'] = dark ? 'dark' : 'light';
  }, [token, dark]);
  return null;
}

export function Themed({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [choice, setChoice] = useState<ThemeChoice>(() => {
    const stored = localStorage.getItem(kept);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  });
  const systemDark = useSyncExternalStore(subscribe, () => darkQuery().matches);
  const dark = choice === 'dark' || (choice === 'system' && systemDark);
  const context = useMemo(() => ({
    choice,
    choose(next: ThemeChoice) {
      localStorage.setItem(kept, next);
      setChoice(next);
    },
  }), [choice]);
  const config = useMemo(() => ({
    algorithm: dark ? [antTheme.darkAlgorithm, antTheme.compactAlgorithm] : [antTheme.defaultAlgorithm, antTheme.compactAlgorithm],
    token: {
      colorPrimary: '#0958d9', colorInfo: '#0958d9', colorPrimaryHover: '#0a4bb5', colorLink: dark ? '#6ea8ff' : '#0958d9', borderRadius: 6, fontSize: 14, controlHeight: 32,
      colorTextDescription: dark ? 'rgba(255,255,255,.65)' : 'rgba(0,0,0,.62)', colorTextTertiary: dark ? 'rgba(255,255,255,.65)' : 'rgba(0,0,0,.62)',
      colorTextPlaceholder: dark ? 'rgba(255,255,255,.58)' : 'rgba(0,0,0,.58)',
      fontFamily: 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
    },
  }), [dark]);
  return (
    <ThemeContext value={context}>
      <ConfigProvider locale={i18n.language === 'zh-CN' ? zhCN : enUS} theme={config} button={{ autoInsertSpace: false }}>
        <Variables dark={dark} />
        <AntApp>{children}</AntApp>
      </ConfigProvider>
    </ThemeContext>
  );
}
