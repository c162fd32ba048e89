import { searchRoutes } from '@commonsight/types/http/search-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import type { Reveals } from './Reveals.ts';
import type { SourceSearch } from './SourceSearch.ts';

export function addSearchRoutes(app: App, services: { sourceSearch: SourceSearch; reveals: Reveals }): void {
  const { sourceSearch, reveals } = services;
  addRoute(app, searchRoutes.searchSources, ({ actor, body }) => sourceSearch.search(actor, body));
  addRoute(app, searchRoutes.revealContact, ({ actor, params, body }) => reveals.reveal(actor, params.id, body));
  addRoute(app, searchRoutes.makeCanary, ({ actor, body }) => reveals.makeCanary(actor, body));
}
