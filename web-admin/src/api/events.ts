// Why this file: watches a job over server-sent events read with fetch, and takes up again when the line breaks.
import { problemOf, type Schemas } from './client';
import { i18n } from '@/i18n';

export type Job = Schemas['Job'];

export const isOver = (job: Job): boolean => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';

interface Event {
  name: string;
  data: string;
}

export async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Event> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += value;
      const blocks = rest.split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const event: Event = { name: 'message', data: '' };
        for (const line of block.split(/\r?\n/)) {
          if (line.startsWith('event:')) event.name = line.slice(6).trim();
          else if (line.startsWith('data:')) event.data += line.slice(5).trim();
        }
        if (event.data) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });

/** Calls back with every state of the job until it is over or the signal says stop. */
export async function watchJob(job: string, signal: AbortSignal, seen: (job: Job) => void): Promise<void> {
  for (let wait = 500; !signal.aborted; wait = Math.min(wait * 2, 8000)) {
    try {
      const response = await fetch(`/api/v1/jobs/${encodeURIComponent(job)}/events`, {
        signal, credentials: 'same-origin', headers: { Accept: 'text/event-stream', 'Accept-Language': i18n.language },
      });
      if (response.status === 401 || response.status === 404) throw problemOf(await response.json().catch(() => undefined), response);
      if (response.ok && response.body) {
        for await (const event of eventsOf(response.body)) {
          if (signal.aborted) return;
          const state = JSON.parse(event.data) as Job;
          wait = 500;
          seen(state);
          if (event.name === 'done' || isOver(state)) return;
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Error && error.name === 'ProblemError') throw error;
    }
    await pause(wait, signal);
  }
}
