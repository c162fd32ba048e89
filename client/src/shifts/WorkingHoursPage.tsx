import { OfficePage } from '../app/OfficePage.tsx';
import { WorkingHours } from './WorkingHours.tsx';

/** Who works when: what the review's flag "out of shift" goes by. */
export function WorkingHoursPage() {
  return (
    <OfficePage
      title="Working hours"
      permission="shift.administer"
      isFor="supervisors"
      purpose="It shows who works when."
    >
      <WorkingHours />
    </OfficePage>
  );
}
