/** Every table. Each record belongs to an agency, and every query of it names that agency. */
export * from './tables/accounts.ts';
export * from './tables/audit.ts';
export * from './tables/camera-groups.ts';
export * from './tables/findings.ts';
export * from './tables/grant-requests.ts';
export * from './tables/grants.ts';
export * from './tables/incidents.ts';
export * from './tables/ledger.ts';
export * from './tables/messages.ts';
export * from './tables/policies.ts';
export * from './tables/registrations.ts';
export * from './tables/reviews.ts';
export * from './tables/sharing.ts';
export * from './tables/sign-in.ts';
export * from './tables/sites.ts';
export * from './tables/walls.ts';
export * from './tables/witnesses.ts';
