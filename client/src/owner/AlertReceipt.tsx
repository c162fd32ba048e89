import type { OwnerAlert } from '@commonsight/types/alert';
import type { Ledger } from '@commonsight/types/ledger';
import { downloadText } from '../ui/downloadText.ts';
import { BigButton } from '../ui/public/BigButton.tsx';
import { alertReceiptFile, alertReceiptWords } from './alertReceiptWords.ts';

interface AlertReceiptProps {
  /** Which one it is, for those who do not see where it stands. */
  label: string;
  alert: OwnerAlert;
  /** Null: nobody knows now who looked. */
  ledger: Ledger | null;
}

/** What came of an alert that is over: how long it was, why it ended, who looked and how long. */
export function AlertReceipt({ label, alert, ledger }: AlertReceiptProps) {
  const { title, sentence, watched, notes } = alertReceiptWords(alert, ledger);
  const save = (): void => {
    const { name, text } = alertReceiptFile(alert, ledger);
    downloadText(name, text);
  };
  return (
    <section aria-label={label} className="mt-4 rounded-md border border-line-strong bg-surface-1 p-4">
      <h3 className="m-0 text-base font-semibold">{title}</h3>
      <p className="m-0 mt-1">{sentence}</p>
      {watched === null || watched.length === 0 ? null : (
        <>
          <p className="m-0 mt-2">In that time, through any of your cameras:</p>
          <ul className="m-0 mt-2 list-none p-0">
            {watched.map(({ who, what }) => (
              <li key={`${who} ${what}`} className="border-t border-line py-1.5 break-words">
                <strong>{who}</strong> {what}
              </li>
            ))}
          </ul>
        </>
      )}
      {notes.map((note) => (
        <p key={note} className="m-0 mt-1 text-muted">
          {note}
        </p>
      ))}
      <BigButton className="mt-3" onClick={save}>
        Download this receipt
      </BigButton>
    </section>
  );
}
