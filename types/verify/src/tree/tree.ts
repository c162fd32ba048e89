// What `commonsight-verify/tree` gives: the Merkle tree of RFC 9162, section 2.1, with SHA-256.
export {
  type ConsistencyClaim,
  type InclusionClaim,
  rootsOfProof,
  verifyConsistency,
  verifyInclusion,
} from './checkProofs.ts';
export { CompactTree, type CompleteSubtree } from './CompactTree.ts';
export { emptyRoot, type Hash, hashLength, leafHash, nodeHash } from './hashes.ts';
export { consistencyProof, inclusionProof, prefixProof, rootOf, tileProof } from './makeProofs.ts';
export { nodesOfRange, type ReadHashes, type TreeNode } from './nodes.ts';
