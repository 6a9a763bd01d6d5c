// Why this file: the way to the server: problems keep their words, events arrive, a folder is sent as it is.
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { api, dataOf, idempotencyKey, ProblemError } from '@/api/client';
import { eventsOf, watchJob, type Job } from '@/api/events';
import { folderOf, uploadFolder } from '@/api/upload';
import { resetWorld, world } from '@/demo/handlers';
import { balanced, explanation, groups, month } from '@/demo/month';
import { addressOf, caseCell, groupCell } from '@/story/cells';
import { grouped, told } from '@/pages/job/Findings';
import { safeNext } from '@/pages/login';
import { sumOf } from '@/money';
import { server } from './server';

function streamOf(...chunks: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({ start(controller) { for (const chunk of chunks) controller.enqueue(encoder.encode(chunk)); controller.close(); } });
}
const fileAt = (path: string, content: string) => {
  const file = new File([content], path.split('/').at(-1) ?? path);
  Object.defineProperty(file, 'webkitRelativePath', { value: path });
  return file;
};

describe('answers', () => {
  it('carry the server\'s problem', async () => {
    resetWorld({ loggedIn: false });
    const failure = await dataOf(api.GET('/api/v1/months')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect((failure as ProblemError).problem).toMatchObject({ status: 401, code: 'not_logged_in' });
  });
  it('say when the server can\'t be reached', async () => {
    server.use(http.get('*/api/v1/months', () => HttpResponse.error()));
    await expect(dataOf(api.GET('/api/v1/months'))).rejects.toMatchObject({ problem: { code: 'unreachable' } });
  });
  it('that are no problem documents still become one', async () => {
    server.use(http.get('*/api/v1/months', () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502 })));
    await expect(dataOf(api.GET('/api/v1/months'))).rejects.toMatchObject({ problem: { status: 502, code: 'unexpected' } });
  });
  it('are asked for in the language of the pages', async () => {
    let language: string | null = null;
    server.use(http.get('*/api/v1/months', ({ request }) => { language = request.headers.get('Accept-Language'); return HttpResponse.json({ months: [] }); }));
    await dataOf(api.GET('/api/v1/months'));
    expect(language).toMatch(/^(zh-CN|en-US)$/);
  });
  it('get a fresh key for each intent', () => {
    expect(idempotencyKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(idempotencyKey()).not.toBe(idempotencyKey());
  });
});

describe('events', () => {
  it('are read across chunk borders, comments left out', async () => {
    const seen: string[] = [];
    for await (const event of eventsOf(streamOf(': ping\n\nevent: prog', 'ress\ndata: {"a"', ':1}\n\nevent: done\r\ndata: {}\r\n\r\n'))) seen.push(`${event.name} ${event.data}`);
    expect(seen).toEqual(['progress {"a":1}', 'done {}']);
  });
  it('follow a job to its end, over a broken line', async () => {
    const job: Job = { job: '7', kind: 'run', period: '2026-09', state: 'running', stage: 'read', progress: 10, findings: [] };
    let calls = 0;
    server.use(http.get('*/api/v1/jobs/7/events', () => {
      calls += 1;
      const body = calls === 1 ? `event: progress\ndata: ${JSON.stringify(job)}\n\n` : `event: done\ndata: ${JSON.stringify({ ...job, state: 'done', progress: 100 })}\n\n`;
      return new HttpResponse(streamOf(body), { headers: { 'Content-Type': 'text/event-stream' } });
    }));
    const states: string[] = [];
    await watchJob('7', new AbortController().signal, ({ state }) => states.push(state));
    expect(states).toEqual(['running', 'done']);
    expect(calls).toBe(2);
  });
});

