import { GrantDialog } from '../grant/GrantDialog.tsx';
import { AddToIncidentDialog } from './AddToIncidentDialog.tsx';
import { FindCameraDialog } from './FindCameraDialog.tsx';
import { KeyMapDialog } from './KeyMapDialog.tsx';

export function Dialogs() {
  return (
    <>
      <FindCameraDialog />
      <AddToIncidentDialog />
      <KeyMapDialog />
      <GrantDialog />
    </>
  );
}
