import { OfficePage } from '../app/OfficePage.tsx';
import { ConnectionWords } from '../app/ConnectionWords.tsx';
import { Policies } from './Policies.tsx';

/** What the agency allows itself: read by everybody, changed by two people together. */
export function PolicyPage() {
  return (
    <OfficePage
      title="Policy"
      permission={null}
      isFor="everybody"
      purpose="It shows what the agency allows itself."
      headerEnd={<ConnectionWords />}
    >
      <Policies />
    </OfficePage>
  );
}
