// Why this file: every question the pages ask, with one key each, so that two pages never ask twice.
import { infiniteQueryOptions, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, csrf, dataOf, done, idempotencyKey, rememberCsrf, statusOf, type Schemas } from './client';
import { isOver, watchJob, type Job } from './events';
import type { operations } from './schema';

export type Group = Schemas['Group'];
export type Case = Schemas['Case'];
export type Month = Schemas['Month'];
export type Basis = Schemas['Basis'];
export type ReportChoice = Pick<NonNullable<operations['getReport']['parameters']['query']>, 'scope' | 'by' | 'department'>;
export type GroupSort = NonNullable<NonNullable<operations['listGroups']['parameters']['query']>['sort']>;

export const setupQuery = queryOptions({ queryKey: ['setup'], queryFn: () => dataOf(api.GET('/api/v1/setup')) });

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const session = await dataOf(api.GET('/api/v1/session'));
    rememberCsrf(session.csrf_token);
    return session;
  },
  staleTime: 60_000,
});

export const monthsQuery = queryOptions({ queryKey: ['months'], queryFn: () => dataOf(api.GET('/api/v1/months')) });

export const summaryQuery = (period: string) =>
  queryOptions({ queryKey: ['summary', period], queryFn: () => dataOf(api.GET('/api/v1/months/{period}/summary', { params: { path: { period } } })) });

export const groupsQuery = (period: string, sort: GroupSort, basis?: Basis) =>
  queryOptions({
    queryKey: ['groups', period, sort, basis ?? ''],
    queryFn: () => dataOf(api.GET('/api/v1/months/{period}/groups', { params: { path: { period }, query: basis ? { sort, basis } : { sort } } })),
    placeholderData: (previous, query) => (query?.queryKey[1] === period ? previous : undefined),
  });

export const casesQuery = (period: string, basis: Basis, group: string) =>
  infiniteQueryOptions({
    queryKey: ['cases', period, basis, group],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      dataOf(api.GET('/api/v1/months/{period}/cases', { params: { path: { period }, query: { basis, group, page_size: 1000, ...(pageParam ? { page_token: pageParam } : {}) } } })),
    getNextPageParam: (last) => last.next_page_token ?? undefined,
  });

export const caseQuery = (period: string, encounter: string) =>
  queryOptions({ queryKey: ['case', period, encounter], queryFn: () => dataOf(api.GET('/api/v1/months/{period}/cases/{encounter}', { params: { path: { period, encounter } } })) });

export const explanationQuery = (period: string, cell: string) =>
  queryOptions({ queryKey: ['explanation', period, cell], queryFn: () => dataOf(api.GET('/api/v1/months/{period}/explanation', { params: { path: { period }, query: { cell } } })) });

/** Another month is being computed, or reports of others are: it will be over soon; each pause is longer. */
const patient = { retry: (count: number, error: unknown) => (statusOf(error) === 503 ? count < 8 : count < 1 && ![400, 401, 404, 409].includes(statusOf(error) ?? 0)), retryDelay: (count: number) => Math.min(1000 * 1.5 ** count, 6000) };

export const groupingQuery = (period: string, encounter: string, language: string) =>
  queryOptions({ queryKey: ['grouping', period, encounter, language], queryFn: () => dataOf(api.GET('/api/v1/months/{period}/cases/{encounter}/grouping', { params: { path: { period, encounter } } })), ...patient });

export const reportsQuery = (period: string, language: string) =>
  queryOptions({ queryKey: ['reports', period, language], queryFn: () => dataOf(api.GET('/api/v1/months/{period}/reports', { params: { path: { period } } })) });

export const reportQuery = (period: string, kind: string, choice: ReportChoice, language: string) =>
  queryOptions({
    queryKey: ['report', period, kind, choice, language],
    queryFn: async () => {
      const report = await dataOf(api.GET('/api/v1/months/{period}/reports/{kind}', { params: { path: { period, kind }, query: { ...choice, language: language.startsWith('zh') ? 'zh' : 'en' } } }));
      if (typeof report === 'string') throw new Error('a report as text');
      return report;
    },
    // The same report in another scope or of another department may stand until its own is there; another month's never.
    placeholderData: (previous, query) => (query?.queryKey[1] === period && query.queryKey[2] === kind ? previous : undefined), ...patient,
  });

const jobQuery = (job: string) => queryOptions({ queryKey: ['job', job], queryFn: () => dataOf(api.GET('/api/v1/jobs/{job}', { params: { path: { job } } })) });

/** The job as it stands, then live; asking again after a reload takes up where it is. */
export function useJob(job: string) {
  const client = useQueryClient();
  const query = useQuery(jobQuery(job));
  const over = query.data ? isOver(query.data) : undefined;
  useEffect(() => {
    if (over !== false) return;
    const stop = new AbortController();
    watchJob(job, stop.signal, (state: Job) => {
      client.setQueryData(jobQuery(job).queryKey, state);
      if (isOver(state)) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'job' && queryKey[0] !== 'session' && queryKey[0] !== 'setup' });
    }).catch(() => void client.invalidateQueries({ queryKey: ['job', job] }));
    return () => stop.abort();
  }, [client, job, over]);
  return query;
}

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['LoginRequest']) => dataOf(api.POST('/api/v1/session', { body })),
    onSuccess: (session) => {
      rememberCsrf(session.csrf_token);
      client.setQueryData(sessionQuery.queryKey, session);
    },
  });
}

export function useLogout() {
  return useMutation({ mutationFn: () => done(api.DELETE('/api/v1/session', { params: { header: csrf() } })) });
}

export function useSetup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['SetupRequest']) => done(api.POST('/api/v1/setup', { body })),
    onSuccess: () => client.setQueryData(setupQuery.queryKey, { needed: false }),
  });
}

export function useStartRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (period: string) => dataOf(api.POST('/api/v1/runs', { params: { header: { ...csrf(), 'Idempotency-Key': idempotencyKey() } }, body: { period } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['months'] }),
  });
}

export function useCancelJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (job: string) => dataOf(api.DELETE('/api/v1/jobs/{job}', { params: { header: csrf(), path: { job } } })),
    onSettled: (_data, _error, job) => client.invalidateQueries({ queryKey: ['job', job] }),
  });
}
