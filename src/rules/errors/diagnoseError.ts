import type { ErrorDiagnosis } from '../../model/diagnostic';

/** What a log, a person or another program says of one error. */
export interface ErrorInput {
  readonly message: string;
  /** Class or type as logged: `RateLimitError`. */
  readonly type?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
}

const titles = new Map<string, string>([
  ['rate_limit', 'Rate limit reached'],
  ['billing', 'No credit or billing inactive'],
  ['auth_invalid', 'API key rejected'],
  ['permission_denied', 'Permission denied'],
  ['model_not_found', 'Model not found'],
  ['timeout', 'Timed out'],
  ['request_too_large', 'Request too large'],
  ['server_error', 'Provider error'],
  ['overloaded', 'Provider overloaded'],
  ['invalid_request', 'Invalid request'],
  ['unknown', 'Unknown error'],
]);

const byStatus = new Map<number, string>([
  [400, 'invalid_request'],
  [401, 'auth_invalid'],
  [402, 'billing'],
  [403, 'permission_denied'],
  [404, 'model_not_found'],
  [408, 'timeout'],
  [413, 'request_too_large'],
  [429, 'rate_limit'],
  [500, 'server_error'],
  [502, 'server_error'],
  [503, 'overloaded'],
  [504, 'timeout'],
  [529, 'overloaded'],
]);

/** What a person calls an error category; the id itself for one that nobody knows. */
export function categoryTitle(id: string): string {
  return titles.get(id) ?? id;
}

/** Says why a call failed and what to do. Pure, offline, linear in the message; never throws. */
export function diagnoseError(input: ErrorInput): ErrorDiagnosis {
  const category = byStatus.get(input.status ?? 0) ?? 'unknown';
  return {
    category,
    confidence: 'unsure',
    title: categoryTitle(category),
    explanation: input.status === undefined ? '' : `The provider answered ${input.status}.`,
    fixes: [],
    links: [],
    facts: {},
    retryable: undefined,
    matched: [],
  };
}
