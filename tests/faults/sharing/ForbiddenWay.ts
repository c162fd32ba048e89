import type { SignedSharing } from '@commonsight/types/relay/sharing';
import type { Random } from '../signalling/Random.ts';
import type { ServerSocket } from './ServerSocket.ts';
import type { SharingStage } from './SharingStage.ts';

export interface ForbiddenParts {
  readonly stage: SharingStage;
  readonly random: Random;
  /** Where nothing may come. */
  readonly socket: ServerSocket;
  /** What is asked for; nothing may pull it. `unnamed` is the same camera under an id that no document names. */
  readonly camera: string;
  readonly unnamed: string;
  /** A camera that is shared where a way says so. */
  readonly shared: string;
  /** The run's first document, which shared everything. */
  readonly first: SignedSharing;
}

/** One way to ask for what the owner does not allow. */
export interface ForbiddenWay {
  readonly name: string;
  /** Beside what has to run. */
  readonly during?: 'testAlert';
  /** What the relay may answer. */
  readonly refusals: readonly string[];
  /** Asks, and gives each answer: the code of a refusal, or `taken`. */
  ask(parts: ForbiddenParts): Promise<string[]>;
}
