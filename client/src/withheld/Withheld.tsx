import { routes } from '@commonsight/types/http/routes';
import { type ListedWithholding, listedWithholdings } from '@commonsight/types/ledger';
import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { formatCount } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { useLiveRead } from '../incident/useLiveRead.ts';
import { FormError } from '../session/FormError.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { tell } from '../ui/toast.tsx';
import { Toolbar } from '../ui/Toolbar.tsx';
import { useSend } from '../ui/useSend.ts';
import { WithheldTable } from './WithheldTable.tsx';
import { WithholdDialog } from './WithholdDialog.tsx';
import { orderWithholdings, withholdingState } from './withholdingWords.ts';

const readWithholdings = (signal: AbortSignal) => call(routes.listWithholdings, { signal });

export function Withheld() {
  const { read, readAgain } = useLiveRead(readWithholdings, null);
  const nowMs = useServerNowMs();
  const [isMaking, setIsMaking] = useState(false);
  const [ending, setEnding] = useState<ListedWithholding | null>(null);
  if (read.state === 'failed') {
    return (
      <EmptyState title="The list could not be read" action={<Button onClick={read.retry}>Try again</Button>}>
        {read.message}
      </EmptyState>
    );
  }
  if (read.state !== 'loaded') return <EmptyState title="Reading withheld numbers…" />;
  const rows = orderWithholdings(read.value.withholdings, nowMs);
  const running = rows.filter((row) => withholdingState(row, nowMs) === 'running').length;
  const makeButton = (
    <Button look="primary" onClick={() => setIsMaking(true)}>
      <EyeOff className="size-4" aria-hidden />
      Withhold a number
    </Button>
  );
  return (
    <>
      <Toolbar>
        <output className="figures font-medium">
          {running === 0 ? 'No number is withheld now' : `${formatCount(running, 'number')} withheld now`}
        </output>
        <span className="grow" />
        {makeButton}
      </Toolbar>
      <p className="m-0 shrink-0 border-b border-line px-3 py-2 text-muted">
        Owners see that somebody looked, when, for how long and what for. In place of the incident’s number they read
        until when it is withheld, and how many there are.
        {rows.length === listedWithholdings ? ` The last ${listedWithholdings} stand here.` : ''}
      </p>
      {rows.length > 0 ? (
        <WithheldTable rows={rows} nowMs={nowMs} onEnd={setEnding} />
      ) : (
        <EmptyState icon={<EyeOff aria-hidden />} title="No number has been withheld yet" action={makeButton}>
          It is for incidents whose number would put somebody in danger, for 30 days at most and once for an incident.
        </EmptyState>
      )}
      {isMaking ? (
        <WithholdDialog
          incident={null}
          withheldIds={rows.map(({ incidentId }) => incidentId)}
          onDone={() => {
            setIsMaking(false);
            readAgain();
          }}
          onClose={() => setIsMaking(false)}
        />
      ) : null}
      {ending === null ? null : (
        <EndDialog
          withholding={ending}
          onDone={() => {
            setEnding(null);
            readAgain();
          }}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}

interface EndDialogProps {
  withholding: ListedWithholding;
  onDone: () => void;
  onClose: () => void;
}

function EndDialog({ withholding: { incidentId, incident }, onDone, onClose }: EndDialogProps) {
  const { isBusy, error, send } = useSend();
  return (
    <FormDialog
      title={`Show #${incident.number} to owners?`}
      description="They see the number from this moment on, for every viewing. It cannot be withheld again."
      submitLabel="Show it now"
      isReady={!isBusy}
      onSubmit={() =>
        void send(
          () => call(routes.endWithholding, { params: { id: incidentId } }),
          () => {
            tell(`Owners see #${incident.number} now.`);
            onDone();
          },
        )
      }
      onClose={onClose}
    >
      <FormError>{error}</FormError>
    </FormDialog>
  );
}
