import { startedApplication } from '../applications/testing/seedTestApplication.ts';
import { administrators, everybody, type RouteCase } from './cases.ts';

const ok = [200];
const secret = 's'.repeat(43);

/** A task that nobody was given. */
const proof = { token: 'made.up', solution: '1' };

/** Applications to share live video. Applicants have no account; administrators decide about those of their own agency. */
export const applicationCases = {
  readApplicationForm: everybody(ok),
  startApplication: everybody([410], { ...startedApplication, proof }),
  openApplication: everybody([410], { secret }),
  withdrawApplication: everybody([410], { secret }),
  countApplications: { may: administrators, own: ok, foreign: null },
  listApplications: { may: administrators, own: ok, foreign: null },
  approveApplication: [
    {
      may: administrators,
      own: ok,
      foreign: 404,
      ask: async ({ target }) => ({
        id: await target.application(),
        body: { name: 'Approved', timeZone: 'America/Chicago' },
      }),
    },
    // Before its applicant has opened the mailed link there is none for the agency.
    {
      may: administrators,
      own: [404],
      foreign: 404,
      ask: async ({ target }) => ({
        id: await target.application('unverified'),
        body: { name: 'Approved', timeZone: 'America/Chicago' },
      }),
    },
  ],
  refuseApplication: [
    {
      may: administrators,
      own: ok,
      foreign: 404,
      ask: async ({ target }) => ({ id: await target.application(), body: { reason: 'noCapacity' } }),
    },
    {
      may: administrators,
      own: [404],
      foreign: 404,
      ask: async ({ target }) => ({ id: await target.application('unverified'), body: { reason: 'noCapacity' } }),
    },
  ],
} satisfies Record<string, RouteCase | readonly RouteCase[]>;
