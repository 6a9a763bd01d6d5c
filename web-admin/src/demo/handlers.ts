// Why this file: a fake server with the contract's types, for demo mode and tests; it keeps a little state, as the real one does.
import { delay, http, HttpResponse } from 'msw';
import type { Schemas } from '@/api/client';
import { isStale } from '@/components/Stale';
import { explanation, groups, month, summary } from './month';
import { grouping, report, reportList } from './reports';

type Job = Schemas['Job'];

interface World {
  setupNeeded: boolean;
  loggedIn: boolean;
  uploaded: string[];
  jobs: Map<string, Job>;
  active: Map<string, string>;
  runs: Map<string, Schemas['RunInfo'] | null>;
  imported: Map<string, string>;
  /** Milliseconds between two steps of a job. */
  pace: number;
}

export const demoPassword = 'demonstration-1';
const earlier = '2026-08';

const fresh = (): World => ({
  setupNeeded: false, loggedIn: true, uploaded: [], jobs: new Map(), active: new Map(), pace: 700, imported: new Map([[month.period, '2026-10-08T09:30:05+08:00'], [earlier, '2026-09-05T16:02:40+08:00']]),
  runs: new Map([[month.period, { run_id: month.run_id, result_hash: month.result_hash, ended_at: '2026-10-08T09:31:12+08:00' }], [earlier, null]]),
});

export const world: World = fresh();
export const resetWorld = (changes: Partial<World> = {}) => Object.assign(world, fresh(), changes);

export const preserved = (): string => JSON.stringify({ ...world, jobs: [...world.jobs], active: [...world.active], imported: [...world.imported], runs: [...world.runs] });
export function revived(text: string): World {
  const kept = JSON.parse(text) as Omit<World, 'jobs' | 'active' | 'runs' | 'imported'> & { imported: [string, string][]; jobs: [string, Job][]; active: [string, string][]; runs: [string, Schemas['RunInfo'] | null][] };
  return { ...kept, jobs: new Map(kept.jobs), active: new Map(kept.active), imported: new Map(kept.imported), runs: new Map(kept.runs) };
}

const problem = (status: number, code: string, title: string, detail?: string) => {
  const body: Schemas['Problem'] = { type: `/problems/${code}`, title, status, code, request_id: 'demo-0001', ...(detail ? { detail } : {}) };
  return HttpResponse.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
};
const unauthorized = () => problem(401, 'not_logged_in', '请先登录');
const changedSinceRun = () => problem(409, 'month_changed_since_run', '数据已重新导入，结果基于旧数据', '请重新计算该月，再查看来龙去脉。');
const missing = (what: string) => problem(404, 'not_found', `找不到${what}`);

const stages: Record<Job['kind'], string[]> = {
  import: ['read', 'check', 'load', 'store'],
  run: ['read', 'allocate', 'pools', 'patients', 'groups', 'profit', 'prove', 'store_result'],
};

const missingManifest: Schemas['Finding'][] = [
  { code: 'file_missing', severity: 'stop', file: 'manifest.json', row: 0, column: '', message: '缺少文件 manifest.json; 请补齐' },
  { code: 'number_malformed', severity: 'stop', file: 'ledger.csv', row: 128, column: 'amount', message: '"1,315.63" 不是至多 2 位小数的数; 请只写数字和小数点, 不要千分位' },
  { code: 'encounter_unknown', severity: 'park', file: 'charge_lines.csv', row: 4410, column: 'encounter', message: '就诊 V2609170033 不在 encounters.csv 中; 本行已挂账, 补登就诊后重新导入' },
];

function startJob(kind: Job['kind'], period: string): Job {
  const job: Job = { job: String(1000 + world.jobs.size + 1), kind, period, state: 'waiting', stage: 'waiting', progress: 0, findings: [] };
  world.jobs.set(job.job, job);
  world.active.set(period, job.job);
  return job;
}

