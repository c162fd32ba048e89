import type { z } from 'zod';
import type { AuditDeclaration } from '../audit-event.ts';
import type { Permission } from '../permission.ts';

/**
 * An HTTP route's contract. Server and client are written against it; without a permission and an audit declaration
 * it is not one.
 */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With `:name` for parameters. */
  path: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response: z.ZodType;
  permission: Permission | 'signedIn' | 'public';
  audit: AuditDeclaration;
  /**
   * `any`: served also while the session is locked or waits for the use notice or a second factor. Without it only an
   * active session is served; the others are answered with `sessionLocked`, `noticeNeeded` or `secondFactorNeeded`.
   */
  sessionState?: 'any';
}

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Input<T> = T extends z.ZodType ? z.input<T> : undefined;

export type RouteBody<R extends Route> = Input<R['body']>;
export type RouteParams<R extends Route> = Input<R['params']>;
export type RouteQuery<R extends Route> = Input<R['query']>;
export type RouteResponse<R extends Route> = Output<R['response']>;
