import type { OwnRegistration, RegistryTerms } from '@commonsight/types/registration';
import { useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { useText } from '../../language/LanguageContext.ts';
import { DeleteDialog } from './DeleteDialog.tsx';
import { NewTerms } from './NewTerms.tsx';
import { PauseForm } from './PauseForm.tsx';

export interface CardActsProps {
  registration: OwnRegistration;
  /** The current terms in the person's language. */
  terms: RegistryTerms | undefined;
  onPause: (until: string) => Promise<boolean>;
  onResume: () => Promise<boolean>;
  onConfirm: (consent: { version: number; hash: string } | null) => Promise<boolean>;
  /** What is wrong, or null. */
  onDelete: () => Promise<string | null>;
}

export function CardActs({ registration, terms, onPause, onResume, onConfirm, onDelete }: CardActsProps) {
  const words = useText();
  const [open, setOpen] = useState<'none' | 'pause' | 'delete'>('none');
  const haveTermsChanged = terms !== undefined && terms.version !== registration.consent.version;
  return (
    <div className="flex flex-col gap-4 px-4">
      {haveTermsChanged ? <NewTerms terms={terms} /> : null}
      <div className="flex flex-wrap gap-3">
        <BigButton
          look="primary"
          onClick={() => void onConfirm(haveTermsChanged ? { version: terms.version, hash: terms.hash } : null)}
        >
          {haveTermsChanged ? words.manage.agreeAndConfirm : words.manage.confirm}
        </BigButton>
        {registration.state === 'paused' ? (
          <BigButton onClick={() => void onResume()}>{words.manage.resume}</BigButton>
        ) : null}
        {registration.state === 'active' ? (
          <BigButton aria-expanded={open === 'pause'} onClick={() => setOpen(open === 'pause' ? 'none' : 'pause')}>
            {words.manage.pause}
          </BigButton>
        ) : null}
        <BigButton look="danger" className="sm:ml-auto" onClick={() => setOpen('delete')}>
          {words.manage.remove}
        </BigButton>
      </div>
      {open === 'pause' && registration.state === 'active' ? (
        <PauseForm
          onPause={async (until) => {
            if (await onPause(until)) setOpen('none');
          }}
        />
      ) : null}
      <DeleteDialog
        isOpen={open === 'delete'}
        address={registration.address}
        onClose={() => setOpen('none')}
        onDelete={async () => {
          const problem = await onDelete();
          if (problem === null) setOpen('none');
          return problem;
        }}
      />
    </div>
  );
}
