import { registryRoutes } from '@commonsight/types/http/registry-routes';
import type { RegistrySettings } from '@commonsight/types/registration';
import { call } from '../../api/call.ts';
import { useLiveRead } from '../../incident/useLiveRead.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Section } from '../../ui/Section.tsx';
import { AreaForm } from './AreaForm.tsx';

const readSettings = (signal: AbortSignal) => call(registryRoutes.readRegistrySettings, { signal });

/** Whether the agency takes registrations, where, and how many there are. */
export function RegistryArea() {
  const { read, readAgain } = useLiveRead(readSettings, null);
  if (read.state === 'failed') {
    return (
      <EmptyState title="The settings could not be read" action={<Button onClick={read.retry}>Try again</Button>}>
        {read.message}
      </EmptyState>
    );
  }
  if (read.state !== 'loaded') return <EmptyState title="Reading the settings…" />;
  const { area, counts } = read.value;
  const page = new URL('/register', window.location.href).href;
  return (
    <div className="min-h-0 grow relative overflow-y-auto">
      <div className="mx-auto flex max-w-200 flex-col gap-4 p-6 max-sm:p-3">
        <Section
          title={area === null ? 'The registry is closed' : 'The registry is open'}
          description={
            area === null
              ? 'Residents cannot register cameras with your agency. Give an area to open it.'
              : 'Residents and businesses say on this page that they have a camera. Nobody gets live access by it.'
          }
          action={area === null ? null : <CopyButton text={page} label="Copy the address" />}
        >
          {area === null ? null : <p className="m-0 mt-3 font-medium wrap-anywhere">{page}</p>}
          <div className="mt-4">
            <Facts facts={factsOf(counts)} />
          </div>
        </Section>
        {/* Made anew when somebody has saved, so that what is shown is what holds. */}
        <AreaForm key={JSON.stringify(area)} area={area} onSaved={readAgain} />
      </div>
    </div>
  );
}

function factsOf({ active, paused, dormant, unverified }: RegistrySettings['counts']) {
  return [
    ['Registered cameras', active.toLocaleString('en-US')],
    ['Paused by their registrants', paused.toLocaleString('en-US')],
    ['Not confirmed for long', dormant.toLocaleString('en-US')],
    ['Waiting for their mail to be confirmed', unverified.toLocaleString('en-US')],
  ] as const;
}
