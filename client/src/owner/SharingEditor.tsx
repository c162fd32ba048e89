import type { Ledger } from '@commonsight/types/ledger';
import type { OwnerRelay } from '@commonsight/types/owner';
import { defaultAlertSettings, isAlertSharing } from '@commonsight/types/relay/alert';
import { judgeSharing } from '@commonsight/types/relay/judgeSharing';
import { useRef, useState } from 'react';
import type { Condition } from '../health/conditionOf.ts';
import { sharingSentences } from '../ledger/ledgerWords.ts';
import { sectionsOf } from '../sharing/sectionsOf.ts';
import { policeSentence } from '../sharing/sharingWords.ts';
import { withChosen } from '../ui/withChosen.ts';
import { AlertInputsFields } from './AlertInputsFields.tsx';
import { AlertSettingsFields } from './AlertSettingsFields.tsx';
import { CameraSharing } from './CameraSharing.tsx';
import { ChooseBar } from './ChooseBar.tsx';
import { openDocument } from './draft/Base.ts';
import { awaitingOf } from './draft/nextDocument.ts';
import { fieldLook } from './inputLook.ts';
import { DiscardedNote } from './DiscardedNote.tsx';
import { KeptDaysField } from './KeptDaysField.tsx';
import { NewCamerasNote } from './NewCamerasNote.tsx';
import type { OwnerKey } from './ownerKey.ts';
import { PreviewPanel } from './preview/PreviewPanel.tsx';
import { SaveBar } from './SaveBar.tsx';
import { SectionOfCameras } from './SectionOfCameras.tsx';
import { TimeZoneField } from './TimeZoneField.tsx';
import { UploadLimitPart } from './upload-limit/UploadLimitPart.tsx';
import { useSharingDraft } from './useSharingDraft.ts';

interface SharingEditorProps {
  secret: string;
  relay: OwnerRelay;
  /** Null: this browser may look and not change. */
  ownerKey: OwnerKey | null;
  cameras: Ledger['cameras'];
  /** The cameras that somebody looks through now. */
  watched: ReadonlySet<string>;
  /** How the cameras are, by camera, as far as that is known. */
  conditions: ReadonlyMap<string, Condition>;
  nowMs: number;
  onSaved: (relay: OwnerRelay) => void;
}

