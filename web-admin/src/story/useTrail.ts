// Why this file: the open figure and the way to it live in the address, so that a link or the back button leads to the same drawer.
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

export function useTrail() {
  const [params, setParams] = useSearchParams();
  const key = params.getAll('cell').join('\n');
  const trail = useMemo(() => (key ? key.split('\n') : []), [key]);
  const set = useCallback((cells: string[]) => {
    setParams((old) => {
      const next = new URLSearchParams(old);
      next.delete('cell');
      for (const cell of cells) next.append('cell', cell);
      return next;
    });
  }, [setParams]);
  const open = useCallback((cell: string) => set([cell]), [set]);
  return { trail, set, open };
}
