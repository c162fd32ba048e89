import type { Answer } from '@commonsight/types/answer';
import type { WireError } from '@commonsight/types/errors';
import { previewRoutes } from '@commonsight/types/http/preview-routes';
import type { RouteResponse } from '@commonsight/types/http/route';
import type { RequestOf, ResponseOf, SignalingRequests } from '@commonsight/types/signaling/requests';
import type { CallResult } from '../../api/CallResult.ts';
import { ownerCall } from '../../api/ownerCall.ts';
import type { MediaSignaling } from '../../media/PeerSession.ts';

type PreviewConsumer = RouteResponse<(typeof previewRoutes)['openPreview']>['consumer'];

/**
 * What a peer of a wall asks over its socket, an owner's page asks over HTTP: it has no session. The consumer comes with the
 * transport and waits here.
 */
export class PreviewSignaling implements MediaSignaling {
  readonly isConnected = true;
  readonly #params: { id: string };
  readonly #secret: string;
  consumer: PreviewConsumer | null = null;

  constructor(previewId: string, secret: string) {
    this.#params = { id: previewId };
    this.#secret = secret;
  }

  async request<K extends keyof SignalingRequests>(name: K, payload: RequestOf<K>): Promise<Answer<ResponseOf<K>>> {
    // The compiler does not follow from the name to what belongs to it.
    return (await this.#answer(name, payload)) as Answer<ResponseOf<K>>;
  }

  async #answer(name: keyof SignalingRequests, payload: unknown): Promise<Answer<unknown>> {
    if (name === 'transport:create') {
      const body = payload as RequestOf<'transport:create'>;
      const result = await ownerCall(previewRoutes.openPreview, this.#secret, { params: this.#params, body });
      if (result.state !== 'ok') return refusalOf(result);
      this.consumer = result.value.consumer;
      return { ok: true, value: result.value.transport };
    }
    if (name === 'transport:connect') {
      const body = payload as RequestOf<'transport:connect'>;
      const result = await ownerCall(previewRoutes.connectPreview, this.#secret, { params: this.#params, body });
      return result.state === 'ok' ? { ok: true, value: {} } : refusalOf(result);
    }
    // A preview of some minutes is opened anew and not mended.
    return { ok: false, error: { code: 'mediaUnavailable', message: 'The connection broke.' } };
  }
}

function refusalOf(result: Exclude<CallResult<unknown>, { state: 'ok' }>): { ok: false; error: WireError } {
  if (result.state === 'aborted' || result.error.code === 'unreachable') {
    return { ok: false, error: { code: 'timedOut', message: 'The server does not answer.' } };
  }
  return { ok: false, error: result.error };
}
