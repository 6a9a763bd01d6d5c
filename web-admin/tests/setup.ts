// Why this file: the fake server for all tests, and the sizes that the test document does not know.
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { resetWorld } from '@/demo/handlers';
import { server } from './server';

Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get(this: HTMLElement) { return this.dataset['index'] === undefined ? 900 : 34; } });
for (const [name, size] of [['clientHeight', 900], ['clientWidth', 1200]] as const) Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 1200 });

// Pages are loaded when first opened, which on a busy machine takes its time.
configure({ asyncUtilTimeout: 10000 });
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => resetWorld({ pace: 5 }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
});
afterAll(() => server.close());
