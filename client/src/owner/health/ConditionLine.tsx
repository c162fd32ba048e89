import { conditionMarks } from '../../health/conditionMarks.ts';
import type { Condition } from '../../health/conditionOf.ts';
import { StatusSymbol } from '../../ui/StatusSymbol.tsx';

/** How a camera is, in the line below what police can see of it. */
export function ConditionLine({ condition: { kind, sentence } }: { condition: Condition }) {
  const { symbol, word } = conditionMarks[kind];
  return (
    <p data-condition={kind} className="m-0 text-base wrap-anywhere text-muted">
      <StatusSymbol kind={symbol} className="mr-1.5" />
      {kind === 'problem' ? <strong className="text-stale">{word}: </strong> : null}
      {sentence}
    </p>
  );
}
