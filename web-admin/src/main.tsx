// Why this file: starts the pages; in demo mode the fake server first.
import { createRoot } from 'react-dom/client';
import { App } from './App';
import './styles.css';

if (import.meta.env.MODE === 'demo') {
  const { startDemo } = await import('./demo/browser');
  await startDemo();
}
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
