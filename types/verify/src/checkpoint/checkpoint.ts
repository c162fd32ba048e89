// What `commonsight-verify/checkpoint` gives: C2SP tlog-checkpoint, and what a witness does with it.
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpointText.ts';
export { isFork, judgeByHashes, type Judgement } from './forkProof.ts';
export { judgeSuccessor, type Succession } from './judgeSuccessor.ts';
export {
  type CheckpointKeys,
  type Cosignature,
  openCheckpoint,
  type OpenedCheckpoint,
  signCheckpoint,
} from './signedCheckpoint.ts';
