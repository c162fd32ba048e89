import { useText } from '../language/LanguageContext.ts';
import { errorWords } from '../language/messages/messages.ts';
import { BigButton } from '../ui/public/BigButton.tsx';
import { Heading } from '../ui/public/Heading.tsx';
import { ApplicationForm } from './ApplicationForm.tsx';
import { ToRegister } from './ToRegister.tsx';
import { useApplicationForm } from './useApplicationForm.ts';

export function ShareView() {
  const words = useText();
  const { reading, readAgain } = useApplicationForm();
  if (reading.state === 'reading') return <p aria-busy="true">{words.loading}</p>;
  if (reading.state === 'ready' && reading.offer.agencies.length > 0) {
    return <ApplicationForm offer={reading.offer} onTermsChanged={readAgain} />;
  }
  return (
    <div className="flex flex-col items-start gap-4">
      <Heading>{words.share.heading}</Heading>
      <p role="alert" className="m-0">
        {reading.state === 'failed' ? errorWords(reading.error, words) : words.share.none}
      </p>
      {reading.state === 'failed' ? <BigButton onClick={readAgain}>{words.tryAgain}</BigButton> : <ToRegister />}
    </div>
  );
}
