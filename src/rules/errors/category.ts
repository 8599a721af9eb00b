import type { DocLink } from '../../model/diagnostic';
import type { FactName } from './facts/factReaders';

/** What was read out of one message: limit, requested, retry_after_s, param, model, host, … */
export type Facts = Readonly<Record<string, string | number>>;

export const groups = [
  'capacity',
  'money',
  'availability',
  'size',
  'access',
  'config',
  'request',
  'output',
  'agent',
  'other',
] as const;

/** Words that count only beside, or only without, other words or a status. */
export interface GuardedWords {
  readonly words: RegExp;
  /** Silent when these are also in the message. */
  readonly unless?: RegExp;
  /** Silent without these. */
  readonly along?: RegExp;
  /** Silent when the HTTP status is known and none of these. */
  readonly status?: readonly number[];
  /** Silent with these HTTP statuses. */
  readonly exceptStatus?: readonly number[];
  /** Look also into addresses, ids and quoted prompts, which are blanked out for everybody else. */
  readonly anywhere?: true;
}

export interface Signs {
  /** Error codes and exception classes, compared without case, dots before them and separators. */
  readonly codes?: readonly string[];
  readonly words?: readonly (RegExp | GuardedWords)[];
}

/** A page of one provider, or of nobody in particular. */
export interface ProviderLink extends DocLink {
  readonly provider?: string;
}

/**
 * One kind of error and all we know of it. Evidence has levels; a stronger level of any category beats a weaker one of
 * every other, and on one level the order of the list of categories decides.
 */
export interface ErrorCategory {
  readonly id: string;
  readonly group: (typeof groups)[number];
  readonly title: string;
  /** One sentence for the documentation. */
  readonly definition: string;
  /** Whether the same request may succeed later; undefined when nobody can say. */
  readonly retryable: boolean | undefined;
  /** Words that turn `retryable` round. */
  readonly retryExceptions?: RegExp;
  /** Which facts to read out of the message. */
  readonly facts: readonly FactName[];
  /** Beats everything else: the wording of one cause and of no other. */
  readonly decisive?: Signs;
  /** The usual wording. */
  readonly strong?: Signs;
  /** Classes and codes that several causes share. */
  readonly hint?: Signs;
  /** HTTP statuses that say this when nothing else does. */
  readonly status?: readonly number[];
  /** Less than a status. */
  readonly weak?: Signs;
  /** Plain words with the numbers of this very message; facts may be empty. */
  explain(facts: Facts): string;
  /** Most effective first; facts may be empty. */
  fixes(facts: Facts): readonly string[];
  readonly links: readonly ProviderLink[];
}
