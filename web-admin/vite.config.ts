// Why this file: how the pages are built, served while developing, and tested; demo mode adds the fake server's worker and nothing else does.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const worker = '/mockServiceWorker.js';

function demoWorker(): Plugin {
  const source = () => readFileSync(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js'), 'utf8');
  return {
    name: 'demo-worker',
    configureServer(server) {
      server.middlewares.use(worker, (_request, response) => {
        response.setHeader('Content-Type', 'text/javascript');
        response.end(source());
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: worker.slice(1), source: source() });
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [react(), ...(mode === 'demo' ? [demoWorker()] : [])],
  publicDir: false,
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: mode === 'demo' ? {} as Record<string, string> : { '/api': process.env['YUANLIU_SERVER'] ?? 'http://127.0.0.1:8080' } },
  build: {
    target: 'es2022', manifest: true, chunkSizeWarningLimit: 1500, reportCompressedSize: false,
    // Nothing inlined: the pages run under a content policy that allows neither inline scripts nor data addresses for code.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: [
      { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/, priority: 3 },
      { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-[\w-]+)[\\/]/, priority: 2, tags: ['$initial'] },
    ] } } },
  },
  test: { environment: 'happy-dom', setupFiles: ['tests/setup.ts'], include: ['tests/**/*.test.{ts,tsx}'], testTimeout: 20000, maxWorkers: 2, css: false },
}));
