import { z } from 'zod';
import type { AuditDeclaration } from '../audit-event.ts';
import type { Permission } from '../permission.ts';

/**
 * An HTTP route's contract. Server and client are written against it; without a permission and an audit declaration
 * it is not one.
 */
export interface Route {
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
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
  /**
   * The answer brings another cookie for the same session, or none any more: what was asked with the old one meanwhile is
   * answered with `notSignedIn`. Required where an answer to somebody who is signed in does so.
   */
  changesCookie?: true;
}

/** An answer that is not JSON. */
export interface RawAnswer {
  contentType: string;
  body: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** What never changes may be kept by whoever is asked in between. */
  cache: 'never' | 'forever';
  /** For what is saved and not shown: any name, also of somebody else's making. */
  fileName?: string;
  /** How long the body is, in bytes: whoever gets less knows that it was cut. */
  bytes?: number;
}

/** The response of a route whose answer is not JSON: it is sent as it is. */
export const rawAnswerSchema = z.custom<RawAnswer>();

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Input<T> = T extends z.ZodType ? z.input<T> : undefined;

export type RouteBody<R extends Route> = Input<R['body']>;
export type RouteParams<R extends Route> = Input<R['params']>;
export type RouteQuery<R extends Route> = Input<R['query']>;
export type RouteResponse<R extends Route> = Output<R['response']>;
