import type { ErrorCategory } from '../category';

export const unknown: ErrorCategory = {
  id: 'unknown',
  group: 'other',
  title: 'Unknown error',
  definition: 'Nothing to go on.',
  retryable: undefined,
  facts: [],
  explain: () => 'The message says nothing that points to a cause.',
  fixes: () => [
    'Log more: HTTP status, exception class, error code and type, and the cause of the exception.',
    'Read the raw record, and what happened just before.',
  ],
  links: [],
};
