import { GrantDialog } from '../grant/GrantDialog.tsx';
import { AddToIncidentDialog } from './AddToIncidentDialog.tsx';
import { FindCameraDialog } from './FindCameraDialog.tsx';
import { KeyMapDialog } from './KeyMapDialog.tsx';

/** What may open over a wall, on the console and on a bare screen alike. */
export function WallDialogs() {
  return (
    <>
      <FindCameraDialog />
      <AddToIncidentDialog />
      <KeyMapDialog />
      <GrantDialog />
    </>
  );
}
