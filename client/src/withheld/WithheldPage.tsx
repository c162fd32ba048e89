import { OfficePage } from '../app/OfficePage.tsx';
import { Withheld } from './Withheld.tsx';

/** Incident numbers that owners do not see for a while. */
export function WithheldPage() {
  return (
    <OfficePage
      title="Withheld numbers"
      permission="ledger.withhold"
      isFor="supervisors"
      purpose="It shows which incident numbers are kept from owners."
    >
      <Withheld />
    </OfficePage>
  );
}
