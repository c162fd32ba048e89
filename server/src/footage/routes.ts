import { footageSessionHeader } from '@commonsight/types/footage';
import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { registrantSessionHeader } from '@commonsight/types/registration';
import type { Actor } from '../access/Actor.ts';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { secretOf } from '../plugins/secretOf.ts';
import type { Asker } from '../registry/OwnRegistrations.ts';
import type { Caller } from '../sessions/AuthDoor.ts';
import type { FootageServices } from './createFootage.ts';

/** Of one address, each: what sends mails, what opens links, and what a page asks for. */
const mailing = { rateLimit: { max: 10, timeWindow: 10 * 60_000 } };
const opening = { rateLimit: { max: 30, timeWindow: 60_000 } };
const reading = { rateLimit: { max: 240, timeWindow: 60_000 } };

export function addFootageRoutes(app: App, { requests, answers }: FootageServices): void {
  addRoute(app, footageRoutes.previewFootageRequest, async ({ actor, body }) => ({
    mails: await requests.preview(actor, body),
  }));
  addRoute(app, footageRoutes.createFootageRequest, ({ actor, body }) => requests.create(actor, body));
  addRoute(app, footageRoutes.listFootageRequests, ({ actor, query }) => requests.list(actor, query.before ?? null));
  addRoute(app, footageRoutes.addFootagePerson, ({ actor, params, body }) =>
    requests.addPerson(actor, params.id, body.email),
  );
  addRoute(app, footageRoutes.downloadFootage, ({ actor, params }) => requests.download(actor, params.id));

  addRoute(app, footageRoutes.openFootageLink, ({ actor, body }) => answers.openLink(actor, body.secret), opening);
  addRoute(
    app,
    footageRoutes.renewFootageLink,
    async ({ actor, body }) => {
      await answers.renewLink(actor, body.secret);
      return {};
    },
    mailing,
  );
  addRoute(app, footageRoutes.readAskedFootage, (input) => answers.read(askerBy(footageSessionHeader, input)), reading);
  addRoute(
    app,
    footageRoutes.answerFootage,
    (input) => answers.answer(askerBy(footageSessionHeader, input), input.body.answer),
    reading,
  );

  addRoute(
    app,
    footageRoutes.listOwnFootageRequests,
    async (input) => ({ requests: await answers.listOfRegistrant(askerBy(registrantSessionHeader, input)) }),
    reading,
  );
  addRoute(
    app,
    footageRoutes.openOwnFootageRequest,
    (input) => answers.openOfRegistrant(askerBy(registrantSessionHeader, input), input.params.id),
    opening,
  );
  addRoute(
    app,
    footageRoutes.listOwnerFootageRequests,
    async (input) => ({ requests: await answers.listOfOwner(askerBy(ledgerSecretHeader, input)) }),
    reading,
  );
  addRoute(
    app,
    footageRoutes.openOwnerFootageRequest,
    (input) => answers.openOfOwner(askerBy(ledgerSecretHeader, input), input.params.id, input.body.signed),
    opening,
  );
}

/** Who asks without an account, with the secret that the header carries. */
function askerBy(header: string, { actor, caller }: { actor: Actor; caller: Caller }): Asker {
  return { actor, secret: secretOf(caller, header) };
}
