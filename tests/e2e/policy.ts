import { z } from 'zod';
import { signInForCookie } from '../support/SignalingProbe.ts';
import { trainingCity, userOf } from './city.ts';

/** A request of a role's own session, outside of any page. */
export async function callAs(role: string, path: string, body?: unknown): Promise<Response> {
  const city = trainingCity();
  const cookie = await signInForCookie(city.url, userOf(city, role));
  return fetch(`${city.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { cookie, origin: new URL(city.url).origin, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function read<T>(answer: Response, schema: z.ZodType<T>): Promise<T> {
  if (!answer.ok) throw new Error(`The server answered ${answer.status}: ${await answer.text()}`);
  return schema.parse(await answer.json());
}

export async function policyText(): Promise<string> {
  return (await read(await callAs('administrator', '/api/policy'), z.object({ text: z.string() }))).text;
}

/** Changes the city's policy as an agency does: one person proposes it, another one approves it. */
export async function changePolicy(text: string): Promise<void> {
  const proposed = await callAs('administrator', '/api/policy/proposals', { text });
  const { id } = await read(proposed, z.object({ id: z.string() }));
  await read(await callAs('supervisor', `/api/policy/proposals/${id}/approve`, {}), z.object({ id: z.string() }));
}

/** An incident of the story's own, so that no grant for it runs yet. */
export async function openIncident(title: string): Promise<string> {
  const position = { latitude: 43.04, longitude: -87.91 };
  const answer = await callAs('dispatcher', '/api/incidents', { title, priority: 2, position });
  return (await read(answer, z.object({ id: z.string() }))).id;
}
