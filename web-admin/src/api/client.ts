// Why this file: the one way to the server: typed by the contract, in the reader's language, failing with the server's own words.
import createClient from 'openapi-fetch';
import type { components, paths } from './schema';
import { i18n } from '@/i18n';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];

export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', credentials: 'same-origin', fetch: (request) => globalThis.fetch(request) });

api.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', i18n.language);
    return request;
  },
});

let csrfToken = '';
export const rememberCsrf = (token: string) => {
  csrfToken = token;
};
export const csrf = () => ({ 'X-CSRF-Token': csrfToken });

/** A fresh key for one intent; works without a secure context, as on an intranet. */
export function idempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value && 'status' in value;
}

export function problemOf(error: unknown, response: Response): ProblemError {
  if (isProblem(error)) return new ProblemError(error);
  return new ProblemError({
    type: 'about:blank', title: i18n.t('problem.unexpected'), status: response.status, code: 'unexpected', request_id: response.headers.get('X-Request-Id') ?? '',
  });
}

/** The data of an answer, or the problem it carried, or a plain word that the server can't be reached. */
export async function dataOf<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const answer = await settled(call);
  if (answer.data === undefined) throw problemOf(answer.error, answer.response);
  return answer.data;
}

export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  const answer = await settled(call);
  if (!answer.response.ok) throw problemOf(answer.error, answer.response);
}

async function settled<Data>(call: Promise<Answer<Data>>): Promise<Answer<Data>> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError({ type: 'about:blank', title: i18n.t('problem.unreachable'), status: 0, code: 'unreachable', request_id: '' });
  }
}

export const statusOf = (error: unknown): number | undefined => (error instanceof ProblemError ? error.problem.status : undefined);
