import { applicationRoutes } from '@commonsight/types/http/application-routes';
import type { RegistryTerms } from '@commonsight/types/registration';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { prove } from '../registry/proof/prove.ts';
import type { Sending } from '../registry/useSendRegistration.ts';
import { type ApplicationDraft, detailsOf } from './ApplicationDraft.ts';

/** Makes the proof and sends the application. */
export function useSendApplication(onTermsChanged: () => void) {
  const [sending, setSending] = useState<Sending>({ state: 'none' });
  const send = async (
    draft: ApplicationDraft,
    agency: string,
    { version, hash, language }: RegistryTerms,
  ): Promise<void> => {
    setSending({ state: 'sending', progress: 0 });
    const proof = await prove((progress) => setSending({ state: 'sending', progress }));
    if (proof.state === 'failed') setSending(proof);
    if (proof.state !== 'ok') return;
    const consent = { version, hash };
    const result = await call(applicationRoutes.startApplication, {
      body: { ...detailsOf(draft), agency, language, consent, proof: proof.value },
    });
    if (result.state === 'ok') setSending({ state: 'sent', linkExpiresAt: result.value.linkExpiresAt });
    if (result.state !== 'failed') return;
    setSending(result);
    if (result.error.code === 'termsChanged') onTermsChanged();
  };
  return { sending, send, startAnew: () => setSending({ state: 'none' }) };
}
