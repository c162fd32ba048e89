import type { AlertAct } from '@commonsight/types/relay/alert';

/** What the owner can do about the alert now. */
export interface AlertActs {
  /** Whether this browser has a key that the relay takes. */
  mayOrder: boolean;
  /** A start, a test or an extension is on its way. */
  isBusy: boolean;
  isEnding: boolean;
  order: (act: AlertAct) => void;
}
