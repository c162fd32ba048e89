import { Link } from '@tanstack/react-router';
import { BigButton } from '../ui/public/BigButton.tsx';
import { useText } from '../language/LanguageContext.ts';
import { errorWords } from '../language/messages/messages.ts';
import type { RegistryReading } from './useRegistry.ts';

/** While there is no registry to show: why. Who is registered in one that was closed is shown the way there. */
export function Waiting({
  reading,
  isPart = false,
  onTryAgain,
}: {
  reading: RegistryReading;
  /** Of a page that has a heading of its own. */
  isPart?: boolean;
  onTryAgain: () => void;
}) {
  const words = useText();
  if (reading.state === 'reading') return <p aria-busy="true">{words.loading}</p>;
  return (
    <div className="flex flex-col items-start gap-4">
      {isPart ? null : <h1 className="m-0 text-2xl font-semibold">{words.title}</h1>}
      <p role="alert" className="m-0">
        {reading.state === 'failed' ? errorWords(reading.error, words) : words.noRegistry}
      </p>
      {reading.state === 'ready' && reading.registry.agencies.length > 0 ? (
        <Link to="/register/manage" className="flex min-h-11 items-center text-accent underline underline-offset-4">
          {words.link.manage}
        </Link>
      ) : null}
      {reading.state === 'failed' ? <BigButton onClick={onTryAgain}>{words.tryAgain}</BigButton> : null}
    </div>
  );
}
