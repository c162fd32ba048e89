import type { ReceivedApplication } from '@commonsight/types/application';
import { applicationRoutes } from '@commonsight/types/http/application-routes';
import type { Site } from '@commonsight/types/site';
import { isTimeZone } from '@commonsight/types/time-zone';
import { useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { FormError } from '../../session/FormError.tsx';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSend } from '../../ui/useSend.ts';
import { ownTimeZone } from '../new-site/siteFields.ts';
import { SiteZoneField } from '../new-site/SiteZoneField.tsx';

export interface ApproveDialogProps {
  application: ReceivedApplication;
  onApproved: (site: Site) => void;
  onClose: () => void;
}

/** Makes the site that somebody has applied for, and its owner's link. */
export function ApproveDialog({ application, onApproved, onClose }: ApproveDialogProps) {
  const [name, setName] = useState(application.name);
  const [timeZone, setTimeZone] = useState(ownTimeZone);
  const start = useRef<HTMLInputElement>(null);
  const { isBusy, error, send } = useSend();
  const nameError = name.trim() === '' ? 'Give the site a name.' : null;
  const zoneError = isTimeZone(timeZone) ? null : 'Give a time zone such as America/Chicago.';
  return (
    <FormDialog
      title={`Approve ${application.name}?`}
      description="This makes the site and mails the owner’s link to the applicant, and to nobody else. Nothing is shared before a relay is enrolled and the owner decides it there."
      submitLabel="Approve"
      size="md"
      isReady={!isBusy && nameError === null && zoneError === null}
      isSending={isBusy}
      initialFocus={start}
      onSubmit={() =>
        void send(
          () =>
            call(applicationRoutes.approveApplication, { params: { id: application.id }, body: { name, timeZone } }),
          onApproved,
        )
      }
      onClose={onClose}
    >
      <Field
        ref={start}
        label="Name of the site"
        value={name}
        maxLength={80}
        error={nameError}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <SiteZoneField value={timeZone} error={zoneError} onChange={setTimeZone} />
      <FormError>{error}</FormError>
    </FormDialog>
  );
}
