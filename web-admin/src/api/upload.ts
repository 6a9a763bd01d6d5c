// Why this file: sends a month folder file by file, says how far it is, and then asks for the import.
import { api, csrf, dataOf, done, idempotencyKey } from './client';
import type { Job } from './events';

export interface FolderFile {
  path: string;
  file: File;
}

export interface Folder {
  files: FolderFile[];
  /** Named, so that a table with a misspelt name is not missed in silence. */
  left: string[];
}

/** What a month folder can hold; the server refuses every other name. */
const belongs = /^(?:(?:prior\/)?[a-z_]{1,60}\.(?:csv|json)|rules\/[a-z0-9_]{1,60}\.toml)$/;
/** A file of a catalogue of the rules, in the folder that holds its catalogue.toml. */
const plain = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const folderAt = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

/** The folder's own name is dropped, hidden and foreign files stay behind. */
export function folderOf(list: Iterable<File>): Folder {
  const found: FolderFile[] = [];
  for (const file of list) {
    const steps = (file.webkitRelativePath || file.name).split('/');
    const inside = steps.length > 1 ? steps.slice(1) : steps;
    if (!inside.some((step) => step.startsWith('.'))) found.push({ path: inside.join('/'), file });
  }
  const catalogues = found.map(({ path }) => path).filter((path) => /^rules\/.+\/catalogue\.toml$/.test(path)).map(folderAt);
  const isWanted = (path: string) => belongs.test(path) || (catalogues.some((folder) => path.startsWith(folder)) && path.split('/').every((step) => plain.test(step)));
  return {
    files: found.filter(({ path }) => isWanted(path)).sort((a, b) => (a.path < b.path ? -1 : 1)),
    left: found.filter(({ path }) => !isWanted(path)).map(({ path }) => path).sort(),
  };
}

export interface UploadProgress {
  path: string;
  filesDone: number;
  bytesDone: number;
}

export async function uploadFolder(files: FolderFile[], signal: AbortSignal, seen: (progress: UploadProgress) => void): Promise<Job> {
  const { upload } = await dataOf(api.POST('/api/v1/uploads', { params: { header: csrf() }, signal }));
  let bytesDone = 0;
  for (const [filesDone, { path, file }] of files.entries()) {
    seen({ path, filesDone, bytesDone });
    await done(api.PUT('/api/v1/uploads/{upload}/files', {
      params: { header: csrf(), path: { upload }, query: { path } },
      // The contract calls the body a binary string; what travels is the file itself.
      body: file as unknown as string, bodySerializer: (body: unknown) => body as Blob, headers: { 'Content-Type': 'application/octet-stream' }, signal,
    }));
    bytesDone += file.size;
  }
  seen({ path: '', filesDone: files.length, bytesDone });
  return dataOf(api.POST('/api/v1/imports', { params: { header: { ...csrf(), 'Idempotency-Key': idempotencyKey() } }, body: { upload }, signal }));
}
