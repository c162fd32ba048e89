import { OfficePage } from '../app/OfficePage.tsx';
import { OwnerLinks } from './OwnerLinks.tsx';

/** Links with which the owners of cameras read who has looked. */
export function OwnerLinksPage() {
  return (
    <OfficePage
      title="Links for owners"
      permission="site.administer"
      isFor="administrators"
      purpose="It shows which owners can read who has looked."
      layout="max-md:flex-col"
    >
      <OwnerLinks />
    </OfficePage>
  );
}
