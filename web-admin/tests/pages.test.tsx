// Why this file: the pages with the fake server: set-up, log-in, months, run, import, groups, cases, case, and the way down to a source line.
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { http, HttpResponse } from 'msw';
import { demoPassword, resetWorld, world } from '@/demo/handlers';
import { month } from '@/demo/month';
import { reportList } from '@/demo/reports';
import { openAt } from './render';
import { server } from './server';

const user = userEvent.setup({ delay: null });

describe('before log-in', () => {
  it('a new hospital is led to the set-up, which asks for a long password twice', async () => {
    resetWorld({ setupNeeded: true, loggedIn: false });
    const router = openAt('/login');
    await screen.findByRole('heading', { name: '首次设置' });
    expect(router.state.location.pathname).toBe('/setup');
    await user.type(screen.getByLabelText('一次性设置口令'), 'demo-token');
    await user.type(screen.getByLabelText('用户名'), 'admin');
    await user.type(screen.getByLabelText('密码'), 'short');
    await user.type(screen.getByLabelText('再次输入密码'), 'other');
    await user.click(screen.getByRole('button', { name: '创建管理员' }));
    expect(await screen.findByText('密码至少 12 个字符')).toBeTruthy();
    expect(await screen.findByText('两次输入的密码不一致')).toBeTruthy();
    expect(world.setupNeeded).toBe(true);
    await user.type(screen.getByLabelText('密码'), '-but-now-long');
    await user.clear(screen.getByLabelText('再次输入密码'));
    await user.type(screen.getByLabelText('再次输入密码'), 'short-but-now-long');
    await user.click(screen.getByRole('button', { name: '创建管理员' }));
    expect(await screen.findByText('管理员已创建')).toBeTruthy();
    expect(world.setupNeeded).toBe(false);
  });

  it('a session that ended leads to log-in and back to the same address', async () => {
    resetWorld({ loggedIn: false });
    const router = openAt('/months/2026-09/groups?sort=-cost');
    await user.type(await screen.findByLabelText('用户名'), 'admin');
    await user.type(screen.getByLabelText('密码'), 'wrong');
    await user.click(screen.getByRole('button', { name: '登录' }));
    expect(await screen.findByText('用户名或密码不正确')).toBeTruthy();
    await user.clear(screen.getByLabelText('密码'));
    await user.type(screen.getByLabelText('密码'), demoPassword);
    await user.click(screen.getByRole('button', { name: '登录' }));
    await screen.findByRole('grid');
    expect(router.state.location.pathname + router.state.location.search).toBe('/months/2026-09/groups?sort=-cost');
  });
});

describe('month close', () => {
  it('shows feeds and runs, computes a month and shows it live to the end', async () => {
    const router = openAt('/months');
    expect(await screen.findByText('临床路径 · 暂估')).toBeTruthy();
    expect(screen.getByText('演示数据')).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: '计算 2026-08' }));
    expect(await screen.findByText('2026-08 计算完成')).toBeTruthy();
    expect(router.state.location.pathname).toMatch(/^\/jobs\//);
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('100');
    expect(world.runs.get('2026-08')).not.toBeNull();
  });

  it('a broken folder ends with findings that name the mend', async () => {
    openAt('/import');
    await screen.findByRole('heading', { name: '导入月度文件夹' });
    const file = new File(['a,b\n'], 'ledger.csv');
    Object.defineProperty(file, 'webkitRelativePath', { value: '2026-09/ledger.csv' });
    await user.upload(screen.getByLabelText('月度文件夹'), file);
    expect(await screen.findByText(/缺少 manifest.json/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '上传并导入' }));
    expect(await screen.findByText(/没有导入/)).toBeTruthy();
    const grid = screen.getByRole('grid', { name: '检查结果' });
    expect(within(grid).getByText('请只写数字和小数点, 不要千分位')).toBeTruthy();
    expect(within(grid).getByText('128')).toBeTruthy();
  });
});

