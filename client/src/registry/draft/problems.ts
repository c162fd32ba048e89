import { exhausted } from '../../exhausted.ts';
import { type Area, contactSchema, registrationDetailsSchema } from '@commonsight/types/registration';
import { isWithin } from '../../map/geometry.ts';
import type { Messages } from '../../language/messages/messages.ts';
import type { Draft } from './Draft.ts';
import { numberOf, positionOf, retentionOf } from './answers.ts';
import type { Step } from './Step.ts';

type Problem = keyof Messages['problems'];

/** What is wrong with the answers to one question, by field. */
export type Problems = Partial<Record<keyof Draft, Problem>>;

/** What stands in the way of going on; `area`: the agency's, null when it is not known here. */
export function problemsOf(step: Step, draft: Draft, area: Area | null): Problems {
  switch (step) {
    case 'agency':
      return draft.agency === null ? { agency: 'choose' } : {};
    case 'kind':
    case 'placement':
    case 'recording':
      return draft[step] === null ? { [step]: 'choose' } : {};
    case 'place':
      return placeProblems(draft, area);
    case 'view':
      return {};
    case 'covers':
      return draft.covers.length === 0 ? { covers: 'chooseSome' } : {};
    case 'retention':
      return accepts(registrationDetailsSchema.shape.retentionDays, retentionOf(draft))
        ? {}
        : { retentionDays: 'days' };
    case 'clock':
      return draft.clockOffsetSeconds === null ? { clockOffsetSeconds: 'time' } : {};
    case 'contact':
      return contactProblems(draft);
    case 'summary':
      return draft.agreedHash === null ? { agreedHash: 'agree' } : {};
    default:
      return exhausted(step);
  }
}

function placeProblems(draft: Draft, area: Area | null): Problems {
  const found: Problems = {};
  if (!accepts(registrationDetailsSchema.shape.address, draft.address)) found.address = 'address';
  const { latitude, longitude } = registrationDetailsSchema.shape.position.shape;
  if (!accepts(latitude, numberOf(draft.latitude))) found.latitude = 'latitude';
  if (!accepts(longitude, numberOf(draft.longitude))) found.longitude = 'longitude';
  const position = positionOf(draft);
  if (position !== null && area !== null && !isWithin(position, area)) found.latitude = 'outside';
  return found;
}

function contactProblems(draft: Draft): Problems {
  const { name, email, phone } = contactSchema.shape;
  const found: Problems = {};
  if (!accepts(name, draft.name)) found.name = 'name';
  if (!accepts(email, draft.email.trim())) found.email = 'email';
  if (draft.phone.trim() !== '' && !accepts(phone, draft.phone)) found.phone = 'phone';
  return found;
}

function accepts(schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean {
  return schema.safeParse(value).success;
}
