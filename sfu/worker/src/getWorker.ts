import { buildPackages } from './buildWorker.ts';
import { ensureWorker } from './ensureWorker.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

try {
  const path = await ensureWorker({ progress: (line) => console.log(line), signal: stop.signal });
  console.log(path);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(`The build needs these packages of Debian or Ubuntu: ${buildPackages.join(' ')}`);
  process.exitCode = 1;
}
