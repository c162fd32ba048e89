// What `commonsight-verify/testing` gives: training logs, and every way to change an export that has to be found.
export { type Mutation, mutate, type MutationKind, mutationKinds } from './mutations/mutate.ts';
export { type MutationRun, runMutations } from './mutations/runMutations.ts';
export { type Random, seededRandom } from './random.ts';
export { gather, TrainingLog } from './TrainingLog.ts';