describe('uploading', () => {
  it('takes tables and rules, drops the folder\'s own name and hidden files, and names what it leaves behind', () => {
    const list = ['2026-09/manifest.json', '2026-09/prior/manifest.json', '2026-09/.DS_Store', '2026-09/notes.docx', '2026-09/ledger.csv', '2026-09/rules/payment.toml', '2026-09/rules/old/payment.toml', '2026-09/Staff.csv'].map((path) => fileAt(path, 'x'));
    const { files, left } = folderOf(list);
    expect(files.map(({ path }) => path)).toEqual(['ledger.csv', 'manifest.json', 'prior/manifest.json', 'rules/payment.toml']);
    expect(left).toEqual(['Staff.csv', 'notes.docx', 'rules/old/payment.toml']);
  });
  it('takes along the files of a catalogue, and policies with a year in their name', () => {
    const names = ['m/manifest.json', 'm/rules/policy_2026.toml', 'm/rules/dip-1/catalogue.toml', 'm/rules/dip-1/groups.csv', 'm/rules/dip-1/codes.txt', 'm/rules/dip-1/病种.xlsx', 'm/rules/old/payment.toml'];
    const { files, left } = folderOf(names.map((name) => fileAt(name, '')));
    expect(files.map(({ path }) => path)).toEqual(['manifest.json', 'rules/dip-1/catalogue.toml', 'rules/dip-1/codes.txt', 'rules/dip-1/groups.csv', 'rules/policy_2026.toml']);
    expect(left).toEqual(['rules/dip-1/病种.xlsx', 'rules/old/payment.toml']);
  });
  it('sends each file as it is, then asks for the import', async () => {
    const bodies: Record<string, string> = {};
    server.use(http.put('*/api/v1/uploads/:upload/files', async ({ request }) => { bodies[new URL(request.url).searchParams.get('path') ?? ''] = await request.text(); return new HttpResponse(null, { status: 204 }); }));
    const done: number[] = [];
    const { files } = folderOf([fileAt('m/manifest.json', '{"schema":1}'), fileAt('m/ledger.csv', 'voucher,line\nJ1,1\n')]);
    const job = await uploadFolder(files, new AbortController().signal, ({ filesDone }) => done.push(filesDone));
    expect(bodies).toEqual({ 'ledger.csv': 'voucher,line\nJ1,1\n', 'manifest.json': '{"schema":1}' });
    expect(done).toEqual([0, 1, 2]);
    expect(world.jobs.get(job.job)?.kind).toBe('import');
  });
});

describe('small things', () => {
  it('figures keep their address through odd codes', () => {
    const cell = groupCell('dip', 'K80.2:51.23/x y', 'real_margin');
    expect(addressOf(cell)).toEqual({ kind: 'group', basis: 'dip', group: 'K80.2:51.23/x y', figure: 'real_margin' });
    expect(addressOf(caseCell('I1', 'cost'))).toEqual({ kind: 'server', cell: 'patient:I1' });
    expect(addressOf('department:A001:1001:basic')).toMatchObject({ kind: 'server' });
  });
  it('a finding is split into what and mend', () => {
    expect(told('缺少文件 a.csv; 请补齐')).toEqual({ what: '缺少文件 a.csv', mend: '请补齐' });
    expect(told('plain')).toEqual({ what: 'plain', mend: '' });
  });
  it('equal findings of a file stand together, what must be mended first, a file as a whole before its rows', () => {
    const finding = (code: string, severity: 'stop' | 'park' | 'warn', file: string, row: number) => ({ code, severity, file, row, column: '', message: `${code}; mend` });
    const rows = grouped([finding('late', 'warn', 'ledger.csv', 9), ...Array.from({ length: 92 }, (_, row) => finding('text_not_utf8', 'stop', 'staff.csv', row + 2)), finding('amount', 'stop', 'ledger.csv', 3), finding('file_missing', 'stop', 'items.csv', 0)]);
    expect(rows.map(({ code, rows: equal }) => [code, equal.length])).toEqual([['file_missing', 0], ['amount', 0], ['text_not_utf8', 91], ['late', 0]]);
  });
  it('the way back after log-in stays in the house', () => {
    expect(safeNext('/months/2026-09/groups?sort=-cost')).toBe('/months/2026-09/groups?sort=-cost');
    for (const evil of ['//evil.example', 'https://evil.example', '/\\evil.example', null]) expect(safeNext(evil)).toBe('/months');
  });
});

it('the demonstration month agrees with itself to the fen', () => {
  expect(balanced()).toBe(true);
  for (const stay of month.cases) {
    const told = explanation(`patient:${stay.encounter}`);
    expect(sumOf(told?.parts.map(({ amount }) => amount) ?? [])).toBe(stay.cost);
  }
  expect(groups('cost', null).totals.cost).toBe(sumOf(month.cases.map(({ cost }) => cost)));
});