function step(id: string): Job | undefined {
  const job = world.jobs.get(id);
  if (!job || job.state === 'done' || job.state === 'failed' || job.state === 'cancelled') return job;
  const all = stages[job.kind];
  const at = job.state === 'waiting' ? 0 : all.indexOf(job.stage) + 1;
  const next: Job = { ...job };
  const stage = all[at];
  const broken = job.kind === 'import' && !world.uploaded.includes('manifest.json');
  if (job.kind === 'import' && job.stage === 'check' && broken) {
    Object.assign(next, { state: 'failed', findings: missingManifest });
  } else if (stage) {
    Object.assign(next, { state: 'running', stage, progress: Math.round((100 * at) / all.length) });
  } else {
    Object.assign(next, { state: 'done', stage: 'done', progress: 100, findings: job.kind === 'import' ? missingManifest.slice(2) : [] });
    if (job.kind === 'import' && job.period) world.imported.set(job.period, new Date().toISOString());
    if (job.kind === 'run' && job.period) world.runs.set(job.period, { run_id: month.run_id, result_hash: month.result_hash, ended_at: new Date().toISOString() });
  }
  if (next.state !== 'running' && next.period) world.active.delete(next.period);
  world.jobs.set(id, next);
  return next;
}

function monthOf(period: string): Schemas['Month'] {
  return {
    hospital: month.hospital, hospital_name: month.hospital_name, period, month_hash: month.month_hash,
    imported_at: world.imported.get(period) ?? '', feeds: period === earlier ? {} : month.feeds,
    current_run: world.runs.get(period) ?? null, active_job: world.active.get(period) ?? null,
  };
}

const guarded = (answer: () => Response): Response => (world.loggedIn ? answer() : unauthorized());
const withResults = (period: unknown, answer: () => Response): Response =>
  guarded(() => (world.runs.get(String(period)) ? answer() : missing('该月的核算结果')));

