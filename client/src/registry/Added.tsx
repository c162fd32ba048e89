import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useText } from '../language/LanguageContext.ts';
import { BigButton } from '../ui/public/BigButton.tsx';
import { Heading } from '../ui/public/Heading.tsx';

/** That a camera was registered in an open visit. */
export function Added({ onAnother }: { onAnother: () => void }) {
  const { added } = useText();
  return (
    <div className="flex flex-col items-start gap-4">
      <CircleCheck className="size-12 text-live" aria-hidden />
      <Heading>{added.title}</Heading>
      <p className="m-0">{added.text}</p>
      <BigButton look="primary" onClick={onAnother}>
        {added.another}
      </BigButton>
      <Link to="/register/manage" className="flex min-h-11 items-center text-accent underline underline-offset-4">
        {added.own}
      </Link>
    </div>
  );
}
