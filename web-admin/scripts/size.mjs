// Why this file: the first load (the entry, what it imports, its styles and the largest single page) must stay within budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 450 * 1000;
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const files = new Set(['index.html']);
const seen = new Set();
const collect = (key, into) => {
  if (seen.has(key)) return;
  seen.add(key);
  const chunk = manifest[key];
  for (const file of [chunk.file, ...(chunk.css ?? [])]) into.add(file);
  for (const next of chunk.imports ?? []) collect(next, into);
};
collect('index.html', files);
const weigh = (file) => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length;
let first = 0;
for (const file of files) {
  first += weigh(file);
  console.log(`${String(weigh(file)).padStart(8)}  ${file}`);
}
const shell = new Set(seen);
let largest = 0;
for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry) continue;
  const own = new Set();
  seen.clear();
  for (const known of shell) seen.add(known);
  collect(key, own);
  const weight = [...own].reduce((sum, file) => sum + weigh(file), 0);
  console.log(`${String(weight).padStart(8)}  on demand: ${key}`);
  largest = Math.max(largest, weight);
}
console.log(`first load ${((first + largest) / 1000).toFixed(1)} kB gzipped, budget ${budget / 1000} kB`);
if (first + largest > budget) process.exit(1);
