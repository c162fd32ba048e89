import { routes } from '@commonsight/types/http/routes';
import type { Layout } from '@commonsight/types/layout';
import { type FormEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { openIncidents } from '../state/incidents.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { Select } from '../ui/Select.tsx';
import { layoutNames } from './layoutNames.ts';

export interface CreateWallDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onCreated: (wallId: string) => void;
}

export function CreateWallDialog({ isOpen, onClose, onCreated }: CreateWallDialogProps) {
  const workspace = useWorkspace();
  const incidents = openIncidents(useStore(workspace.incidents));
  const formId = useId();
  const [name, setName] = useState('');
  const [layout, setLayout] = useState<Layout>('9');
  const [incidentId, setIncidentId] = useState('none');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function create(submitted: FormEvent) {
    submitted.preventDefault();
    setIsBusy(true);
    const result = await call(routes.createWall, {
      body: { name, layout, incidentId: incidentId === 'none' ? null : incidentId },
    });
    setIsBusy(false);
    if (result.state === 'ok') {
      setName('');
      onClose();
      onCreated(result.value.id);
    } else if (result.state === 'failed') {
      setError(result.error.message);
    }
  }

  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="New wall"
      description="Everybody in the agency who may read walls can open it."
      size="sm"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={formId} disabled={isBusy || name.trim() === ''}>
            Create wall
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(submitted) => void create(submitted)} className="flex flex-col gap-3">
        <Field
          label="Name"
          value={name}
          maxLength={80}
          onChange={({ target }) => setName(target.value)}
          error={error}
        />
        <Select<Layout>
          label="Layout"
          value={layout}
          onChange={setLayout}
          options={Object.entries(layoutNames).map(([value, label]) => ({ value: value as Layout, label }))}
        />
        <Select
          label="Incident"
          value={incidentId}
          onChange={setIncidentId}
          options={[
            { value: 'none', label: 'No incident', hint: 'Cameras ask for one when they are opened' },
            ...incidents.map((incident) => ({ value: incident.id, label: `#${incident.number} ${incident.title}` })),
          ]}
        />
      </form>
    </Dialog>
  );
}
