import { routes } from '@commonsight/types/http/routes';
import type { Access } from '../access/Access.ts';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Audit } from './Audit.ts';

export function addAuditRoutes(app: App, parts: { access: Access; audit: Audit }): void {
  addRoute(app, routes.listAuditEvents, async ({ actor, query }) => {
    const { user } = await parts.access.requireAccess(actor, 'audit.read', {
      auditType: 'audit.read',
      describe: () => ({ details: { search: query } }),
    });
    return { events: await parts.audit.list(user.agencyId, query) };
  });
}
