// Why this file: both languages say the same things, and no words stand in the pages themselves.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { enUS } from '@/locales/en-US';
import { zhCN } from '@/locales/zh-CN';

function keysOf(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => (typeof inner === 'object' && inner !== null ? keysOf(inner, `${prefix}${key}.`) : [`${prefix}${key}`]));
}
const at = (words: object, key: string): string => String(key.split('.').reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], words));

it('the languages have the same keys and the same placeholders', () => {
  expect(keysOf(enUS).sort()).toEqual(keysOf(zhCN).sort());
  for (const key of keysOf(zhCN)) {
    const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    expect(places(at(enUS, key)), key).toEqual(places(at(zhCN, key)));
    expect(at(enUS, key).trim(), key).not.toBe('');
  }
});

it('no page carries Chinese words of its own', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|tsx)$/.test(name) && !/^(locales|demo)\//.test(name) && !name.endsWith('schema.d.ts'));
  for (const name of sources) {
    const code = readFileSync(`src/${name}`, 'utf8').split('\n').filter((line) => !line.startsWith('//') && !line.includes("label: '简体中文'"));
    expect(code.filter((line) => /[\u4e00-\u9fff]/.test(line)), name).toEqual([]);
  }
});

it('every source says why it exists', () => {
  for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((one) => /\.(ts|tsx)$/.test(one) && !one.endsWith('schema.d.ts'))) {
    const text = readFileSync(`src/${name}`, 'utf8');
    expect(text.startsWith('// Why this file: '), name).toBe(true);
    expect(text.split('\n').length, name).toBeLessThan(500);
  }
});
