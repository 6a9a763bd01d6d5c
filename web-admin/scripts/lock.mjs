// Why this file: takes from the lock file what says where packages came from or who asks for money; versions and checksums stay.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
for (const entry of Object.values(lock.packages)) {
  delete entry.resolved;
  delete entry.funding;
  if (typeof entry.deprecated === 'string' && /https?:/.test(entry.deprecated)) delete entry.deprecated;
}
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