describe('groups', () => {
  it('are sorted by the server, with its totals, and the order stands in the address', async () => {
    const router = openAt('/months/2026-09/groups');
    const grid = await screen.findByRole('grid');
    expect(grid.getAttribute('aria-rowcount')).toBe(String(month.groups.length + 2));
    expect(within(grid).getByRole('columnheader', { name: /实际盈亏/ }).getAttribute('aria-sort')).toBe('ascending');
    await user.click(within(grid).getByRole('columnheader', { name: /全程成本/ }));
    await waitFor(() => expect(router.state.location.search).toBe('?sort=-cost'));
    await waitFor(() => expect(within(screen.getByRole('grid')).getByRole('columnheader', { name: /全程成本/ }).getAttribute('aria-sort')).toBe('descending'));
    expect(document.title).toBe('2026-09 病组盈亏 · 源流');
  });

  it('the keyboard goes from cell to cell and opens what it stands on', async () => {
    const router = openAt('/months/2026-09/groups');
    const grid = await screen.findByRole('grid');
    grid.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{End}');
    const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    expect(active?.getAttribute('aria-colindex')).toBe('9');
    expect(active?.closest('[role=row]')?.getAttribute('aria-rowindex')).toBe('5');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(new URLSearchParams(router.state.location.search).get('cell')).toMatch(/^group:.*:real_margin$/));
    expect(await screen.findByText(/个病例合计/)).toBeTruthy();
  });

  it('the headline counts the groups of DIP; the others stand apart by cases, and a filter says that it is one', async () => {
    openAt('/months/2026-09/groups');
    const dip = month.groups.filter(({ basis }) => basis === 'dip');
    const cases = (basis: string) => month.groups.filter((row) => row.basis === basis).reduce((sum, row) => sum + row.cases, 0);
    const losing = dip.filter(({ real_margin: margin }) => margin.startsWith('-')).length;
    expect(await screen.findByText(`2026-09 出院 ${month.cases.length} 例。按 DIP 付费 ${cases('dip')} 例，${dip.length} 个病组中 ${losing} 个实际亏损。另有`, { exact: false })).toBeTruthy();
    expect(screen.getByText(`按费用 ${cases('charges')} 例`, { exact: false })).toBeTruthy();
    document.body.replaceChildren();
    openAt('/months/2026-09/groups?basis=charges');
    expect(await screen.findByText(`只显示付费方式「按费用」：${cases('charges')} 例。`)).toBeTruthy();
    expect(screen.queryByText(/出院 \d+ 例/)).toBeNull();
  });

  it('a month never imported says so', async () => {
    openAt('/months/2020-01/groups');
    expect(await screen.findByText('2020-01 尚未导入')).toBeTruthy();
  });

  it('a month without a run says so', async () => {
    openAt('/months/2026-08/groups');
    expect(await screen.findByText('2026-08 尚未计算')).toBeTruthy();
  });
});

