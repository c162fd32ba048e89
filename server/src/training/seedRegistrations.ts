import type { Area, Coverage } from '@commonsight/types/registration';
import { trainingCityCentre } from '@commonsight/types/training-city';
import { seededRandom } from '@commonsight/types/training-city-shapes';
import type { Db } from '../db/Database.ts';
import { newId } from '../ids.ts';
import { countRegistrations, insertRegistrations } from '../registry/registrationRepository.ts';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import { toColumns } from '../registry/sealing.ts';
import { currentTerms } from '../registry/terms.ts';
import { moved } from './moved.ts';
import { trainingIncidents } from './plan.ts';

const perIncident = 30;
const nearMetres = 25;
const farMetres = 420;
const dayMs = 24 * 60 * 60_000;

/** Lakeport and its outskirts: five kilometres in each direction. */
export const trainingArea: Area = (() => {
  const edge = { eastMetres: 5_000, northMetres: 5_000 };
  const [high, low] = [
    moved(trainingCityCentre, edge),
    moved(trainingCityCentre, { eastMetres: -5_000, northMetres: -5_000 }),
  ];
  return { south: low.latitude, west: low.longitude, north: high.latitude, east: high.longitude };
})();

const coverages: readonly Coverage[][] = [
  ['street', 'sidewalk'],
  ['entrance'],
  ['sidewalk', 'entrance'],
  ['parking'],
  ['alley'],
  ['street'],
];

/** Active registrations around the training incidents, the same in every training city; none when there is any. */
export async function seedRegistrations(db: Db, keys: RegistryKeys, agencyId: string): Promise<void> {
  if ((await countRegistrations(db, agencyId)) > 0) return;
  const random = seededRandom(2_042);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  const [terms] = currentTerms;
  if (terms === undefined) throw new Error('The registry has no terms.');
  const rows = trainingIncidents.flatMap(({ position }) =>
    Array.from({ length: perIncident }, () => {
      const id = newId();
      const wrappedKey = keys.makeWrappedKey(id);
      const number = 100 + Math.floor(random() * 800);
      const email = `registrant-${number}@training.example`;
      const bearing = random() * 2 * Math.PI;
      // Near ones are as frequent as far ones, as an operator looks from the incident outwards.
      const metres = nearMetres + random() * (farMetres - nearMetres);
      const at = { eastMetres: metres * Math.sin(bearing), northMetres: metres * Math.cos(bearing) };
      const details = {
        kind: pick(['home', 'business'] as const),
        placement: pick(['outdoor', 'outdoor', 'indoor'] as const),
        address: `${number} Market St, Lakeport`,
        position: moved(position, at),
        viewCone: {
          bearingDegrees: Math.floor(random() * 360),
          angleDegrees: pick([60, 75, 90, 110]),
          rangeMetres: pick([15, 25, 40, 60]),
        },
        covers: [...pick(coverages)],
        retentionDays: pick([3, 7, 14, 30]),
        recording: pick(['always', 'onMotion'] as const),
        clockOffsetSeconds: pick([0, 0, 0, 45, -120]),
      };
      const contact = { name: `Registrant ${number}`, email, phone: null };
      const registeredAt = new Date(Date.now() - Math.floor(random() * 200) * dayMs);
      return {
        id,
        agencyId,
        state: 'active' as const,
        ...toColumns(keys, { id, wrappedKey }, details, contact),
        wrappedKey,
        emailHash: keys.emailHashOf(email),
        language: pick(['en', 'es'] as const),
        termsVersion: terms.version,
        termsHash: terms.hash,
        consentedAt: registeredAt,
        createdAt: registeredAt,
        lastConfirmedAt: registeredAt,
      };
    }),
  );
  await insertRegistrations(db, rows);
}
