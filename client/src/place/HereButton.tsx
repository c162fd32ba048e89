import type { Position } from '@commonsight/types/position';
import { LocateFixed } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../language/LanguageContext.ts';
import { BigButton } from '../ui/public/BigButton.tsx';
import { Problem } from '../ui/public/Problem.tsx';
import { locate } from './locate.ts';

type Locating = { state: 'none' | 'locating' | 'failed' } | { state: 'found'; metres: number };

/** Puts the pin where the device is. Not there where a browser has no way to know, as on pages without https. */
export function HereButton({ onFound }: { onFound: (position: Position) => void }) {
  const { place } = useText();
  const [locating, setLocating] = useState<Locating>({ state: 'none' });
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  if (!window.isSecureContext || !('geolocation' in navigator)) return null;

  const find = async (): Promise<void> => {
    setLocating({ state: 'locating' });
    const found = await locate(navigator.geolocation);
    if (!isShown.current) return;
    setLocating(found === null ? { state: 'failed' } : { state: 'found', metres: found.metres });
    if (found !== null) onFound(found.position);
  };
  return (
    <div className="flex flex-col items-start gap-1">
      <BigButton
        aria-disabled={locating.state === 'locating'}
        onClick={() => (locating.state === 'locating' ? undefined : void find())}
      >
        <LocateFixed className="size-5" aria-hidden />
        {place.here}
      </BigButton>
      <p className="m-0 text-base text-muted">{place.hereHelp}</p>
      <output className="m-0 block text-base empty:hidden">
        {locating.state === 'locating' ? place.locating : null}
        {locating.state === 'found' ? place.located(locating.metres) : null}
      </output>
      <Problem words={locating.state === 'failed' ? place.notLocated : null} />
    </div>
  );
}
