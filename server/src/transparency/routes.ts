import { transparencyRoutes } from '@commonsight/types/http/transparency-routes';
import type { RawAnswer } from '@commonsight/types/http/route';
import type { App } from '../plugins/App.ts';
import { addRoute } from '../plugins/addRoute.ts';
import { toCsv } from './toCsv.ts';
import type { Transparency } from './Transparency.ts';

/** Of one address; a page asks for one report, and nobody needs to ask often for what changes once a day. */
const rateLimit = { max: 60, timeWindow: 60_000 };

export function addTransparencyRoutes(app: App, transparency: Transparency): void {
  const { listTransparency, getTransparency, getTransparencyTable } = transparencyRoutes;
  addRoute(app, listTransparency, () => transparency.list(), { rateLimit });
  addRoute(app, getTransparency, ({ params }) => transparency.read(params.agency), { rateLimit });
  addRoute(
    app,
    getTransparencyTable,
    async ({ params }): Promise<RawAnswer> => {
      const report = await transparency.read(params.agency);
      const fileName = `${report.agency.slug}-${report.period.to.slice(0, 10)}.csv`;
      return { contentType: 'text/csv; charset=utf-8', body: toCsv(report), cache: 'never', fileName };
    },
    { rateLimit },
  );
}
