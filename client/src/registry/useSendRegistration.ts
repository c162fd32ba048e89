import { registryRoutes } from '@commonsight/types/http/registry-routes';
import type { RegistryTerms } from '@commonsight/types/registration';
import { useState } from 'react';
import type { CallError } from '../api/CallResult.ts';
import { call } from '../api/call.ts';
import { contactOf, detailsOf } from './draft/answers.ts';
import type { Draft } from './draft/Draft.ts';
import { forgetDraft } from './draft/draftMemory.ts';
import { type Visit, visitHeaders } from './manage/visit.ts';
import { prove } from './proof/prove.ts';
import { tabStorage } from '../visit/safeStorage.ts';

export type Sending =
  | { state: 'none' }
  /** `progress`: how likely the calculation is done by now, 0 to 1. */
  | { state: 'sending'; progress: number }
  | { state: 'failed'; error: CallError }
  | { state: 'sent'; linkExpiresAt: string }
  /** Registered with the mail address that the visit has proved. */
  | { state: 'added' };

/**
 * Makes the proof and sends the registration, or adds it to those of an open visit; then this tab forgets the draft.
 * `onEnded`: the server knows the visit no more.
 */
export function useSendRegistration({ onTermsChanged, onEnded }: { onTermsChanged: () => void; onEnded: () => void }) {
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
    forgetDraft(tabStorage);
    setSending({ state: 'sent', linkExpiresAt: result.value.linkExpiresAt });
  };
  const add = async (draft: Draft, visit: Visit, { version, hash }: RegistryTerms): Promise<void> => {
    setSending({ state: 'sending', progress: 0 });
    const result = await call(registryRoutes.addRegistrations, {
      headers: visitHeaders(visit),
      body: { cameras: [detailsOf(draft)], consent: { version, hash } },
    });
    if (result.state === 'failed') {
      setSending(result.error.code === 'notSignedIn' ? { state: 'none' } : result);
      if (result.error.code === 'notSignedIn') onEnded();
      if (result.error.code === 'termsChanged') onTermsChanged();
    }
    if (result.state !== 'ok') return;
    forgetDraft(tabStorage);
    setSending({ state: 'added' });
  };
  return { sending, send, add, startAnew: () => setSending({ state: 'none' }) };
}
