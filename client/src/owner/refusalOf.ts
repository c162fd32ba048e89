/** Why a document cannot be saved. */
export interface Refusal {
  /** The camera that it is about; null for what is of no single one. */
  cameraId: string | null;
  words: string;
}

/** What the form of documents finds wrong, said at its place: which camera, and which of its times, days or masks. */
export function refusalOf(issue: { path: readonly PropertyKey[]; message: string } | undefined): Refusal {
  if (issue === undefined) return { cameraId: null, words: 'Something is missing.' };
  const [part, key, list, at, field] = issue.path;
  const message = field === 'days' ? 'Choose at least one day.' : issue.message;
  if ((part === 'cameras' || part === 'masks') && typeof key === 'string') {
    return { cameraId: key, words: `${placeOf(list, at)}${message}` };
  }
  const name = typeof part === 'string' ? partNames[part] : undefined;
  return { cameraId: null, words: name === undefined ? message : `${name}: ${message}` };
}

function placeOf(list: PropertyKey | undefined, at: PropertyKey | undefined): string {
  const name = typeof list === 'string' ? listNames[list] : undefined;
  return name === undefined || typeof at !== 'number' ? '' : `${name} ${at + 1}: `;
}

const listNames: Readonly<Record<string, string>> = { schedule: 'Time', dates: 'Day', polygons: 'Mask' };

/** As the page calls them. */
const partNames: Readonly<Record<string, string>> = {
  alert: 'How your alerts run',
  inputs: 'Buttons at your cameras',
  upload: 'How much leaves your site',
  keptDays: 'Recordings are kept',
  timeZone: 'Time zone',
};
