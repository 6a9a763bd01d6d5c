// Why this file: puts theme, data and routes together; a session that ended leads to the log-in page and back.
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { statusOf } from '@/api/client';
import { sessionQuery } from '@/api/queries';
import { routes } from '@/routes';
import { Themed } from '@/theme';

export function createQueryClient(toLogin: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (statusOf(error) === 401) toLogin();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 15_000, refetchOnWindowFocus: true, retry: (count, error) => count < 1 && (statusOf(error) ?? 0) !== 401 && (statusOf(error) ?? 0) !== 404 },
      mutations: { retry: false },
    },
  });
}

export function App() {
  const [router] = useState(() => createBrowserRouter(routes));
  const [client] = useState<QueryClient>(() => createQueryClient(() => {
    const { pathname, search } = router.state.location;
    if (pathname === '/login' || pathname === '/setup') return;
    // Who has not been logged in here can't have been away too long.
    const ended = client.getQueryData(sessionQuery.queryKey) !== undefined;
    void router.navigate(`/login?next=${encodeURIComponent(pathname + search)}`, { replace: true, state: { ended } });
  }));
  return (
    <QueryClientProvider client={client}>
      <Themed><RouterProvider router={router} /></Themed>
    </QueryClientProvider>
  );
}
