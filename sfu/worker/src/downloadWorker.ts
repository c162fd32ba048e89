import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './runProgram.ts';

const downloadTimeoutMs = 120_000;

/** The name that mediasoup's own install script asks for. */
export function prebuiltName(version: string, kernelRelease: string = release()): string {
  const kernelMajor = kernelRelease.split('.')[0];
  return `mediasoup-worker-${version}-${process.platform}-${process.arch}-kernel${kernelMajor}.tgz`;
}

/**
 * Downloads mediasoup's prebuilt worker into `folder` and returns its path, or says why there is none. Knows the same
 * two variables as mediasoup's install script: one for another address, one to build in any case. A machine without a
 * way to GitHub must not wait for long before it builds, so the answer has its own short time.
 */
export async function downloadWorker(
  folder: string,
  version: string,
  env: NodeJS.ProcessEnv = process.env,
  signal?: AbortSignal,
  answerTimeoutMs = 5_000,
): Promise<{ path: string } | { missing: string }> {
  if (env['MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD']) {
    return { missing: 'MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD is set' };
  }
  const base =
    env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'] || 'https://github.com/versatica/mediasoup/releases/download';
  const archive = await fetchArchive(`${base}/${version}/${prebuiltName(version)}`, answerTimeoutMs, signal);
  if ('missing' in archive) return archive;
  try {
    await mkdir(folder, { recursive: true });
    const archivePath = join(folder, 'worker.tgz');
    await writeFile(archivePath, archive.bytes);
    // Only the one name that is expected leaves the archive.
    await runProgram({ program: 'tar', args: ['-xzf', archivePath, '-C', folder, 'mediasoup-worker'], signal });
    const path = join(folder, 'mediasoup-worker');
    await chmod(path, 0o755);
    return { path };
  } catch (error) {
    signal?.throwIfAborted();
    return { missing: `its archive is damaged (${String(error)})` };
  }
}

async function fetchArchive(
  url: string,
  answerTimeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<{ bytes: Uint8Array } | { missing: string }> {
  const giveUp = new AbortController();
  const giveUpSoon = setTimeout(
    () => giveUp.abort(new Error(`no answer in ${answerTimeoutMs / 1000} s`)),
    answerTimeoutMs,
  );
  const signals = [giveUp.signal, AbortSignal.timeout(downloadTimeoutMs), ...(signal ? [signal] : [])];
  try {
    const response = await fetch(url, { signal: AbortSignal.any(signals) });
    clearTimeout(giveUpSoon);
    if (!response.ok) {
      await response.body?.cancel();
      return { missing: `${url} answers ${response.status}` };
    }
    return { bytes: await response.bytes() };
  } catch (error) {
    signal?.throwIfAborted();
    return { missing: `${new URL(url).host} cannot be reached (${reasonOf(error)})` };
  } finally {
    clearTimeout(giveUpSoon);
  }
}

/** fetch says only "fetch failed"; what failed is in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
