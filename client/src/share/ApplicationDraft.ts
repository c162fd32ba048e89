import { type ApplicationDetails, applicationDetailsSchema } from '@commonsight/types/application';
import { type Area, contactSchema, type RegistrationKind } from '@commonsight/types/registration';
import type { Messages } from '../language/messages/messages.ts';
import { isWithin } from '../map/geometry.ts';
import { numberOf, positionOf } from '../registry/draft/answers.ts';

/** What an applicant has typed and chosen so far. */
export interface ApplicationDraft {
  agency: string | null;
  kind: RegistrationKind | null;
  /** Of the place. */
  name: string;
  address: string;
  latitude: string;
  longitude: string;
  cameras: string;
  /** Whom to ask. */
  person: string;
  email: string;
  phone: string;
  /** The hash of the terms that were agreed to. */
  agreedHash: string | null;
}

export const emptyApplication: ApplicationDraft = {
  agency: null,
  kind: null,
  name: '',
  address: '',
  latitude: '',
  longitude: '',
  cameras: '',
  person: '',
  email: '',
  phone: '',
  agreedHash: null,
};

/** What is wrong, by field: a key of the problems that every page has, or of those of applications. */
export interface ApplicationProblems extends Partial<Record<keyof ApplicationDraft, keyof Messages['problems']>> {
  own?: Partial<Record<'name' | 'cameras', keyof Messages['share']['problems']>>;
}

/** What stands in the way of sending it; `area`: the agency's, null while none is chosen. */
export function problemsOf(draft: ApplicationDraft, area: Area | null): ApplicationProblems {
  const { name, address, cameraCount, position } = applicationDetailsSchema.shape;
  const found: ApplicationProblems = {};
  const own: ApplicationProblems['own'] = {};
  if (draft.agency === null) found.agency = 'choose';
  if (draft.kind === null) found.kind = 'choose';
  if (!accepts(name, draft.name)) own.name = 'name';
  if (!accepts(address, draft.address)) found.address = 'address';
  if (!accepts(position.shape.latitude, numberOf(draft.latitude))) found.latitude = 'latitude';
  if (!accepts(position.shape.longitude, numberOf(draft.longitude))) found.longitude = 'longitude';
  const place = positionOf(draft);
  if (place !== null && area !== null && !isWithin(place, area)) found.latitude = 'outside';
  if (!accepts(cameraCount, numberOf(draft.cameras))) own.cameras = 'cameras';
  if (!accepts(contactSchema.shape.name, draft.person)) found.person = 'name';
  if (!accepts(contactSchema.shape.email, draft.email.trim())) found.email = 'email';
  if (draft.phone.trim() !== '' && !accepts(contactSchema.shape.phone, draft.phone)) found.phone = 'phone';
  if (draft.agreedHash === null) found.agreedHash = 'agree';
  return Object.keys(own).length === 0 ? found : { ...found, own };
}

/** Of the problems that were shown those that are still there, as they are now. */
export function stillWrong(shown: ApplicationProblems, now: ApplicationProblems): ApplicationProblems {
  const { own: shownOwn = {}, ...shownOthers } = shown;
  const { own: ownNow = {}, ...othersNow } = now;
  return { ...fieldsOf(othersNow, shownOthers), own: fieldsOf(ownNow, shownOwn) };
}

function fieldsOf<P extends object>(all: P, wanted: object): Partial<P> {
  return Object.fromEntries(Object.entries(all).filter(([field]) => field in wanted)) as Partial<P>;
}

/** What the draft says, as the contract has it. Throws when `problemsOf` finds something. */
export function detailsOf(draft: ApplicationDraft): ApplicationDetails {
  const { kind, name, address, person, email, phone } = draft;
  return applicationDetailsSchema.parse({
    kind,
    name,
    address,
    position: positionOf(draft),
    cameraCount: numberOf(draft.cameras),
    contact: { name: person, email: email.trim(), phone: phone.trim() === '' ? null : phone },
  });
}

function accepts(schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean {
  return schema.safeParse(value).success;
}