export const handlers = [
  http.get('*/api/v1/setup', () => HttpResponse.json({ needed: world.setupNeeded } satisfies Schemas['SetupState'])),
  http.post('*/api/v1/setup', async ({ request }) => {
    const body = (await request.json()) as Schemas['SetupRequest'];
    if (!world.setupNeeded) return problem(409, 'setup_done', '管理员已经创建');
    if (body.token !== 'demo-token') return problem(403, 'token_wrong', '设置口令不正确', '请从服务首次启动的窗口中复制，或重新启动服务取得新口令。');
    world.setupNeeded = false;
    return new HttpResponse(null, { status: 201 });
  }),
  http.post('*/api/v1/session', async ({ request }) => {
    const body = (await request.json()) as Schemas['LoginRequest'];
    if (body.password !== demoPassword) return problem(401, 'login_wrong', '用户名或密码不正确');
    world.loggedIn = true;
    return HttpResponse.json({ username: body.username, role: 'administrator', csrf_token: 'demo', idle_minutes: 30 } satisfies Schemas['Session']);
  }),
  http.get('*/api/v1/session', () => guarded(() => HttpResponse.json({ username: 'demo', role: 'administrator', csrf_token: 'demo', idle_minutes: 30 } satisfies Schemas['Session']))),
  http.delete('*/api/v1/session', () => {
    world.loggedIn = false;
    return new HttpResponse(null, { status: 204 });
  }),
  http.get('*/api/v1/months', () => guarded(() => HttpResponse.json({ months: [...world.runs.keys()].sort().reverse().map(monthOf) } satisfies Schemas['MonthList']))),
  http.post('*/api/v1/uploads', () => guarded(() => {
    world.uploaded = [];
    return HttpResponse.json({ upload: 'demo-upload' } satisfies Schemas['Upload'], { status: 201 });
  })),
  http.put('*/api/v1/uploads/:upload/files', ({ request }) => guarded(() => {
    world.uploaded.push(new URL(request.url).searchParams.get('path') ?? '');
    return new HttpResponse(null, { status: 204 });
  })),
  http.post('*/api/v1/imports', () => guarded(() => HttpResponse.json(startJob('import', month.period), { status: 202 }))),
  http.post('*/api/v1/runs', async ({ request }) => {
    const { period } = (await request.json()) as Schemas['RunRequest'];
    if (world.active.has(period)) return problem(409, 'job_active', '该月已有任务正在进行');
    return guarded(() => HttpResponse.json(startJob('run', period), { status: 202 }));
  }),
  http.get('*/api/v1/jobs/:job', ({ params }) => guarded(() => {
    const job = world.jobs.get(String(params['job']));
    return job ? HttpResponse.json(job) : missing('该任务');
  })),
  http.delete('*/api/v1/jobs/:job', ({ params }) => guarded(() => {
    const job = world.jobs.get(String(params['job']));
    if (!job) return missing('该任务');
    const stopped: Job = { ...job, state: 'cancelled' };
    world.jobs.set(job.job, stopped);
    if (job.period) world.active.delete(job.period);
    return HttpResponse.json(stopped, { status: 202 });
  })),
  http.get('*/api/v1/jobs/:job/events', ({ params }) => guarded(() => {
    const encoder = new TextEncoder();
    let open = true;
    const stream = new ReadableStream<Uint8Array>({
      async start(controller) {
        while (open) {
          const job = step(String(params['job']));
          if (!job) break;
          const over = job.state !== 'running' && job.state !== 'waiting';
          controller.enqueue(encoder.encode(`event: ${over ? 'done' : 'progress'}\ndata: ${JSON.stringify(job)}\n\n`));
          if (over) break;
          await delay(world.pace);
        }
        if (open) controller.close();
      },
      cancel() { open = false; },
    });
    return new HttpResponse(stream, { headers: { 'Content-Type': 'text/event-stream' } });
  })),
  http.get('*/api/v1/months/:period/summary', ({ params }) => withResults(params['period'], () => HttpResponse.json({ ...summary(), period: String(params['period']) }))),
  http.get('*/api/v1/months/:period/groups', ({ params, request }) => withResults(params['period'], () => {
    const query = new URL(request.url).searchParams;
    return HttpResponse.json(groups(query.get('sort') ?? 'real_margin', query.get('basis')));
  })),
  http.get('*/api/v1/months/:period/cases', ({ params, request }) => withResults(params['period'], () => {
    const query = new URL(request.url).searchParams;
    const [basis, group] = [query.get('basis'), query.get('group')];
    const cases = month.cases.filter((stay) => stay.basis === basis && (stay.group || `~${stay.status}`) === group);
    return HttpResponse.json({ run_id: month.run_id, cases, next_page_token: null } satisfies Schemas['CaseList']);
  })),
  http.get('*/api/v1/months/:period/cases/:encounter', ({ params }) => withResults(params['period'], () => {
    const encounter = String(params['encounter']);
    const stay = month.cases.find((one) => one.encounter === encounter);
    if (!stay) return missing('该病例');
    return HttpResponse.json({ run_id: month.run_id, case: stay, parts: month.case_parts[encounter] ?? [] } satisfies Schemas['CaseDetail']);
  })),
  http.get('*/api/v1/months/:period/cases/:encounter/grouping', ({ params }) => withResults(params['period'], () => {
    const found = grouping(String(params['encounter']));
    return found ? HttpResponse.json(found) : missing('该病例');
  })),
  http.get('*/api/v1/months/:period/reports', ({ params }) => withResults(params['period'], () => (isStale(monthOf(String(params['period']))) ? changedSinceRun() : HttpResponse.json(reportList())))),
  http.get('*/api/v1/months/:period/reports/:kind', ({ params }) => withResults(params['period'], () => {
    const found = report(String(params['kind']));
    return found ? HttpResponse.json(found) : missing('该报表');
  })),
  http.get('*/api/v1/months/:period/explanation', ({ params, request }) => withResults(params['period'], () => {
    if (isStale(monthOf(String(params['period'])))) return changedSinceRun();
    const found = explanation(new URL(request.url).searchParams.get('cell') ?? '');
    return found ? HttpResponse.json(found) : missing('该数字');
  })),
];
