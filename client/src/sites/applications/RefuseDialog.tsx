import { type ReceivedApplication, type RefusalReason, refusalReasonSchema } from '@commonsight/types/application';
import { applicationRoutes } from '@commonsight/types/http/application-routes';
import { useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { FormError } from '../../session/FormError.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { useSend } from '../../ui/useSend.ts';
import { reasonWords } from './reasonWords.ts';

export interface RefuseDialogProps {
  application: ReceivedApplication;
  onRefused: () => void;
  onClose: () => void;
}

/** Refuses an application for a reason of the list, which its applicant is told. */
export function RefuseDialog({ application, onRefused, onClose }: RefuseDialogProps) {
  const [reason, setReason] = useState<RefusalReason | null>(null);
  const start = useRef<HTMLButtonElement>(null);
  const { isBusy, error, send } = useSend();
  return (
    <FormDialog
      title={`Refuse ${application.name}?`}
      description="The applicant is told why by mail, and what they wrote is erased. They may apply again."
      submitLabel="Refuse"
      look="danger"
      size="md"
      isReady={!isBusy && reason !== null}
      isSending={isBusy}
      initialFocus={start}
      onSubmit={() => {
        if (reason === null) return;
        const body = { reason };
        void send(() => call(applicationRoutes.refuseApplication, { params: { id: application.id }, body }), onRefused);
      }}
      onClose={onClose}
    >
      <Select
        label="Reason"
        triggerRef={start}
        value={reason}
        options={refusalReasonSchema.options.map((value) => ({ value, label: reasonWords[value] }))}
        onChange={setReason}
      />
      <FormError>{error}</FormError>
    </FormDialog>
  );
}
