import { registryRoutes } from '@commonsight/types/http/registry-routes';
import { mostAddedRegistrations, type OwnRegistration, type RegistryTerms } from '@commonsight/types/registration';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import type { CallError } from '../../api/CallResult.ts';
import { type Visit, visitHeaders } from '../manage/visit.ts';
import type { CameraLine } from './readCameras.ts';

export type Adding =
  | { state: 'none' }
  | { state: 'adding'; done: number; all: number }
  | { state: 'failed'; error: CallError; done: number }
  | { state: 'done'; done: number };

export interface AddingEvents {
  /** A part is registered; `left`: the lines that are not yet. */
  onAdded: (registrations: readonly OwnRegistration[], left: readonly CameraLine[]) => void;
  onTermsChanged: () => void;
  /** The server knows the visit no more. */
  onEnded: () => void;
}

/** Registers the lines in parts, so that a failure leaves only what is not registered. */
export function useAddCameras(visit: Visit, { onAdded, onTermsChanged, onEnded }: AddingEvents) {
  const [adding, setAdding] = useState<Adding>({ state: 'none' });
  const add = async (lines: readonly CameraLine[], { version, hash }: RegistryTerms): Promise<void> => {
    let done = 0;
    while (done < lines.length) {
      setAdding({ state: 'adding', done, all: lines.length });
      const part = lines.slice(done, done + mostAddedRegistrations);
      const result = await call(registryRoutes.addRegistrations, {
        headers: visitHeaders(visit),
        body: { cameras: part.flatMap(({ details }) => details ?? []), consent: { version, hash } },
      });
      if (result.state === 'failed') {
        setAdding({ ...result, done });
        if (result.error.code === 'notSignedIn') onEnded();
        if (result.error.code === 'termsChanged') onTermsChanged();
      }
      if (result.state !== 'ok') return;
      done += part.length;
      onAdded(result.value.registrations, lines.slice(done));
    }
    setAdding({ state: 'done', done });
  };
  return { adding, add };
}
