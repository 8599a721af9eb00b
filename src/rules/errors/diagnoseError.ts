import type { ErrorDiagnosis } from '../../model/diagnostic';
import type { ErrorCategory, Facts } from './category';
import { application } from './categories/application';
import { categories } from './categories/index';
import { requestOverTpm } from './categories/requestOverTpm';
import { unknown } from './categories/unknown';
import { decide, decideBriefly, type Decision } from './decide';
import { quote } from './evidence';
import { readFacts } from './facts/factReaders';
import { categoryOfLabel } from './labels';
import { guessProvider } from './provider';
import { readSignals, type Signals } from './signals';

/** What a log, a person or another program says of one error. */
export interface ErrorInput {
  readonly message: string;
  /** Class or type as logged: `RateLimitError`. */
  readonly type?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  /** A tool said so, not a model's provider: its output may speak of anything. */
  readonly isOfTool?: boolean | undefined;
}

const maximumLinks = 4;
const twoNumbers = /\d\D+\d/; // without these there is no limit and something beyond it
// A status that has one meaning; 400, 403, 404 and 500 are used for everything.
const tellingStatuses = new Set([401, 402, 407, 408, 413, 429, 502, 503, 504, 529]);

/** All that an error may be found to be. */
export const categoryIds: readonly string[] = [...categories, unknown].map(({ id }) => id);

/** What a person calls an error category; the id itself for one that nobody knows. */
export function categoryTitle(id: string): string {
  return findCategory(id)?.title ?? id;
}

function findCategory(id: string): ErrorCategory | undefined {
  return id === unknown.id ? unknown : categories.find(category => category.id === id);
}

/** What went wrong, as `diagnoseError` says it, and nothing else: for lists, which show many errors. */
export function classifyError(input: ErrorInput): Pick<ErrorCategory, 'id' | 'title'> {
  const signals = readSignals(input.message, input.type, input.status);
  return categoryOf(believed(decideBriefly(categories, signals), input), input, signals);
}

/** Says why a call failed and what to do. Pure, offline, linear in the message; never throws. */
export function diagnoseError(input: ErrorInput): ErrorDiagnosis {
  const signals = readSignals(input.message, input.type, input.status);
  const decision = believed(decide(categories, signals), input);
  const category = categoryOf(decision, input, signals);
  const read = readFacts(category.facts, signals);
  const facts: Facts = Object.fromEntries(read.map(({ name, value }) => [name, value]));
  const told: Facts =
    facts['model'] === undefined && input.model !== undefined && category.facts.includes('model')
      ? { ...facts, model: input.model }
      : facts;
  const places = [...(decision?.places ?? []), ...read.map(({ place }) => place)];
  return {
    category: category.id,
    confidence: decision === undefined ? 'unsure' : confidence(decision, category, signals),
    title: category.title,
    explanation: category.explain(told),
    fixes: category.fixes(told),
    links: pickLinks(category, guessProvider(input.provider, signals)),
    facts: told,
    retryable: retryable(category, signals),
    matched: quote(input.message, places, signals.flat),
  };
}

function categoryOf(
  decision: Pick<Decision, 'category'> | undefined,
  input: ErrorInput,
  signals: Signals,
): ErrorCategory {
  const label = categoryOfLabel(input.message) ?? categoryOfLabel(input.type);
  const labelled = label === undefined ? undefined : findCategory(label);
  const fallback = input.isOfTool === true ? application : (labelled ?? unknown);
  return refine(decision?.category ?? fallback, signals);
}

/** What a tool prints is no evidence of what a provider did, unless nothing else is meant by it. */
function believed<Found extends Pick<Decision, 'level'>>(
  decision: Found | undefined,
  { isOfTool }: ErrorInput,
): Found | undefined {
  return isOfTool === true && decision?.level !== 'decisive' ? undefined : decision;
}

/** A throttle that a single request exceeds all by itself never opens by waiting. */
function refine(category: ErrorCategory, signals: Signals): ErrorCategory {
  if (category.id !== 'rate_limit' || !twoNumbers.test(signals.flat.text)) {
    return category;
  }
  const amounts = new Map(readFacts(['amounts'], signals).map(({ name, value }) => [name, value]));
  const limit = Number(amounts.get('limit') ?? 0);
  return limit > 0 && Number(amounts.get('requested') ?? 0) > limit ? requestOverTpm : category;
}

function confidence(
  { level, contested, signs }: Decision,
  category: ErrorCategory,
  { status }: Signals,
): ErrorDiagnosis['confidence'] {
  const agrees = status !== undefined && category.status?.includes(status) === true;
  switch (level) {
    case 'decisive':
      return 'certain';
    case 'strong':
      return !contested && (agrees || signs > 1) ? 'certain' : 'likely';
    case 'hint':
      return !contested && (agrees || signs > 1) ? 'likely' : 'unsure';
    case 'status':
      return status !== undefined && tellingStatuses.has(status) ? 'likely' : 'unsure';
    case 'weak':
      return 'unsure';
  }
}

function retryable(category: ErrorCategory, signals: Signals): boolean | undefined {
  if (category.retryable === undefined) {
    return undefined;
  }
  const exception = category.retryExceptions?.test(signals.masked) === true;
  return exception ? !category.retryable : category.retryable;
}

function pickLinks(category: ErrorCategory, provider: string | undefined): ErrorDiagnosis['links'] {
  return category.links
    .filter(link => link.provider === undefined || link.provider === provider)
    .slice(0, maximumLinks)
    .map(({ title, url }) => ({ title, url }));
}
