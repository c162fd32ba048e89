import { OfficePage } from '../../app/OfficePage.tsx';
import { FootageList } from './FootageList.tsx';

/** What was asked of registrants and owners, how it stands, and the files that came. */
export function FootagePage() {
  return (
    <OfficePage
      title="Footage requests"
      permission="footage.read"
      isFor="analysts, dispatchers and supervisors"
      purpose="It shows the requests for footage that you have sent or were added to."
    >
      <FootageList />
    </OfficePage>
  );
}
