import { routes } from '@commonsight/types/http/routes';
import { idSchema } from '@commonsight/types/ids';
import { positionSchema } from '@commonsight/types/position';
import { digestPath } from '@commonsight/types/digest';
import { footageLinkPath } from '@commonsight/types/footage';
import { applicationLinkPath } from '@commonsight/types/application';
import { registrantLinkPath } from '@commonsight/types/registration';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { z } from 'zod';
import { stepSchema } from '../registry/draft/Step.ts';
import { applicationPath } from '../share/applicationPath.ts';
import { call } from '../api/call.ts';
import { LoadingPage } from './LoadingPage.tsx';
import { NoWallPage, NotFoundPage, UnreachablePage } from './plainPages.tsx';
import type { SignedIn } from './SignedIn.ts';
import { SignedInLayout } from './SignedInLayout.tsx';

interface RouterContext {
  signedIn: SignedIn;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: () => <NotFoundPage what="page" />,
  errorComponent: ({ error }) => (
    <UnreachablePage message={error instanceof Error ? error.message : 'Something went wrong.'} />
  ),
  pendingComponent: LoadingPage,
});

const toSearch = z.object({
  /** The address that was asked for; only paths of this site. */
  to: z
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()
    .catch(undefined),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  // A single sign-on that was refused comes back to `/?signIn=refused`.
  validateSearch: toSearch.extend({ signInRefused: z.literal(true).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../session/SignInPage.tsx'), 'SignInPage'),
});

/** What a session still needs, such as the use notice, before it is good for anything. */
const continueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/continue',
  validateSearch: toSearch,
  component: lazyRouteComponent(() => import('../session/ContinuePage.tsx'), 'ContinuePage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../session/InvitationPage.tsx'), 'InvitationPage'),
});

const ConsolePage = lazyRouteComponent(() => import('../console/ConsolePage.tsx'), 'ConsolePage');
const ScreenPage = lazyRouteComponent(() => import('../wall/ScreenPage.tsx'), 'ScreenPage');

/** Fetches the page of a wall while it is asked who is signed in, and not after. */
function fetchWallPage(path: string): void {
  if (!path.startsWith('/wall/')) return;
  const page = path.includes('/screen/') ? ScreenPage : ConsolePage;
  // A page that cannot be fetched now is asked for again when it is shown, and says so then.
  page.preload?.()?.catch(() => undefined);
}

/** Everything below needs a session; without one the way leads over the sign-in page and back. */
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signedIn',
  beforeLoad: async ({ context, location }) => {
    fetchWallPage(location.pathname);
    const workspace = await context.signedIn.workspace();
    if (workspace === null) {
      const session = context.signedIn.session.getState();
      if (session.state === 'unreachable') throw new Error(session.message);
      if (new URLSearchParams(location.searchStr).get('signIn') === 'refused') {
        throw redirect({ to: '/sign-in', search: { signInRefused: true } });
      }
      const search = location.href === '/' ? {} : { to: location.href };
      throw redirect({ to: session.state === 'signedIn' ? '/continue' : '/sign-in', search });
    }
    return { workspace };
  },
  component: SignedInLayout,
});

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    // Who may see no wall is an auditor.
    if (!context.workspace.can('wall.read')) throw redirect({ to: '/auditor', replace: true });
    const result = await call(routes.listWalls);
    if (result.state === 'failed') throw new Error(result.error.message);
    const wall = result.state === 'ok' ? result.value.walls[0] : undefined;
    if (wall !== undefined) throw redirect({ to: '/wall/$wallId', params: { wallId: wall.id }, replace: true });
  },
  component: NoWallPage,
});

const consoleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/wall/$wallId',
  validateSearch: z.object({ screen: z.coerce.number().int().min(1).max(8).optional().catch(undefined) }),
  component: ConsolePage,
});

const screenRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/wall/$wallId/screen/$n',
  component: ScreenPage,
});

const supervisorRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/supervisor',
  validateSearch: z.object({ list: z.literal('sessions').optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../supervisor/SupervisorPage.tsx'), 'SupervisorPage'),
});

const searchRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/search',
  validateSearch: z.object({
    incident: idSchema.optional().catch(undefined),
    latitude: positionSchema.shape.latitude.optional().catch(undefined),
    longitude: positionSchema.shape.longitude.optional().catch(undefined),
    /** What was asked last, as `textOfQuestion` has it. */
    question: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../search/SearchPage.tsx'), 'SearchPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('../admin/PeoplePage.tsx'), 'PeoplePage'),
});

const workingHoursRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/working-hours',
  component: lazyRouteComponent(() => import('../shifts/WorkingHoursPage.tsx'), 'WorkingHoursPage'),
});

const withheldRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/withheld',
  component: lazyRouteComponent(() => import('../withheld/WithheldPage.tsx'), 'WithheldPage'),
});

const sitesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/sites',
  component: lazyRouteComponent(() => import('../sites/SitesPage.tsx'), 'SitesPage'),
});

const ownerLinksRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/owner-links',
  component: lazyRouteComponent(() => import('../owners/OwnerLinksPage.tsx'), 'OwnerLinksPage'),
});

const registryAreaRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/registry-area',
  component: lazyRouteComponent(() => import('../registry/area/RegistryAreaPage.tsx'), 'RegistryAreaPage'),
});

const policyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/policy',
  component: lazyRouteComponent(() => import('../policy/PolicyPage.tsx'), 'PolicyPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../session/AccountPage.tsx'), 'AccountPage'),
});

/** Public: what an agency publishes about itself. */
const TransparencyPage = lazyRouteComponent(() => import('../transparency/TransparencyPage.tsx'), 'TransparencyPage');
const transparencyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transparency',
  component: TransparencyPage,
});
const agencyTransparencyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transparency/$agency',
  component: TransparencyPage,
});

/** Public: a site's owner reads who has looked; the link's secret stands behind `#`. */
const ledgerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/ledger',
  component: lazyRouteComponent(() => import('../ledger/LedgerPage.tsx'), 'LedgerPage'),
});

/** Public: a site's owner decides what is shared; by the same link, and with a key of the owner's browser. */
const ownerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/owner',
  component: lazyRouteComponent(() => import('../owner/OwnerPage.tsx'), 'OwnerPage'),
});

/** Public: where the links of an owner's weekly mail lead. */
const weeklyMailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: digestPath,
  component: lazyRouteComponent(() => import('../ledger/digest/WeeklyMailPage.tsx'), 'WeeklyMailPage'),
});

/** Public: anybody registers a camera, and changes or deletes it through a mailed link. */
const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  validateSearch: z.object({ question: stepSchema.optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../registry/RegisterPage.tsx'), 'RegisterPage'),
});
const RegistrantPage = lazyRouteComponent(() => import('../registry/manage/RegistrantPage.tsx'), 'RegistrantPage');
const manageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register/manage',
  component: RegistrantPage,
});
/** Where the links of mails lead; the page goes on at `/register/manage`, without the secret. */
const registrantLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: registrantLinkPath,
  component: RegistrantPage,
});

/** Public: a business or resident applies to share live video. */
const shareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/share',
  component: lazyRouteComponent(() => import('../share/SharePage.tsx'), 'SharePage'),
});
/** Where the links of mails lead; the page goes on at `/share/application`, without the secret. */
const ApplicationPage = lazyRouteComponent(() => import('../share/ApplicationPage.tsx'), 'ApplicationPage');
const applicationLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: applicationLinkPath,
  component: ApplicationPage,
});
const applicationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: applicationPath,
  component: ApplicationPage,
});

/** Public: who was asked for footage answers through a mailed link; the page goes on at `/footage`, without the secret. */
const AnswerPage = lazyRouteComponent(() => import('../footage/answer/AnswerPage.tsx'), 'AnswerPage');
const footageAnswerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/footage',
  component: AnswerPage,
});
const footageLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: footageLinkPath,
  component: AnswerPage,
});

const footageRequestsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/footage-requests',
  component: lazyRouteComponent(() => import('../footage/ask/FootagePage.tsx'), 'FootagePage'),
});

const auditorRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/auditor',
  component: lazyRouteComponent(() => import('../auditor/AuditorPage.tsx'), 'AuditorPage'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  continueRoute,
  invitationRoute,
  transparencyRoute,
  agencyTransparencyRoute,
  ledgerRoute,
  ownerRoute,
  weeklyMailRoute,
  registerRoute,
  manageRoute,
  registrantLinkRoute,
  shareRoute,
  applicationLinkRoute,
  applicationRoute,
  footageAnswerRoute,
  footageLinkRoute,
  signedInRoute.addChildren([
    homeRoute,
    consoleRoute,
    screenRoute,
    supervisorRoute,
    searchRoute,
    footageRequestsRoute,
    peopleRoute,
    workingHoursRoute,
    withheldRoute,
    registryAreaRoute,
    sitesRoute,
    ownerLinksRoute,
    policyRoute,
    accountRoute,
    auditorRoute,
  ]),
]);

export function createAppRouter(signedIn: SignedIn) {
  return createRouter({
    routeTree,
    context: { signedIn },
    defaultPendingMs: 300,
    defaultPendingComponent: LoadingPage,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
