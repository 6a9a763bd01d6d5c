// Why this file: fails when the generated types no longer match the contract, or when the lock file names where a package came from.
import { readFileSync } from 'node:fs';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';

const contract = new URL('../../server/api/openapi.yaml', import.meta.url);
const wanted = COMMENT_HEADER + astToString(await openapiTS(contract));
const kept = readFileSync(new URL('../src/api/schema.d.ts', import.meta.url), 'utf8');
if (wanted !== kept) {
  console.error('src/api/schema.d.ts does not match server/api/openapi.yaml: run npm run generate');
  process.exit(1);
}
const lock = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
if (/"resolved"|https?:\/\//.test(lock)) {
  console.error('package-lock.json names a host: run npm run lock');
  process.exit(1);
}
console.log('types match the contract; the lock file names no host');