it('a margin opens into cases, a case into pools, a pool down to a voucher, each step summing exactly', async () => {
  const stay = month.cases.find((one) => one.basis === 'dip');
  if (!stay) throw new Error('no case');
  const router = openAt(`/months/2026-09/cases/${stay.encounter}`);
  await screen.findByRole('heading', { name: `病例 ${stay.record_number}` });
  await user.click(screen.getByRole('button', { name: /^全程成本/ }));
  const first = await screen.findByRole('treegrid');
  expect(await screen.findByText(/与本数字相符/)).toBeTruthy();
  const kind = within(first).queryByText('成本池分得');
  if (kind) await user.click(kind);
  const opened = within(screen.getByRole('treegrid')).getAllByRole('row').find((row) => / × [\d,.]+ \/ /.test(row.textContent ?? ''));
  if (!opened) throw new Error('no pool');
  await user.click(within(opened).getAllByRole('gridcell').at(-1) as HTMLElement);
  await waitFor(() => expect(new URLSearchParams(router.state.location.search).getAll('cell')).toHaveLength(2));
  await waitFor(() => expect(screen.getByRole('treegrid').textContent).toMatch(/总账直接计入|J\d{4}\//));
  const folded = within(screen.getByRole('treegrid')).queryByText('总账直接计入');
  if (folded) await user.click(folded);
  expect((await within(screen.getByRole('treegrid')).findAllByText(/J\d{4}\/\d{4}/)).length).toBeGreaterThan(0);
  expect(screen.getByText(/与本数字相符/)).toBeTruthy();
  expect(screen.getByRole('navigation', { name: '追溯路径' })).toBeTruthy();
});

describe('a month imported again after its run', () => {
  const again = () => world.imported.set(month.period, '2026-10-08T10:00:00+08:00');
  it.each(['/months', `/months/${month.period}/groups`, `/months/${month.period}/groups/dip/${encodeURIComponent(month.groups.find(({ basis }) => basis === 'dip')?.group ?? '')}`])('says on %s that the result is of the old data', async (path) => {
    again();
    openAt(path);
    expect(await screen.findByText('数据已重新导入，结果基于旧数据，请重新计算')).toBeTruthy();
    expect(screen.getAllByRole('button', { name: path === '/months' ? /^计算/ : '重新计算' }).length).toBeGreaterThan(0);
  });
  it('a current result has no such mark', async () => {
    openAt(`/months/${month.period}/groups`);
    await screen.findByRole('grid');
    expect(screen.queryByText('数据已重新导入，结果基于旧数据，请重新计算')).toBeNull();
  });
  it('its figures are not explained, and the drawer computes it', async () => {
    again();
    const router = openAt(`/months/${month.period}/cases/${month.cases[0]?.encounter}?cell=patient:${month.cases[0]?.encounter}`);
    const drawer = await screen.findByRole('dialog');
    expect(await within(drawer).findByText('请重新计算该月，再查看来龙去脉。')).toBeTruthy();
    await user.click(within(drawer).getByRole('button', { name: '重新计算' }));
    await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/jobs\//));
  });
  it('is imported over a result only after a question', async () => {
    openAt('/import');
    const file = new File([JSON.stringify({ period: month.period })], 'manifest.json');
    Object.defineProperty(file, 'webkitRelativePath', { value: `${month.period}/manifest.json` });
    await user.upload(await screen.findByLabelText('月度文件夹'), file);
    await user.click(await screen.findByRole('button', { name: '上传并导入' }));
    expect(await screen.findByText(`${month.period} 已有核算结果`)).toBeTruthy();
    expect(world.jobs.size).toBe(0);
    await user.click(screen.getByRole('button', { name: '确认导入' }));
    await waitFor(() => expect(world.jobs.size).toBe(1));
  });
});

it('a payment of DIP is traced to points, point value, coefficient and reference charge, and to its charge lines', async () => {
  const stay = month.cases.find((one) => one.basis === 'dip');
  if (!stay) throw new Error('no case');
  openAt(`/months/2026-09/cases/${stay.encounter}?cell=case:${stay.encounter}:payment`);
  const drawer = await screen.findByRole('dialog');
  expect(await within(drawer).findByText(/^点数 .* = .* × /)).toBeTruthy();
  for (const name of ['点数', '分值', '点值', '医院系数', '次均费用标准', '高倍率界限']) expect(within(drawer).getAllByText(name).length).toBeGreaterThan(0);
  const said = (name: string) => within(drawer).getByText(name).nextElementSibling?.textContent ?? '';
  // To whole fen: points have up to four decimals, the point value two.
  const digits = (text: string, scale: number) => { const [whole = '', part = ''] = text.split('.'); return BigInt(whole + part.padEnd(scale, '0')); };
  expect((digits(said('点数'), 4) * digits(said('点值'), 4) + 500000n) / 1000000n).toBe(digits(stay.payment, 2));
});

it('charges of a case are its charge lines with file and row', async () => {
  const stay = month.cases.find((one) => one.basis === 'dip');
  openAt(`/months/2026-09/cases/${stay?.encounter}?cell=case:${stay?.encounter}:charge`);
  const grid = await screen.findByRole('treegrid');
  await user.click(within(grid).getByText('本月收费明细'));
  expect((await within(screen.getByRole('treegrid')).findAllByText(/charge_lines.csv 第 \d+ 行/)).length).toBeGreaterThan(0);
  expect(screen.getByText(/与本数字相符/)).toBeTruthy();
});

describe('reports', () => {
  it('stand by section; one is a table with its totals, and can be taken away', async () => {
    openAt('/months/2026-09/reports');
    const nav = await screen.findByRole('navigation', { name: '选择报表' });
    for (const section of ['成本报表', '分摊', '病组盈亏', '对账', '对象']) expect(within(nav).getByRole('heading', { name: section })).toBeTruthy();
    const total = (await screen.findByRole('rowheader', { name: '本月总计' })).closest('tr');
    expect(total?.className).toBe('total');
    expect(within(total as HTMLElement).getAllByText(/^[\d,]+\.\d\d$/).length).toBeGreaterThan(5);
    expect(screen.getAllByText('零').length).toBeGreaterThan(0);
    const link = screen.getByRole('link', { name: /下载 CSV/ });
    expect(link.getAttribute('href')).toBe('/api/v1/months/2026-09/reports/direct-cost?language=zh&format=csv');
    expect(screen.getByRole('link', { name: /打印页/ }).getAttribute('href')).toMatch(/format=html$/);
  });
  it('keep what was chosen in the address, and a file is of the same choice', async () => {
    openAt('/months/2026-09/reports/profit?by=payer&scope=medical_full&department=C001');
    await screen.findAllByRole('table');
    expect(screen.getByRole('link', { name: /下载 CSV/ }).getAttribute('href')).toBe('/api/v1/months/2026-09/reports/profit?scope=medical_full&by=payer&language=zh&format=csv');
  });
  it('of a department wait for one', async () => {
    openAt('/months/2026-09/reports/group-sheet');
    expect(await screen.findByText('这张表按科室出，请先在上面选择科室。')).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });
  it('of another month, kind or department never stand under this heading', async () => {
    world.runs.set('2026-08', { run_id: month.run_id, result_hash: month.result_hash, ended_at: '2026-09-06T09:00:00+08:00' });
    const department = reportList().departments.find(({ has_cases: cases }) => cases)?.department ?? '';
    const router = openAt('/months/2026-08/reports/group-sheet');
    const first = '这张表按科室出，请先在上面选择科室。';
    await screen.findByText(first);
    for (const next of ['/months/2026-09/reports/group-sheet', '/months/2026-08/reports/group-sheet']) {
      await act(() => router.navigate(`/months/2026-09/reports/group-sheet?department=${department}`));
      await screen.findAllByRole('table');
      await act(() => router.navigate(next));
      await screen.findByText(first);
      expect(screen.queryByRole('table')).toBeNull();
      expect(screen.queryByRole('link', { name: /下载 CSV/ })).toBeNull();
    }
  });
  it('that the server is too busy for are asked for again after a pause', async () => {
    const asked: number[] = [];
    server.use(http.get('*/api/v1/months/:period/reports/:kind', () => {
      asked.push(performance.now());
      return asked.length > 1 ? undefined : HttpResponse.json({ code: 'overloaded', title: '服务器正忙', status: 503 }, { status: 503 });
    }));
    openAt('/months/2026-09/reports');
    await screen.findByRole('rowheader', { name: '本月总计' }, { timeout: 4000 });
    expect(asked.length).toBe(2);
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(900);
  });
  it('that the month can\'t give say why', async () => {
    openAt('/months/2026-09/reports/beds');
    expect(await screen.findByText(/没有 beds.csv/)).toBeTruthy();
    expect(screen.queryByRole('link', { name: /下载 CSV/ })).toBeNull();
  });
  it('of a month imported again lead to its computation', async () => {
    world.imported.set(month.period, '2026-10-08T10:00:00+08:00');
    openAt('/months/2026-09/reports');
    expect((await screen.findAllByRole('button', { name: '重新计算' })).length).toBeGreaterThan(0);
  });
});

it('a case says why it is in its group, with near misses, once it is asked', async () => {
  const stay = month.cases.find((one) => one.status === 'grouped');
  const router = openAt(`/months/2026-09/cases/${stay?.encounter}`);
  await user.click(await screen.findByText('为什么入这个组'));
  const steps = await screen.findByRole('list', { name: '依次试过的规则' });
  expect(within(steps).getByText('仅差一项')).toBeTruthy();
  expect(within(steps).getByText(new RegExp(`${stay?.group_name}: 成立`))).toBeTruthy();
  expect(screen.getByText(/^1\.05 · 年龄 A70/)).toBeTruthy();
  expect(router.state.location.search).toBe('?why=1');
});
