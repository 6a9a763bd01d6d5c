// Why this file: starts the fake server inside the browser; only demo mode loads it.
import { setupWorker } from 'msw/browser';
import { handlers, preserved, resetWorld, revived, world } from './handlers';

export async function startDemo(): Promise<void> {
  // The tab may ask for another beginning: setup or login; what the fake server learns is kept for a reload.
  const begin = sessionStorage.getItem('yuanliu.demo');
  resetWorld({ setupNeeded: begin === 'setup', loggedIn: begin !== 'setup' && begin !== 'login' });
  const kept = sessionStorage.getItem('yuanliu.demo.world');
  if (kept) Object.assign(world, revived(kept));
  addEventListener('pagehide', () => sessionStorage.setItem('yuanliu.demo.world', preserved()));
  await setupWorker(...handlers).start({ quiet: true, onUnhandledRequest: 'bypass' });
}
