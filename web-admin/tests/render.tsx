// Why this file: opens the pages at an address, as a browser would.
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { createQueryClient } from '@/App';
import { chooseLanguage } from '@/i18n';
import { routes } from '@/routes';
import { Themed } from '@/theme';

export function openAt(address: string) {
  chooseLanguage('zh-CN');
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  const client = createQueryClient(() => {
    const { pathname, search } = router.state.location;
    if (pathname !== '/login') void router.navigate(`/login?next=${encodeURIComponent(pathname + search)}`, { replace: true });
  });
  render(<QueryClientProvider client={client}><Themed><RouterProvider router={router} /></Themed></QueryClientProvider>);
  return router;
}
