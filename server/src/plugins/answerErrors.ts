import type { ErrorCode } from '@commonsight/types/errors';
import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { CodedError } from '../errors.ts';
import type { App } from './App.ts';

/** Every failure leaves as `{ error: { code, message } }`; what is not meant for the caller is logged whole. */
export function answerErrors(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const coded = toCodedError(error);
    if (coded.code === 'internal') request.log.error({ err: error }, 'A request failed.');
    return reply.status(coded.httpStatus).send({ error: coded.toWire() });
  });
}

/** The body that says "not found", for paths that are no route. */
export const notFoundBody = { error: new CodedError('notFound').toWire() };

function toCodedError(error: FastifyError): CodedError {
  if (error instanceof CodedError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issue = error.validation[0];
    // The path and the rule, never the value, which may be a password.
    const key = issue?.instancePath.slice(1).replaceAll('/', '.') ?? '';
    return new CodedError('badRequest', `${key === '' ? 'request' : key}: ${issue?.message ?? 'wrong'}`);
  }
  const status = error.statusCode ?? 500;
  const unlisted = status >= 400 && status < 500 ? 'badRequest' : 'internal';
  return new CodedError(codesByStatus.get(status) ?? unlisted, undefined, { cause: error });
}

/** What Fastify itself refuses, in this project's codes. */
const codesByStatus = new Map<number, ErrorCode>([
  [400, 'badRequest'],
  // Of the files' plugin, for paths that are no file's: with `//`, `..` or a zero byte in them.
  [403, 'notFound'],
  [404, 'notFound'],
  [413, 'tooLarge'],
  [415, 'badRequest'],
  [429, 'tooManyRequests'],
]);
