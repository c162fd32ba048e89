import { type BundleVerdict, verifyBundle, writeBundle } from '../../bundle/bundle.ts';
import { below, pick, seededRandom } from '../random.ts';
import { gather, TrainingLog } from '../TrainingLog.ts';
import { mutate, type MutationKind, mutationKinds } from './mutate.ts';

export interface MutationRun {
  seed: number;
  runs: number;
  /** Mutations that the verifier took for good: there should be none. */
  missed: readonly { kind: MutationKind; run: number }[];
  /** By kind: how often it was found, by which check. */
  foundBy: ReadonlyMap<MutationKind, ReadonlyMap<string, number>>;
  verifyMs: number;
}

interface Sample {
  log: TrainingLog;
  bundle: Uint8Array;
  kinds: readonly MutationKind[];
}

/** Changes exports of made-up logs in every way in turn, and checks each with the log's and the witness's key. */
export async function runMutations(
  runs: number,
  seed: number,
  progress: (done: number) => void = () => {},
): Promise<MutationRun> {
  const random = seededRandom(seed);
  const samples = await Promise.all([
    makeSample(20 + below(40, random), 0),
    makeSample(20 + below(40, random), 0),
    makeSample(250 + below(20, random), 0),
    // A part of a log, which no fork can be told from by itself: it has not the entries to make another history of.
    makeSample(520, 240 + below(10, random)),
  ]);
  const missed: { kind: MutationKind; run: number }[] = [];
  const foundBy = new Map<MutationKind, Map<string, number>>();
  let verifyMs = 0;
  for (let run = 0; run < runs; run += 1) {
    const kind = mutationKinds[run % mutationKinds.length] ?? pick(mutationKinds, random);
    const { log, bundle } = pick(
      samples.filter(({ kinds }) => kinds.includes(kind)),
      random,
    );
    const { file } = await mutate(bundle, random, log.signer, kind);
    const startMs = performance.now();
    const verdict = await verifyBundle([file], trusted(log));
    verifyMs += performance.now() - startMs;
    if (verdict.ok) missed.push({ kind, run });
    else count(foundBy, kind, verdict);
    if (run % 500 === 499) progress(run + 1);
  }
  return { seed, runs, missed, foundBy, verifyMs };
}

async function makeSample(size: number, from: number): Promise<Sample> {
  const log = TrainingLog.ofSize(size, [1, Math.floor(size / 2)]);
  const to = from === 0 ? size : from + 40;
  const entries = log.entries.map(({ bytes, openings }, index) => ({ index, bytes, openings })).slice(from, to);
  const bundle = await gather(writeBundle(log.source({ scope: { kind: 'every', from, to }, entries })));
  const verdict = await verifyBundle([bundle], trusted(log));
  if (!verdict.ok) throw new Error(`The export is bad before it is changed: ${verdict.fault.reason}`);
  return { log, bundle, kinds: mutationKinds.filter((kind) => from === 0 || !kind.startsWith('fork')) };
}

function trusted({ signer, witness }: TrainingLog) {
  return { log: [signer.verifier], witnesses: [witness.verifier] };
}

function count(
  foundBy: Map<MutationKind, Map<string, number>>,
  kind: MutationKind,
  { fault }: Extract<BundleVerdict, { ok: false }>,
): void {
  const codes = foundBy.get(kind) ?? new Map<string, number>();
  codes.set(fault.code, (codes.get(fault.code) ?? 0) + 1);
  foundBy.set(kind, codes);
}
