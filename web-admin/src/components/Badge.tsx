// Why this file: a word with a tone, readable in both themes.
import type { ReactNode } from 'react';

export function Badge({ tone = 'plain', children }: { tone?: 'plain' | 'warn' | 'bad'; children: ReactNode }) {
  return <span className={`badge ${tone}`}>{children}</span>;
}
