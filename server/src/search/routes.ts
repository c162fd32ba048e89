import { searchRoutes } from '@commonsight/types/http/search-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import type { Canaries } from '../registry/Canaries.ts';
import type { Reveals } from './Reveals.ts';
import type { SourceSearch } from './SourceSearch.ts';

export function addSearchRoutes(
  app: App,
  services: { sourceSearch: SourceSearch; reveals: Reveals; registry: { canaries: Canaries } },
): void {
  const { sourceSearch, reveals } = services;
  const { canaries } = services.registry;
  addRoute(app, searchRoutes.searchSources, ({ actor, body }) => sourceSearch.search(actor, body));
  addRoute(app, searchRoutes.revealContact, ({ actor, params, body }) => reveals.reveal(actor, params.id, body));
  addRoute(app, searchRoutes.makeCanary, ({ actor, body }) => canaries.make(actor, body));
  addRoute(app, searchRoutes.listCanaries, async ({ actor }) => ({ canaries: await canaries.list(actor) }));
  addRoute(app, searchRoutes.removeCanary, async ({ actor, params }) => {
    await canaries.remove(actor, params.id);
    return {};
  });
}
