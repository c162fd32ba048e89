import { siteContactSchema } from '@commonsight/types/site-card';
import { useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import type { OwnerKey } from '../ownerKey.ts';
import { ContactFields } from './ContactFields.tsx';
import { PlanField } from './PlanField.tsx';
import { type CardDraft, mergeDrafts } from './CardDraft.ts';
import { type CardOutcome, openCard, saveCard } from './siteCardActs.ts';

interface SiteCardEditorProps {
  secret: string;
  ownerKey: OwnerKey;
}

/** What responders read of the site while an alert runs: whom to call, notes, a floor plan. Opened by a signature of the owner's. */
export function SiteCardEditor({ secret, ownerKey }: SiteCardEditorProps) {
  const [draft, setDraft] = useState<CardDraft | null>(null);
  /** As it was opened or saved: what differs from it was changed here. */
  const [base, setBase] = useState<CardDraft | null>(null);
  const [areChecked, setChecked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ isGood: boolean; words: string } | null>(null);

  function change(part: Partial<CardDraft>): void {
    if (draft === null) return;
    setOutcome(null);
    setDraft({ ...draft, ...part });
  }

  function show(opened: CardDraft): void {
    setBase(opened);
    setDraft(opened);
  }

  async function run(act: () => Promise<CardOutcome>): Promise<CardOutcome> {
    setBusy(true);
    setOutcome(null);
    const done = await act();
    setBusy(false);
    return done;
  }

  async function open(): Promise<void> {
    const opened = await run(() => openCard(secret, ownerKey));
    if (opened.kind === 'done') show(opened.draft);
    else setOutcome({ isGood: false, words: opened.words });
  }

  async function save(current: CardDraft): Promise<void> {
    setChecked(true);
    if (!current.contacts.every((contact) => siteContactSchema.safeParse(contact).success)) {
      setOutcome({ isGood: false, words: 'A contact is not complete. Correct it, or remove it.' });
      return;
    }
    const saved = await run(() => saveCard(secret, ownerKey, current));
    if (saved.kind === 'done') {
      setBase(saved.draft);
      // What was typed while it was saved stays.
      setDraft((now) => (now === null || now === current ? saved.draft : mergeDrafts(current, now, saved.draft)));
      setChecked(false);
      setOutcome({ isGood: true, words: 'Saved. Responders read it while an alert runs.' });
      return;
    }
    if (saved.kind === 'conflict') return follow(current, saved.words);
    setOutcome({ isGood: false, words: saved.words });
  }

  /** Another device was first: the changes here are kept, and stand on what it saved. */
  async function follow(current: CardDraft, words: string): Promise<void> {
    const opened = await run(() => openCard(secret, ownerKey));
    if (opened.kind !== 'done') return setOutcome({ isGood: false, words });
    setDraft(mergeDrafts(base ?? opened.draft, current, opened.draft));
    setBase(opened.draft);
    setOutcome({
      isGood: false,
      words: 'Another device has changed the site card meanwhile. Your changes are kept: look at them, and save again.',
    });
  }

  return (
    <section aria-labelledby="site-card" className="mt-8 text-base">
      <h2 id="site-card" className="m-0 text-lg font-semibold">
        Your site card
      </h2>
      <p className="m-0 mt-1">
        Police read this while an alert of yours runs, and not before or after. Each reading is written down. It is kept
        encrypted, and nobody without your key can change it.
      </p>
      {draft === null ? (
        <BigButton className="mt-3" disabled={isBusy} onClick={() => void open()}>
          {isBusy ? 'Opening…' : 'Show and change'}
        </BigButton>
      ) : (
        <>
          <h3 className="m-0 mt-4 text-base font-semibold">Whom to call</h3>
          <ContactFields
            contacts={draft.contacts}
            areChecked={areChecked}
            onChange={(contacts) => change({ contacts })}
          />
          <label className="mt-4 block font-semibold">
            Notes
            <span className="block font-normal text-muted">Entrances, keys, dangers, who may be inside.</span>
            <textarea
              value={draft.notes}
              maxLength={4_000}
              rows={5}
              onChange={({ target }) => change({ notes: target.value })}
              className="mt-1 block w-full rounded-md border border-line-strong bg-surface-1 px-3 py-2 text-base font-normal text-text"
            />
          </label>
          <PlanField
            isKept={draft.keptPlan !== null}
            newPlan={draft.newPlan}
            onChange={(newPlan) => change({ newPlan, keptPlan: newPlan === null ? null : draft.keptPlan })}
          />
          <BigButton
            look="primary"
            className="mt-4"
            disabled={isBusy || draft === base}
            onClick={() => void save(draft)}
          >
            {isBusy ? 'Saving…' : 'Save for responders'}
          </BigButton>
        </>
      )}
      <output className={outcome?.isGood === false ? 'mt-2 block text-stale' : 'mt-2 block text-live'}>
        {outcome?.words ?? ''}
      </output>
    </section>
  );
}
