import { z } from 'zod';
import { callAs } from './policy.ts';

const listedSchema = z.object({ cameras: z.array(z.object({ id: z.string(), siteId: z.string() })) });

/** The address of the owner's page for the site of a camera, by a link that an administrator makes anew. */
export async function makeOwnerUrl(cameraId: string): Promise<string> {
  const { cameras } = listedSchema.parse(await (await callAs('administrator', '/api/cameras')).json());
  const siteId = cameras.find(({ id }) => id === cameraId)?.siteId;
  const made = await callAs('administrator', `/api/sites/${siteId}/ledger-links`, {});
  const { url } = z.object({ url: z.string() }).parse(await made.json());
  return url.replace('/ledger#', '/owner#');
}
