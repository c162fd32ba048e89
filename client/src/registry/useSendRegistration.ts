import { registryRoutes } from '@commonsight/types/http/registry-routes';
import type { RegistryTerms } from '@commonsight/types/registration';
import { useState } from 'react';
import type { CallError } from '../api/CallResult.ts';
import { call } from '../api/call.ts';
import { contactOf, detailsOf } from './draft/answers.ts';
import type { Draft } from './draft/Draft.ts';
import { forgetDraft } from './draft/draftMemory.ts';
import { prove } from './proof/prove.ts';

export type Sending =
  | { state: 'none' }
  /** `progress`: how likely the calculation is done by now, 0 to 1. */
  | { state: 'sending'; progress: number }
  | { state: 'failed'; error: CallError }
  | { state: 'sent'; linkExpiresAt: string };

/** Makes the proof and sends the registration; once sent, this tab forgets the draft. */
export function useSendRegistration(onTermsChanged: () => void) {
  const [sending, setSending] = useState<Sending>({ state: 'none' });
  const send = async (draft: Draft, agency: string, { version, hash, language }: RegistryTerms): Promise<void> => {
    setSending({ state: 'sending', progress: 0 });
    const proof = await prove((progress) => setSending({ state: 'sending', progress }));
    if (proof.state === 'failed') setSending(proof);
    if (proof.state !== 'ok') return;
    const result = await call(registryRoutes.startRegistration, {
      body: {
        ...detailsOf(draft),
        contact: contactOf(draft),
        agency,
        language,
        consent: { version, hash },
        proof: proof.value,
      },
    });
    if (result.state === 'failed') {
      setSending(result);
      if (result.error.code === 'termsChanged') onTermsChanged();
    }
    if (result.state !== 'ok') return;
    forgetDraft(sessionStorage);
    setSending({ state: 'sent', linkExpiresAt: result.value.linkExpiresAt });
  };
  return { sending, send, startAnew: () => setSending({ state: 'none' }) };
}
