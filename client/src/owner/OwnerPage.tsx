import type { OwnerAlert } from '@commonsight/types/alert';
import type { OwnerQuestion } from '@commonsight/types/push';
import { useEffect } from 'react';
import { useFragment } from '../ledger/useFragment.ts';
import { useLedger } from '../ledger/useLedger.ts';
import { LedgerLines } from '../ledger/LedgerLines.tsx';
import { NotOpen } from '../ledger/NotOpen.tsx';
import { SiteHeader } from '../ledger/SiteHeader.tsx';
import { DigestSettings } from '../ledger/digest/DigestSettings.tsx';
import { AlertPanel } from './AlertPanel.tsx';
import { SiteCardEditor } from './card/SiteCardEditor.tsx';
import { AskedQuestion } from './app/AskedQuestion.tsx';
import { InstallPanel } from './app/InstallPanel.tsx';
import { PushPanel } from './app/PushPanel.tsx';
import { OldWords } from './app/OldWords.tsx';
import { partIds } from './app/pageParts.ts';
import { RememberedSites } from './app/RememberedSites.tsx';
import { useIsOld } from './app/useIsOld.ts';
import { useOpening } from './app/useOpening.ts';
import { HealthPart } from './health/HealthPart.tsx';
import { ownConditions } from './health/ownConditions.ts';
import { useOwnerHealth } from './health/useOwnerHealth.ts';
import { PairForm } from './PairForm.tsx';
import { PartLinks } from './PartLinks.tsx';
import { RelayWords } from './RelayWords.tsx';
import { SharingEditor } from './SharingEditor.tsx';
import { OwnerInbox } from '../footage/answer/OwnerInbox.tsx';
import { useOwnerRelay } from './useOwnerRelay.ts';

/** For a site's owner, who has come by a link: what police can see, and who is looking. */
export function OwnerPage() {
  const secret = useFragment();
  const { opening, close } = useOpening(secret);
  useEffect(() => {
    document.title = 'What you share · Commonsight';
  }, []);
  return (
    <main className="daylight relative h-full overflow-y-auto p-4 text-sm sm:p-8">
      <div className="mx-auto max-w-224">
        {secret === '' ? (
          <RememberedSites subscriptionId={opening?.subscriptionId ?? null} />
        ) : (
          <OpenOwnerPage key={secret} secret={secret} question={opening?.question ?? null} onAnswered={close} />
        )}
      </div>
    </main>
  );
}

interface OpenOwnerPageProps {
  secret: string;
  /** What a message has opened the page for. */
  question: OwnerQuestion | null;
  onAnswered: () => void;
}

function OpenOwnerPage({ secret, question, onAnswered }: OpenOwnerPageProps) {
  const reading = useLedger(secret);
  const ofRelay = useOwnerRelay(secret);
  const ofHealth = useOwnerHealth(secret, ofRelay.relay);
  const isLedgerOld = useIsOld(reading.state === 'open' ? reading.readAtMs : null);
  const isRelayOld = useIsOld(ofRelay.readAtMs);
  if (reading.state !== 'open') return <NotOpen title="What you share" reading={reading} />;
  const { ledger, readAtMs } = reading;
  const { relay, key, isKeyRead, isConfirmed, show, usePaired } = ofRelay;
  const watched = ledger.lines.filter(({ endedAt }) => endedAt === null);
  const siteName = ledger.site.name;
  const showAlert = (alert: OwnerAlert): void => show((now) => ({ ...now, alert }));
  const conditions = ofHealth.state === 'told' ? ownConditions(ledger.cameras, ofHealth.health) : [];
  const isOld = isLedgerOld || isRelayOld;
  return (
    <>
      {isOld ? (
        <OldWords
          title={siteName}
          sinceMs={Math.min(readAtMs, ofRelay.readAtMs ?? readAtMs)}
          problem={isLedgerOld ? reading.problem : ofRelay.problem}
        />
      ) : null}
      {/* Hidden and not taken away: what was typed within stays. */}
      <div hidden={isOld}>
        <SiteHeader reading={reading} />
        <PartLinks
          cameras={ledger.cameras.length}
          watching={watched.length}
          hasRelay={relay !== undefined && relay !== null}
        />
        {relay === null ? (
          <p className="text-base">No relay is enrolled at this site yet, so nobody can see any camera live.</p>
        ) : null}
        {relay === undefined && ofRelay.problem !== null ? (
          <p role="alert" className="text-base text-stale">
            What you share cannot be read now. {ofRelay.problem.message}
          </p>
        ) : null}
      </div>
      {relay === undefined || relay === null ? null : (
        <>
          {/* The alert goes by the relay's reading alone: that its lines cannot be read takes nobody's button away. */}
          <div hidden={isRelayOld}>
            {question === null || !isKeyRead ? null : (
              <AskedQuestion
                question={question}
                secret={secret}
                relay={relay}
                ownerKey={key}
                onChanged={showAlert}
                onClosed={onAnswered}
              />
            )}
            <RelayWords relay={relay} isConfirmed={isConfirmed} ownKey={key?.publicKey ?? null} />
            {key === null && relay.sharing !== null ? (
              <PairForm
                secret={secret}
                relayId={relay.id}
                isFirst={relay.sharing.state === 'unpaired'}
                onPaired={usePaired}
              />
            ) : null}
            <div id={partIds.alert} tabIndex={-1}>
              <AlertPanel
                secret={secret}
                relay={relay}
                ownerKey={key}
                ledger={isLedgerOld ? null : ledger}
                onChanged={showAlert}
              />
            </div>
          </div>
          <div hidden={isOld}>
            <div id={partIds.health} tabIndex={-1}>
              <HealthPart reading={ofHealth} conditions={conditions} />
            </div>
            <div id={partIds.cameras} tabIndex={-1}>
              <SharingEditor
                key={relay.id}
                secret={secret}
                relay={relay}
                ownerKey={key}
                cameras={ledger.cameras}
                conditions={new Map(conditions.map((condition) => [condition.cameraId, condition]))}
                watched={new Set(watched.map(({ cameraId }) => cameraId))}
                nowMs={readAtMs}
                onSaved={(saved) => show(() => saved)}
              />
            </div>
            {key === null ? null : <SiteCardEditor key={`card of ${relay.id}`} secret={secret} ownerKey={key} />}
          </div>
        </>
      )}
      <div hidden={isOld}>
        <h2 id={partIds.watching} tabIndex={-1} className="m-0 mt-8 text-lg font-semibold">
          Who is looking now
        </h2>
        {watched.length === 0 ? <p className="text-base text-muted">Nobody.</p> : null}
        <LedgerLines lines={watched} cameras={ledger.cameras} nowMs={readAtMs} />
        <div id={partIds.inbox} tabIndex={-1} className="mt-8">
          <OwnerInbox secret={secret} ownerKey={key} isSignatureNeeded={(relay?.sharing?.ownerKeys.length ?? 0) > 0} />
        </div>
        <div className="mt-8">
          <DigestSettings secret={secret} />
        </div>
        {relay === undefined || relay === null ? null : (
          <PushPanel secret={secret} siteName={siteName} ownerKey={key} />
        )}
        <InstallPanel secret={secret} siteName={siteName} />
        <p className="text-base">
          <a href={`/ledger#${secret}`} className="inline-block py-2.5 text-accent underline underline-offset-4">
            Everybody who has looked
          </a>
        </p>
      </div>
    </>
  );
}
