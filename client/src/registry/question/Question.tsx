import { exhausted } from '../../exhausted.ts';
import {
  type Area,
  coverageSchema,
  placementSchema,
  recordingSchema,
  registrationKindSchema,
} from '@commonsight/types/registration';
import { type Draft, toggled } from '../draft/Draft.ts';
import type { Problems } from '../draft/problems.ts';
import type { Step } from '../draft/Step.ts';
import { useText } from '../../language/LanguageContext.ts';
import { Choices } from './Choices.tsx';
import { ClockAnswer } from './ClockAnswer.tsx';
import { ContactAnswer } from './ContactAnswer.tsx';
import { PlaceAnswer } from './PlaceAnswer.tsx';
import { RetentionAnswer } from './RetentionAnswer.tsx';
import { ViewAnswer } from './ViewAnswer.tsx';

export interface AnswerProps {
  draft: Draft;
  problems: Problems;
  onAnswer: (answer: Partial<Draft>) => void;
  /** The agency's; null when it is not known. */
  area: Area | null;
  /** The address of the mail proves who asks, and is not changed later. */
  isRegistered: boolean;
}

export interface QuestionProps extends AnswerProps {
  step: Exclude<Step, 'summary'>;
  agencies: readonly { slug: string; name: string }[];
}

/** The answers to one question, for the first time or to change them. */
export function Question({ step, agencies, ...answer }: QuestionProps) {
  const words = useText();
  const { draft, problems, onAnswer } = answer;
  const problemOf = (field: keyof Draft): string | null => {
    const problem = problems[field];
    return problem === undefined ? null : words.problems[problem];
  };
  switch (step) {
    case 'agency':
      return (
        <Choices
          label={words.agency.title}
          kind="radio"
          options={agencies.map(({ slug, name }) => ({ value: slug, label: name }))}
          chosen={draft.agency === null ? [] : [draft.agency]}
          problem={problemOf('agency')}
          onChoose={(agency) => onAnswer({ agency })}
        />
      );
    case 'kind':
      return (
        <Choices
          label={words.kind.title}
          kind="radio"
          options={registrationKindSchema.options.map((value) => ({ value, label: words.kind[value] }))}
          chosen={draft.kind === null ? [] : [draft.kind]}
          problem={problemOf('kind')}
          onChoose={(kind) => onAnswer({ kind })}
        />
      );
    case 'placement':
      return (
        <Choices
          label={words.placement.title}
          kind="radio"
          options={placementSchema.options.map((value) => ({ value, label: words.placement[value] }))}
          chosen={draft.placement === null ? [] : [draft.placement]}
          problem={problemOf('placement')}
          onChoose={(placement) => onAnswer({ placement })}
        />
      );
    case 'recording':
      return (
        <Choices
          label={words.recording.title}
          kind="radio"
          options={recordingSchema.options.map((value) => ({ value, label: words.recording[value] }))}
          chosen={draft.recording === null ? [] : [draft.recording]}
          problem={problemOf('recording')}
          onChoose={(recording) => onAnswer({ recording })}
        />
      );
    case 'covers':
      return (
        <Choices
          label={words.covers.title}
          kind="checkbox"
          options={coverageSchema.options.map((value) => ({ value, label: words.covers[value] }))}
          chosen={draft.covers}
          problem={problemOf('covers')}
          onChoose={(covered) => onAnswer({ covers: toggled(draft.covers, covered) })}
        />
      );
    case 'retention':
      return <RetentionAnswer draft={draft} problem={problemOf('retentionDays')} onAnswer={onAnswer} />;
    case 'clock':
      return (
        <ClockAnswer
          offsetSeconds={draft.clockOffsetSeconds}
          problem={problemOf('clockOffsetSeconds')}
          onAnswer={(clockOffsetSeconds) => onAnswer({ clockOffsetSeconds })}
        />
      );
    case 'place':
      return <PlaceAnswer {...answer} />;
    case 'view':
      return <ViewAnswer {...answer} />;
    case 'contact':
      return <ContactAnswer {...answer} />;
    default:
      return exhausted(step);
  }
}
