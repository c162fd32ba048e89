import { CodedError } from '../errors.ts';
import type { Act } from './Act.ts';
import type { Audit } from './Audit.ts';

/** Looks whether an act may be; a `CodedError` is its refusal, which has its line before it is thrown. */
export async function orRefuse<T>(
  audit: Pick<Audit, 'record'>,
  act: Omit<Act, 'outcome' | 'details'>,
  check: () => Promise<T>,
): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    await audit.record({ ...act, outcome: 'refused', details: { code: error.code } });
    throw error;
  }
}
