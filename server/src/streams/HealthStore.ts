import type { StreamHealth } from '@commonsight/types/health';
import { Coalescer } from './Coalescer.ts';
import { type HealthSigns, mergeHealth } from './mergeHealth.ts';
import type { StreamRecord } from './StreamRecord.ts';

interface Entry {
  record: StreamRecord;
  signs: Omit<HealthSigns, 'link'>;
  /** The health that was told last, as text, so that nothing is told twice. */
  told: string;
}

const unsaid: Omit<HealthSigns, 'link'> = { reported: { state: 'idle' }, flow: null, startingSince: null };

/** A relay may change its mind as often as it likes; browsers hear of it five times a second. */
const tellPeriodMs = 200;

/** The health of every stream, merged from what its relay, the SFU host and the relay's link say. */
export class HealthStore {
  readonly #entries = new Map<string, Entry>();
  readonly #links = new Map<string, HealthSigns['link']>();
  readonly #startedAt = new Date().toISOString();
  readonly #changes: Coalescer<{ record: StreamRecord; health: StreamHealth }>;

  constructor(onChanged: (record: StreamRecord, health: StreamHealth) => void) {
    this.#changes = new Coalescer({
      periodMs: tellPeriodMs,
      tell: ({ record, health }) => onChanged(record, health),
    });
  }

  /** Ends timers. Idempotent. */
  close(): void {
    this.#changes.close();
  }

  /** Takes up streams, or their changed records. */
  keep(records: readonly StreamRecord[]): void {
    for (const record of records) {
      const entry = this.#entries.get(record.streamId);
      if (entry === undefined) this.#add(record);
      else entry.record = record;
    }
  }

  record(streamId: string): StreamRecord | null {
    return this.#entries.get(streamId)?.record ?? null;
  }

  recordsOfSite(siteId: string): StreamRecord[] {
    return [...this.#entries.values()].map((entry) => entry.record).filter((record) => record.siteId === siteId);
  }

  find(agencyId: string, cameraId: string, kind: StreamRecord['kind']): StreamRecord | null {
    for (const { record } of this.#entries.values()) {
      if (record.cameraId === cameraId && record.kind === kind && record.agencyId === agencyId) return record;
    }
    return null;
  }

  /** Idle for a stream that nobody has heard of. */
  health(streamId: string): StreamHealth {
    const entry = this.#entries.get(streamId);
    return entry === undefined ? { state: 'idle' } : this.#merge(entry);
  }

  linkChanged(siteId: string, isOnline: boolean, at: string): void {
    this.#links.set(siteId, { isOnline, since: at });
    for (const entry of this.#entries.values()) if (entry.record.siteId === siteId) this.#tell(entry);
  }

  reported(streamId: string, health: StreamHealth): void {
    this.#change(streamId, { reported: health });
  }

  /** A new uplink is being opened: what flowed through the one before says nothing about it. */
  starting(streamId: string, at: string): void {
    this.#change(streamId, { startingSince: at, flow: null });
  }

  flowChanged(streamId: string, flow: { isFlowing: boolean; since: string }): void {
    this.#change(streamId, { flow });
  }

  /** The uplink is gone; what the relay says of the camera stays. */
  uplinkGone(streamId: string): void {
    this.#change(streamId, { flow: null, startingSince: null });
  }

  stopped(streamId: string): void {
    this.#change(streamId, unsaid);
  }

  /** The SFU host is away and nothing is known of what flows. */
  forgetFlows(): void {
    for (const streamId of this.#entries.keys()) this.#change(streamId, { flow: null });
  }

  #add(record: StreamRecord): void {
    const entry: Entry = { record, signs: unsaid, told: JSON.stringify(unsaid.reported) };
    this.#entries.set(record.streamId, entry);
    this.#tell(entry);
  }

  #change(streamId: string, change: Partial<Entry['signs']>): void {
    const entry = this.#entries.get(streamId);
    if (entry === undefined) return;
    entry.signs = { ...entry.signs, ...change };
    this.#tell(entry);
  }

  #merge(entry: Entry): StreamHealth {
    const link = this.#links.get(entry.record.siteId) ?? { isOnline: false, since: this.#startedAt };
    return mergeHealth({ ...entry.signs, link });
  }

  #tell(entry: Entry): void {
    const health = this.#merge(entry);
    const text = JSON.stringify(health);
    if (text === entry.told) return;
    entry.told = text;
    this.#changes.tell(entry.record.streamId, { record: entry.record, health });
  }
}
