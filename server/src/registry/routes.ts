import { registryRoutes } from '@commonsight/types/http/registry-routes';
import { registrantSessionHeader } from '@commonsight/types/registration';
import type { AnonymousActor } from '../access/Actor.ts';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { secretOf } from '../plugins/secretOf.ts';
import type { Caller } from '../sessions/AuthDoor.ts';
import type { RegistryServices } from './createRegistry.ts';
import { mailing, opening, reading } from './limits.ts';
import type { Asker } from './OwnRegistrations.ts';

export function addRegistryRoutes(app: App, services: RegistryServices): void {
  const { registry, registrants, ownRegistrations, addedRegistrations, settings, tasks } = services;
  addRoute(app, registryRoutes.readRegistry, () => registry.read(), reading);
  addRoute(app, registryRoutes.createProofTask, async () => tasks.make(), opening);
  addRoute(app, registryRoutes.startRegistration, ({ actor, body }) => registry.start(actor, body), mailing);
  addRoute(app, registryRoutes.mailRegistrantLink, ({ actor, body }) => registry.mailLink(actor, body), mailing);
  addRoute(app, registryRoutes.openRegistrantLink, ({ actor, body }) => registrants.open(actor, body.secret), opening);
  addRoute(
    app,
    registryRoutes.endRegistrantSession,
    async (input) => {
      await registrants.end(input.actor, askerOf(input).secret);
      return {};
    },
    opening,
  );
  addRoute(
    app,
    registryRoutes.listOwnRegistrations,
    async (input) => ({ registrations: await ownRegistrations.list(askerOf(input)) }),
    reading,
  );
  addRoute(
    app,
    registryRoutes.addRegistrations,
    async (input) => {
      const { cameras, consent } = input.body;
      return { registrations: await addedRegistrations.add(askerOf(input), cameras, consent) };
    },
    opening,
  );
  addRoute(
    app,
    registryRoutes.changeRegistration,
    (input) => ownRegistrations.change(askerOf(input), input.params.id, input.body),
    reading,
  );
  addRoute(
    app,
    registryRoutes.pauseRegistration,
    (input) => ownRegistrations.pause(askerOf(input), input.params.id, input.body.until),
    reading,
  );
  addRoute(
    app,
    registryRoutes.resumeRegistration,
    (input) => ownRegistrations.resume(askerOf(input), input.params.id),
    reading,
  );
  addRoute(
    app,
    registryRoutes.confirmRegistration,
    (input) => ownRegistrations.confirm(askerOf(input), input.params.id, input.body.consent),
    reading,
  );
  addRoute(
    app,
    registryRoutes.confirmAllRegistrations,
    async (input) => ({ registrations: await ownRegistrations.confirmAll(askerOf(input), input.body.consent) }),
    reading,
  );
  addRoute(
    app,
    registryRoutes.deleteRegistration,
    (input) => ownRegistrations.delete(askerOf(input), input.params.id),
    reading,
  );
  addRoute(app, registryRoutes.readRegistrySettings, ({ actor }) => settings.read(actor));
  addRoute(app, registryRoutes.changeRegistryArea, ({ actor, body }) => settings.changeArea(actor, body.area));
}

function askerOf({ actor, caller }: { actor: AnonymousActor; caller: Caller }): Asker {
  return { actor, secret: secretOf(caller, registrantSessionHeader) };
}
