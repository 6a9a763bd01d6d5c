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
const belongs = /^(?:(?:prior\/)?[a-z_]{1,60}\.(?:csv|json)|rules\/[a-z_]{1,60}\.toml)$/;

/** The folder's own name is dropped, hidden and foreign files stay behind. */
export function folderOf(list: Iterable<File>): Folder {
  const folder: Folder = { files: [], left: [] };
  for (const file of list) {
    const steps = (file.webkitRelativePath || file.name).split('/');
    const inside = steps.length > 1 ? steps.slice(1) : steps;
    if (inside.some((step) => step.startsWith('.'))) continue;
    const path = inside.join('/');
    if (belongs.test(path)) folder.files.push({ path, file });
    else folder.left.push(path);
  }
  folder.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  folder.left.sort();
  return folder;
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
