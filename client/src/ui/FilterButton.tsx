import { Button } from './Button.tsx';
import { type StatusKind, StatusSymbol } from './StatusSymbol.tsx';

export interface FilterButtonProps {
  symbol: StatusKind;
  label: string;
  count: number;
  isOn: boolean;
  onToggle: () => void;
}

/** Narrows a list down to one state, and says how many there are in it. */
export function FilterButton({ symbol, label, count, isOn, onToggle }: FilterButtonProps) {
  return (
    <Button look={isOn ? 'secondary' : 'quiet'} aria-pressed={isOn} onClick={onToggle}>
      <StatusSymbol kind={symbol} />
      {label}
      <span className="figures">{count}</span>
    </Button>
  );
}
