import { registryRoutes } from '@commonsight/types/http/registry-routes';
import type { Area } from '@commonsight/types/registration';
import { useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../../api/call.ts';
import { useWorkspace } from '../../app/WorkspaceContext.ts';
import { FormError } from '../../session/FormError.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { Section } from '../../ui/Section.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSend } from '../../ui/useSend.ts';
import { type AreaFields, areaAround, areaOf, fieldsOf, problemsOf, sides } from './areaFields.ts';

const labels: Readonly<Record<keyof AreaFields, string>> = {
  north: 'Northern side (latitude)',
  south: 'Southern side (latitude)',
  west: 'Western side (longitude)',
  east: 'Eastern side (longitude)',
};

export interface AreaFormProps {
  area: Area | null;
  onSaved: () => void;
}

/** The four sides of the area, which open the registry, move it or, taken away, close it. */
export function AreaForm({ area, onSaved }: AreaFormProps) {
  const { cameras } = useWorkspace();
  const byId = useStore(cameras, (state) => state.byId);
  const [fields, setFields] = useState(() => fieldsOf(area));
  const [isChecked, setIsChecked] = useState(false);
  const [isClosing, setIsClosing] = useState(false);
  const { isBusy, error, send } = useSend();
  const problems = isChecked ? problemsOf(fields) : {};
  const around = areaAround([...byId.values()].map(({ position }) => position));

  const save = (wanted: Area | null): void =>
    void send(
      () => call(registryRoutes.changeRegistryArea, { body: { area: wanted } }),
      () => {
        setIsClosing(false);
        tell(wanted === null ? 'The registry is closed.' : 'Registrations are taken within this area.');
        onSaved();
      },
    );

  return (
    <Section
      title="Area"
      description="Cameras can be registered within this rectangle. In degrees, WGS 84, as a map shows them."
      action={
        area === null ? null : (
          <Button look="danger" onClick={() => setIsClosing(true)}>
            Close the registry
          </Button>
        )
      }
    >
      <form
        noValidate
        className="mt-4 flex flex-col gap-4"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          setIsChecked(true);
          if (Object.keys(problemsOf(fields)).length === 0) save(areaOf(fields));
        }}
      >
        <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          {sides.map((side) => (
            <Field
              key={side}
              label={labels[side]}
              inputMode="decimal"
              value={fields[side]}
              error={problems[side] ?? null}
              onChange={({ currentTarget }) => setFields({ ...fields, [side]: currentTarget.value })}
            />
          ))}
        </div>
        <FormError>{isClosing ? null : error}</FormError>
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="primary" disabled={isBusy}>
            {area === null ? 'Open the registry' : 'Save area'}
          </Button>
          {around === null ? null : (
            <Button onClick={() => setFields(fieldsOf(around))}>Take the surroundings of the cameras</Button>
          )}
        </div>
      </form>
      {isClosing ? (
        <FormDialog
          title="Close the registry?"
          description="No new camera can be registered. What is registered stays, and its registrants can still change, pause or delete it."
          submitLabel="Close registry"
          look="danger"
          isReady={!isBusy}
          onSubmit={() => save(null)}
          onClose={() => setIsClosing(false)}
        >
          <FormError>{error}</FormError>
        </FormDialog>
      ) : null}
    </Section>
  );
}
