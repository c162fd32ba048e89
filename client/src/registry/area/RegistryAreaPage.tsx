import { OfficePage } from '../../app/OfficePage.tsx';
import { RegistryArea } from './RegistryArea.tsx';

/** Where the agency takes registrations of cameras. */
export function RegistryAreaPage() {
  return (
    <OfficePage
      title="Registry"
      permission="registry.administer"
      isFor="administrators"
      purpose="It says where residents may register cameras."
    >
      <RegistryArea />
    </OfficePage>
  );
}
