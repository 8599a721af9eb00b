import { LRUCache } from 'lru-cache';
import type { ErrorDiagnosis } from '../model/diagnostic';
import { errorBook } from './errorBook';
import type { ErrorInput } from './errors/diagnoseError';

const maxKept = 200; // diagnoses: most errors of a log are the same few
const maxCharacters = 4096; // of a message whose diagnosis is kept

/** By what was diagnosed. */
const kept = new LRUCache<string, ErrorDiagnosis>({ max: maxKept });

/** What `diagnoseError` says, kept of the errors that were diagnosed last: for calls that somebody opens one after the other. */
export function recallDiagnosis(input: ErrorInput): ErrorDiagnosis {
  const { diagnoseError } = errorBook();
  if (input.message.length > maxCharacters) {
    return diagnoseError(input);
  }
  const key = JSON.stringify(input);
  const diagnosis = kept.get(key) ?? diagnoseError(input);
  kept.set(key, diagnosis);
  return diagnosis;
}
