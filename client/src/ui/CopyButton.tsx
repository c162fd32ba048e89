import { Check, Copy } from 'lucide-react';
import { type Ref, useState } from 'react';
import { Button } from './Button.tsx';
import { tellError } from './toast.tsx';

export interface CopyButtonProps {
  text: string;
  label: string;
  look?: 'primary' | 'secondary';
  buttonRef?: Ref<HTMLButtonElement>;
}

/** Copies a text, and says that it has. */
export function CopyButton({ text, label, look = 'secondary', buttonRef }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
    } catch {
      tellError('The browser does not let this page copy. Select the text and copy it by hand.');
    }
  }

  return (
    <Button {...(buttonRef === undefined ? {} : { ref: buttonRef })} look={look} onClick={() => void copy()}>
      {isCopied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
      <span aria-live="polite">{isCopied ? 'Copied' : label}</span>
    </Button>
  );
}
