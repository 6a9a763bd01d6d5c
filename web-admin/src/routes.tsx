// Why this file: every address of the pages; each page is loaded when it is first opened.
import type { RouteObject } from 'react-router';
import { Navigate } from 'react-router';
import { Crashed, NotFound } from '@/pages/trouble';
import { Shell } from '@/shell';
import { Loading } from '@/components/Loading';

export const routes: RouteObject[] = [
  {
    errorElement: <Crashed />, HydrateFallback: Loading,
    children: [
      { path: '/setup', lazy: async () => ({ Component: (await import('@/pages/setup')).SetupPage }) },
      { path: '/login', lazy: async () => ({ Component: (await import('@/pages/login')).LoginPage }) },
      {
        element: <Shell />,
        children: [
          { index: true, element: <Navigate to="/months" replace /> },
          { path: '/months', lazy: async () => ({ Component: (await import('@/pages/months')).MonthsPage }) },
          { path: '/import', lazy: async () => ({ Component: (await import('@/pages/import')).ImportPage }) },
          { path: '/jobs/:job', lazy: async () => ({ Component: (await import('@/pages/job')).JobPage }) },
          { path: '/months/:period/groups', lazy: async () => ({ Component: (await import('@/pages/groups')).GroupsPage }) },
          { path: '/months/:period/groups/:basis/:group', lazy: async () => ({ Component: (await import('@/pages/cases')).CasesPage }) },
          { path: '/months/:period/cases/:encounter', lazy: async () => ({ Component: (await import('@/pages/case')).CasePage }) },
          { path: '/months/:period/reports/:kind?', lazy: async () => ({ Component: (await import('@/pages/reports')).ReportsPage }) },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
];
