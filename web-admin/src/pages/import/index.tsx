// Why this file: a month folder from the own computer: chosen, looked over, sent file by file, then checked and stored as a whole.
import { FolderOpenOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal, Progress } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { monthsQuery, type Month } from '@/api/queries';
import { folderOf, uploadFolder, type Folder, type FolderFile, type UploadProgress } from '@/api/upload';
import { DataGrid } from '@/components/grid/DataGrid';
import type { GridColumn } from '@/components/grid/types';
import { Trouble } from '@/components/Trouble';
import { sizeOf, when } from '@/lib/format';
import { useTitle } from '@/lib/hooks';

type State = { at: 'choosing' } | { at: 'sending'; progress: UploadProgress } | { at: 'stopped' } | { at: 'failed'; error: unknown };

/** The month that a folder would replace: its manifest says which. */
async function periodOf(files: FolderFile[]): Promise<string | undefined> {
  try {
    const manifest: unknown = JSON.parse((await files.find(({ path }) => path === 'manifest.json')?.file.text()) ?? '');
    return typeof manifest === 'object' && manifest && 'period' in manifest ? String(manifest.period) : undefined;
  } catch {
    return undefined;
  }
}

const listed = (names: string[]) => `${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`;

export function ImportPage() {
  const { t } = useTranslation();
  useTitle(t('import.title'));
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const [replaced, setReplaced] = useState<Month>();
  const stop = useRef<AbortController>(null);
  const [folder, setFolder] = useState<Folder>();
  const files = folder?.files;
  const [state, setState] = useState<State>({ at: 'choosing' });
  useEffect(() => () => stop.current?.abort(), []);

  const columns = useMemo((): GridColumn<FolderFile>[] => [
    { id: 'file', header: t('import.file'), width: 180, grow: 1, cell: ({ path }) => path },
    { id: 'size', header: t('import.size'), width: 110, numeric: true, cell: ({ file }) => sizeOf(file.size) },
  ], [t]);
  const bytes = files?.reduce((sum, { file }) => sum + file.size, 0) ?? 0;
  const send = () => {
    if (!files) return;
    const control = new AbortController();
    stop.current = control;
    setState({ at: 'sending', progress: { path: '', filesDone: 0, bytesDone: 0 } });
    uploadFolder(files, control.signal, (progress) => setState({ at: 'sending', progress }))
      .then(({ job }) => navigate(`/jobs/${job}`))
      .catch((error: unknown) => setState(control.signal.aborted ? { at: 'stopped' } : { at: 'failed', error }));
  };
  // A month with a result is replaced only after a question; what the manifest doesn't say the server's check will.
  const ask = async () => {
    const period = await periodOf(files ?? []);
    const months = period ? await client.fetchQuery({ ...monthsQuery, staleTime: 0 }).catch(() => undefined) : undefined;
    const month = months?.months.find((one) => one.period === period && one.current_run);
    if (month) setReplaced(month);
    else send();
  };
  const sending = state.at === 'sending' ? state.progress : undefined;
  return (
    <>
      <div className="page-head"><div><h1>{t('import.title')}</h1><p className="muted measure">{t('import.lead')}</p></div></div>
      <input
        ref={input} type="file" className="hidden" multiple aria-label={t('import.folder')} tabIndex={-1} {...{ webkitdirectory: '' }}
        onChange={(event) => { setFolder(folderOf(event.target.files ?? [])); setState({ at: 'choosing' }); event.target.value = ''; }}
      />
      <div className="row-do">
        <Button type={files?.length ? 'default' : 'primary'} size="large" icon={<FolderOpenOutlined />} disabled={Boolean(sending)} onClick={() => input.current?.click()}>{t(files ? 'import.chooseAgain' : 'import.choose')}</Button>
        {files?.length && !sending ? <Button type="primary" size="large" onClick={() => void ask()}>{t('import.start')}</Button> : null}
        {sending ? <Button size="large" onClick={() => stop.current?.abort()}>{t('import.stop')}</Button> : null}
      </div>
      <Modal
        open={Boolean(replaced)} title={t('stale.confirmTitle', { period: replaced?.period ?? '' })} okText={t('stale.confirm')} cancelText={t('stale.back')} className="confirm"
        onCancel={() => setReplaced(undefined)} onOk={() => { setReplaced(undefined); send(); }}
      >
        <p>{t('stale.confirmText', { when: replaced?.current_run ? when(replaced.current_run.ended_at) : '' })}</p>
      </Modal>
      {files?.length === 0 ? <Alert type="warning" showIcon title={t('import.none')} /> : null}
      {files?.length && !files.some(({ path }) => path === 'manifest.json') ? <Alert type="warning" showIcon title={t('import.noManifest')} /> : null}
      {files?.length && !files.some(({ path }) => path.startsWith('rules/')) ? <Alert type="info" showIcon title={t('import.noRules')} /> : null}
      {folder?.left.length ? <Alert type="warning" showIcon title={t('import.left', { count: folder.left.length, names: listed(folder.left) })} /> : null}
      {state.at === 'failed' ? <Trouble error={state.error} retry={send} /> : null}
      {state.at === 'stopped' ? <Alert type="info" showIcon title={t('import.stopped')} /> : null}
      {sending && files ? (
        <div role="status">
          <Progress percent={bytes ? Math.floor((100 * sending.bytesDone) / bytes) : 100} aria-label={t('import.progress')} />
          <p className="muted">{sending.path ? t('import.uploading', { path: sending.path, done: sending.filesDone + 1, total: files.length }) : t('import.checking')}</p>
        </div>
      ) : null}
      {files?.length ? (
        <>
          <p>{t('import.files', { count: files.length, size: sizeOf(bytes) })}</p>
          <div className="narrow-table"><DataGrid label={t('import.folder')} columns={columns} rows={files} rowId={({ path }) => path} empty={t('import.none')} maxHeight="50dvh" /></div>
        </>
      ) : null}
    </>
  );
}
