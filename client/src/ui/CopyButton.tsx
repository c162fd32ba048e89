import { Check, Copy } from 'lucide-react';
import type { Ref } from 'react';
import { Button } from './Button.tsx';
import { tellError } from './toast.tsx';
import { useCopy } from './useCopy.ts';

export interface CopyButtonProps {
  text: string;
  label: string;
  look?: 'primary' | 'secondary';
  buttonRef?: Ref<HTMLButtonElement>;
}

/** Copies a text, and says that it has. */
export function CopyButton({ text, label, look = 'secondary', buttonRef }: CopyButtonProps) {
  const refused = (): void =>
    tellError('The browser does not let this page copy. Select the text and copy it by hand.');
  const { state, copy } = useCopy(text, refused);
  const isCopied = state === 'copied';
  return (
    <Button {...(buttonRef === undefined ? {} : { ref: buttonRef })} look={look} onClick={() => void copy()}>
      {isCopied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
      <span aria-live="polite">{isCopied ? 'Copied' : label}</span>
    </Button>
  );
}
