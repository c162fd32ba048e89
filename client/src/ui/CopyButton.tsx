import { Check, Copy } from 'lucide-react';
import type { Ref } from 'react';
import { Button } from './Button.tsx';
import { tellError } from './toast.tsx';
import { useCopy } from './useCopy.ts';

export interface CopyButtonProps {
  text: string;
  label: string;
  look?: 'primary' | 'secondary' | 'quiet';
  size?: 'sm' | 'md';
  buttonRef?: Ref<HTMLButtonElement>;
}

/** Copies a text, and says that it has. */
export function CopyButton({ text, label, look = 'secondary', size = 'md', buttonRef }: CopyButtonProps) {
  const refused = (): void =>
    tellError('The browser does not let this page copy. Select the text and copy it by hand.');
  const { state, copy } = useCopy(text, refused);
  const isCopied = state === 'copied';
  return (
    <Button
      {...(buttonRef === undefined ? {} : { ref: buttonRef })}
      look={look}
      size={size}
      onClick={() => void copy()}
    >
      {isCopied ? <Check className={iconSizes[size]} aria-hidden /> : <Copy className={iconSizes[size]} aria-hidden />}
      <span aria-live="polite">{isCopied ? 'Copied' : label}</span>
    </Button>
  );
}

const iconSizes = { sm: 'size-3.5', md: 'size-4' } as const;
