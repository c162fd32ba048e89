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
  switch (error.statusCode) {
    case 413:
      return new CodedError('tooLarge', undefined, { cause: error });
    case 429:
      return new CodedError('tooManyRequests', undefined, { cause: error });
    case 400:
    case 415:
      return new CodedError('badRequest', undefined, { cause: error });
    case 404:
      return new CodedError('notFound', undefined, { cause: error });
    default:
      return new CodedError('internal', undefined, { cause: error });
  }
}
