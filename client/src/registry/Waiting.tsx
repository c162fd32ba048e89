import { BigButton } from '../ui/public/BigButton.tsx';
import { useText } from '../language/LanguageContext.ts';
import { errorWords } from '../language/messages/messages.ts';
import type { RegistryReading } from './useRegistry.ts';

/** While there is no registry to show: why. */
export function Waiting({ reading, onTryAgain }: { reading: RegistryReading; onTryAgain: () => void }) {
  const words = useText();
  if (reading.state === 'reading') return <p aria-busy="true">{words.loading}</p>;
  return (
    <div className="flex flex-col items-start gap-4">
      <h1 className="m-0 text-2xl font-semibold">{words.title}</h1>
      <p role="alert" className="m-0">
        {reading.state === 'failed' ? errorWords(reading.error, words) : words.noRegistry}
      </p>
      {reading.state === 'failed' ? <BigButton onClick={onTryAgain}>{words.tryAgain}</BigButton> : null}
    </div>
  );
}
