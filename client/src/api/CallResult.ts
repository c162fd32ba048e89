import type { WireError } from '@commonsight/types/errors';

/** What an HTTP call comes to. A failure is a value, so that every caller says what it does with it. */
export type CallResult<T> = { state: 'ok'; value: T } | { state: 'failed'; error: CallError } | { state: 'aborted' };

/** The server's error, or `unreachable` when there was no answer of the server at all. */
export type CallError = WireError | { code: 'unreachable'; message: string };
