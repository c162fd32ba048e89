import { pairingCodeSchema } from '@commonsight/types/relay/pairing';
import { type SyntheticEvent, useId, useState } from 'react';
import { RelayCommand } from '../ui/RelayCommand.tsx';
import { BigButton } from '../ui/public/BigButton.tsx';
import type { OwnerKey } from './ownerKey.ts';
import { pairBrowser } from './pairBrowser.ts';

interface PairFormProps {
  secret: string;
  relayId: string;
  /** No other device is paired yet. */
  isFirst: boolean;
  onPaired: (key: OwnerKey) => void;
}

/** Makes this browser the owner's, with the code that the relay shows at its own console. */
export function PairForm({ secret, relayId, isFirst, onPaired }: PairFormProps) {
  const id = useId();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function pair(submitted: SyntheticEvent): Promise<void> {
    submitted.preventDefault();
    const parsed = pairingCodeSchema.safeParse(code);
    if (!parsed.success) return setProblem('The code has the form ABCDE-12345-FGHJK-67890. Look at it again.');
    setBusy(true);
    const paired = await pairBrowser(secret, relayId, parsed.data);
    setBusy(false);
    if (typeof paired === 'string') return setProblem(paired);
    onPaired(paired);
  }

  return (
    <form
      onSubmit={(submitted) => void pair(submitted)}
      aria-labelledby={`${id}-title`}
      className="mt-4 rounded-lg border border-line-strong bg-surface-1 p-4 text-base"
    >
      <h2 id={`${id}-title`} className="m-0 text-lg font-semibold">
        {isFirst ? 'Take control with this browser' : 'Pair this browser as well'}
      </h2>
      <p className="m-0 mt-1">
        Run this at the relay and type the code here. The key that is made is what your orders are signed with; it stays
        in this browser.
        {isFirst ? ' From then on nothing is shared but what you share.' : ''}
      </p>
      <RelayCommand act="owner code" />
      {isFirst ? (
        <p className="m-0 mt-2">
          If whoever set the relay up has turned on its page in your own network, open that page with a browser at the
          site instead, within an hour after the relay was switched on, and press <strong>Show a pairing code</strong>.
        </p>
      ) : null}
      <label htmlFor={id} className="mt-3 block font-semibold">
        Pairing code
      </label>
      <input
        id={id}
        value={code}
        onChange={({ target }) => {
          setCode(target.value);
          setProblem(null);
        }}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        className="mt-1 block h-11 w-full max-w-96 rounded-md border border-line-strong bg-surface-0 px-3 font-mono text-base text-text"
      />
      {problem === null ? null : (
        <p id={`${id}-problem`} role="alert" className="m-0 mt-1 text-stale">
          {problem}
        </p>
      )}
      <BigButton type="submit" look="primary" className="mt-3" disabled={isBusy}>
        {isBusy ? 'Pairing…' : 'Pair this browser'}
      </BigButton>
    </form>
  );
}