/** The site's cameras with what is shared of each; many can be changed at once. */
export function SharingEditor({
  secret,
  relay,
  ownerKey,
  cameras,
  watched,
  conditions,
  nowMs,
  onSaved,
}: SharingEditorProps) {
  const draft = useSharingDraft(secret, relay, onSaved);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [previewed, setPreviewed] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const inForce = openDocument(relay.sharing?.inForce?.signed);
  const words = search.toLowerCase().split(/\s+/);
  const { outcome, undoDiscard } = draft;
  const isOfCamera = outcome?.kind === 'problem' && cameras.some(({ id }) => id === outcome.cameraId);
  const refusal = isOfCamera ? outcome : null;
  const found = cameras.filter(
    ({ id, name, number, section }) =>
      // What cannot be saved is shown, whatever is searched for.
      id === refusal?.cameraId ||
      words.every((word) => `${number} ${name} ${section ?? ''}`.toLowerCase().includes(word)),
  );
  const awaiting = awaitingOf(relay);
  // Those that an owner can confirm here; one whose entry has a mistake is corrected at the relay.
  const awaitingIds = cameras.flatMap(({ id }) => ((awaiting.get(id) ?? null) === null ? [] : [id]));
  const sections = sectionsOf(found);
  // A new camera is confirmed by being chosen itself, and never together with those that are known.
  const knownIds = (of: readonly { id: string }[]) => of.flatMap(({ id }) => (awaiting.has(id) ? [] : [id]));
  const foundIds = knownIds(found);
  const areAllChosen = foundIds.length > 0 && foundIds.every((id) => chosen.has(id));
  const mayChange = ownerKey !== null;
  const { alert } = relay;
  const running = alert !== null && isAlertSharing(alert) ? { endsAtMs: nowMs + alert.leftMs } : null;

  function choose(ids: readonly string[], isChosen: boolean): void {
    setChosen(withChosen(chosen, ids, isChosen));
  }

  function sentenceOf({ id, sharingMode }: Ledger['cameras'][number]): string {
    const entryId = awaiting.get(id);
    if (entryId === null)
      return 'Its entry at the relay has a mistake. Police cannot see this. Look at cameras.json there, its file of cameras.';
    if (entryId !== undefined) return 'New. Police cannot see this before you have said what you share of it.';
    return inForce === null ? sharingSentences[sharingMode] : policeSentence(inForce, id, nowMs, running);
  }

  function mayBeSeen(cameraId: string): boolean {
    if (inForce === null || awaiting.has(cameraId)) return false;
    return judgeSharing(inForce, cameraId, nowMs, running).mayBeSeen;
  }

  return (
    <section aria-labelledby="cameras" className="mt-6 text-base">
      <h2 id="cameras" ref={heading} tabIndex={-1} className="m-0 text-lg font-semibold">
        Your cameras ({cameras.length})
      </h2>
      {cameras.length === 0 ? null : (
        <p className="m-0 text-muted">
          An incident is something at a time and place that police work on; without an open one they see nothing.
        </p>
      )}
      {cameras.length === 0 ? <p>The agency has written down no camera of this site yet.</p> : null}
      <div className="mt-2 flex flex-wrap items-end gap-3">
        <label className="block min-w-48 flex-1 font-semibold">
          Search
          <input
            type="search"
            value={search}
            onChange={({ target }) => setSearch(target.value)}
            placeholder="Name, number or section"
            className={fieldLook}
          />
        </label>
        {mayChange ? <TimeZoneField value={draft.shown.timeZone} onChange={draft.setTimeZone} /> : null}
      </div>
      {mayChange ? (
        <KeptDaysField
          key={draft.shown.keptDays}
          keptDays={draft.shown.keptDays ?? null}
          onChange={draft.setKeptDays}
        />
      ) : null}
      {awaitingIds.length === 0 ? null : (
        <NewCamerasNote
          count={awaitingIds.length}
          onChoose={
            mayChange
              ? () => {
                  setSearch('');
                  setChosen(new Set(awaitingIds));
                }
              : null
          }
        />
      )}
      {mayChange && found.length > 0 ? (
        <ChooseBar
          label={`${search === '' ? 'All cameras' : `All ${found.length} found`}${foundIds.length === found.length ? '' : ' but new ones'}`}
          areAllChosen={areAllChosen}
          onAllChosen={(isChosen) => choose(foundIds, isChosen)}
          chosenCount={chosen.size}
          onMode={(mode) => draft.setRule([...chosen], (rule) => ({ ...rule, mode }))}
        />
      ) : null}
      {cameras.length > 0 && found.length === 0 ? <p>No camera is called like that.</p> : null}
      {sections.map(({ name, cameras: of }) => (
        <SectionOfCameras
          key={name ?? ''}
          // Without sections there is nothing to tell apart.
          name={sections.length === 1 && name === null ? undefined : (name ?? 'Other cameras')}
          count={of.length}
          isChosen={knownIds(of).length > 0 && knownIds(of).every((id) => chosen.has(id))}
          onChosen={mayChange && knownIds(of).length > 0 ? (isChosen) => choose(knownIds(of), isChosen) : null}
        >
          {of.map((camera) => (
            <CameraSharing
              key={camera.id}
              camera={camera}
              shown={draft.shown}
              nowMs={nowMs}
              sentence={sentenceOf(camera)}
              condition={conditions.get(camera.id) ?? null}
              isChanged={draft.isChanged(camera.id)}
              refusal={refusal?.cameraId === camera.id ? refusal : null}
              isWatched={watched.has(camera.id)}
              isChosen={chosen.has(camera.id)}
              isNew={awaiting.has(camera.id) && !draft.isConfirming(camera.id)}
              secret={secret}
              ownerKey={ownerKey}
              onChosen={(isChosen) => choose([camera.id], isChosen)}
              onRule={(rule) => draft.setRule([camera.id], () => rule)}
              onMasks={(masks) => draft.setMasks(camera.id, masks)}
              onPreview={(isOpen) => setPreviewed(isOpen ? camera.id : null)}
            >
              {ownerKey !== null && previewed === camera.id ? (
                <PreviewPanel
                  secret={secret}
                  ownerKey={ownerKey}
                  camera={camera}
                  mayBeSeen={mayBeSeen(camera.id)}
                  onClose={() => setPreviewed(null)}
                />
              ) : null}
            </CameraSharing>
          ))}
        </SectionOfCameras>
      ))}
      <UploadLimitPart
        secret={secret}
        cameras={cameras}
        settings={draft.shown.upload ?? null}
        onChange={mayChange ? draft.setUpload : null}
      />
      {mayChange ? (
        <>
          <AlertSettingsFields settings={draft.shown.alert ?? defaultAlertSettings} onChange={draft.setAlert} />
          <AlertInputsFields inputs={draft.shown.inputs ?? []} cameras={cameras} onChange={draft.setInputs} />
        </>
      ) : null}
      {outcome === null || refusal !== null ? null : (
        <p
          role={outcome.kind === 'problem' ? 'alert' : 'status'}
          className={outcome.kind === 'problem' ? 'text-stale' : 'text-live'}
        >
          {outcome.words}
        </p>
      )}
      {undoDiscard === null ? null : (
        <DiscardedNote
          onUndo={() => {
            undoDiscard();
            heading.current?.focus({ preventScroll: true });
          }}
        />
      )}
      {ownerKey !== null && draft.changes > 0 ? (
        <SaveBar draft={draft} onSave={() => void draft.save(ownerKey)} />
      ) : null}
    </section>
  );
}
