import { OfficePage } from '../app/OfficePage.tsx';
import { People } from './People.tsx';

/** Who may sign in: for administrators. */
export function PeoplePage() {
  return (
    <OfficePage title="People" permission="user.administer" isFor="administrators" purpose="It shows who may sign in.">
      <People />
    </OfficePage>
  );
}
