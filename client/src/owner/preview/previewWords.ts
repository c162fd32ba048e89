import type { PreviewEnd } from '@commonsight/types/preview';
import type { CallError } from '../../api/CallResult.ts';

/** Why a preview is over, and what to do. */
export const previewEndWords: Readonly<Record<PreviewEnd, string>> = {
  closedByOwner: 'You closed it.',
  pageLeft: 'It ended, because this page was silent for too long. Open it again.',
  time: 'It ended by itself after three minutes. Open it again to go on.',
  replaced: 'It ended, because another preview was opened with your link.',
  notShared: 'It ended, because the camera is not shared any more. Open it again to see it all the same.',
  mediaLost: 'The connection to the relay or the video server broke. Open it again.',
};

const unreachable = 'Your relay cannot be reached, so there is no picture now. Look whether it has power and network.';

const problems: Readonly<Partial<Record<CallError['code'], string>>> = {
  relayOffline: unreachable,
  timedOut: unreachable,
  notFound: 'The agency has not written this camera down with such a picture. Try the other size.',
  badRequest: 'Your relay is of an earlier version and cannot do this. Update it.',
};

/** Why a preview could not be opened, and what to do. */
export function previewProblem({ code, message }: CallError): string {
  return problems[code] ?? message;
}
