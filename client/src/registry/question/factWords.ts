import { exhausted } from '../../exhausted.ts';
import { offsetParts } from '../draft/clockOffset.ts';
import { numberOf } from '../draft/answers.ts';
import type { Draft } from '../draft/Draft.ts';
import type { Step } from '../draft/Step.ts';
import { useText } from '../../language/LanguageContext.ts';
import type { Messages } from '../../language/messages/messages.ts';
import { compassIndex } from '../../place/bearing.ts';

export function useClockWords(): (offsetSeconds: number) => string {
  const words = useText();
  return (offsetSeconds) => clockWords(offsetSeconds, words);
}

function clockWords(offsetSeconds: number, { clock }: Messages): string {
  const parts = offsetParts(offsetSeconds);
  return parts === null ? clock.noOffset : clock.offset(parts.hours, parts.minutes, parts.seconds, parts.isAhead);
}

/** The answer to a question as the summary and the registrant's own list show it; lines, the most important first. */
export function factWords(step: Exclude<Step, 'summary'>, draft: Draft, words: Messages): string[] {
  switch (step) {
    case 'agency':
      return [draft.agency ?? ''];
    case 'kind':
      return draft.kind === null ? [] : [words.kind[draft.kind]];
    case 'placement':
      return draft.placement === null ? [] : [words.placement[draft.placement]];
    case 'place':
      return [draft.address, `${draft.latitude}, ${draft.longitude}`];
    case 'view':
      return [
        words.view.bearingValue(draft.bearingDegrees, words.view.compass[compassIndex(draft.bearingDegrees)] ?? ''),
        `${words.view.angle}: ${words.view.angleValue(draft.angleDegrees)}`,
        `${words.view.range}: ${words.view.rangeValue(draft.rangeMetres)}`,
      ];
    case 'covers':
      return [draft.covers.map((each) => words.covers[each]).join(', ')];
    case 'retention':
      return [
        draft.isRetentionUnknown
          ? words.retention.unknown
          : words.retention.daysValue(numberOf(draft.retentionDays) ?? 0),
      ];
    case 'recording':
      return draft.recording === null ? [] : [words.recording[draft.recording]];
    case 'clock':
      return [clockWords(draft.clockOffsetSeconds ?? 0, words)];
    case 'contact':
      return [draft.name, draft.email, ...(draft.phone === '' ? [] : [draft.phone])];
    default:
      return exhausted(step);
  }
}
