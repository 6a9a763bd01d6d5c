// Why this file: appearance, language and log-out, in the bar and on the pages before log-in.
import { GlobalOutlined, MoonOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useLogout } from '@/api/queries';
import { chooseLanguage, type Language } from '@/i18n';
import { useThemeChoice, type ThemeChoice } from '@/theme';

export function Preferences({ username }: { username?: string }) {
  const { t, i18n } = useTranslation();
  const { choice, choose } = useThemeChoice();
  const client = useQueryClient();
  const navigate = useNavigate();
  const logout = useLogout();
  const themes: MenuProps = {
    selectable: true, selectedKeys: [choice], onClick: ({ key }) => choose(key as ThemeChoice),
    items: [{ key: 'system', label: t('bar.themeSystem') }, { key: 'light', label: t('bar.themeLight') }, { key: 'dark', label: t('bar.themeDark') }],
  };
  const languages: MenuProps = {
    selectable: true, selectedKeys: [i18n.language], onClick: ({ key }) => chooseLanguage(key as Language),
    items: [{ key: 'zh-CN', label: '简体中文' }, { key: 'en-US', label: 'English' }],
  };
  const leave = () => logout.mutate(undefined, {
    onSettled: () => {
      void navigate('/login', { replace: true });
      client.clear();
    },
  });
  return (
    <div className="preferences">
      <Dropdown menu={themes} trigger={['click']}><Button type="text" icon={<MoonOutlined />} aria-label={t('bar.theme')} /></Dropdown>
      <Dropdown menu={languages} trigger={['click']}><Button type="text" icon={<GlobalOutlined />} aria-label={t('bar.language')} /></Dropdown>
      {username ? (
        <Dropdown menu={{ items: [{ key: 'leave', label: t('bar.logout'), onClick: leave }] }} trigger={['click']}>
          <Button type="text" icon={<UserOutlined />} aria-label={`${t('bar.account')} ${username}`}><span className="only-wide">{username}</span></Button>
        </Dropdown>
      ) : null}
    </div>
  );
}
