import { transparencyRoutes } from '@commonsight/types/http/transparency-routes';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { toCsv } from './toCsv.ts';
import type { Transparency } from './Transparency.ts';

/** Of one address; a page asks for one report, and nobody needs to ask often for what changes once a day. */
const rateLimit = { max: 60, timeWindow: 60_000 };

export function addTransparencyRoutes(app: App, transparency: Transparency): void {
  const { listTransparency, getTransparency, getTransparencyTable: table } = transparencyRoutes;
  addRoute(app, listTransparency, () => transparency.list(), { rateLimit });
  addRoute(app, getTransparency, ({ params }) => transparency.read(params.agency), { rateLimit });
  app.route({
    method: table.method,
    url: table.path,
    schema: { params: table.params },
    config: { contract: `${table.method} ${table.path}`, rateLimit },
    handler: async (request, reply) => {
      const report = await transparency.read(table.params.parse(request.params).agency);
      return reply
        .header('cache-control', 'no-store')
        .header(
          'content-disposition',
          `attachment; filename="${report.agency.slug}-${report.period.to.slice(0, 10)}.csv"`,
        )
        .type('text/csv; charset=utf-8')
        .send(toCsv(report));
    },
  });
}
