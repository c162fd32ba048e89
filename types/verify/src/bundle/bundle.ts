// What `commonsight-verify/bundle` gives: exports of the log, written by the server and checked without it.
export { type BundleReport, type TrustedKeys } from './BundleCheck.ts';
export { type FaultCode } from './BundleFault.ts';
export { type HeaderLine, type OpeningOrMarker } from './bundleLines.ts';
export { type WitnessReport } from './CheckpointChain.ts';
export { type OpeningCounts } from './EntryCheck.ts';
export { type BundleVerdict, type FoundFault, verifyBundle } from './verifyBundle.ts';
export { type BundleEntry, type BundleSource, writeBundle } from './writeBundle.ts';
