import type { ErrorDiagnosis } from '../../model/diagnostic';
import { diagnoseError, type ErrorInput } from './diagnoseError';

const maxKept = 200; // diagnoses: most errors of a log are the same few
const maxCharacters = 4096; // of a message whose diagnosis is kept

/** By what was diagnosed; what was asked for last comes last. */
const kept = new Map<string, ErrorDiagnosis>();

/** What `diagnoseError` says, kept of the errors that were diagnosed last: for calls that somebody opens one after the other. */
export function recallDiagnosis(input: ErrorInput): ErrorDiagnosis {
  if (input.message.length > maxCharacters) {
    return diagnoseError(input);
  }
  const key = JSON.stringify(input);
  const diagnosis = kept.get(key) ?? diagnoseError(input);
  kept.delete(key);
  kept.set(key, diagnosis);
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size > maxKept) {
    kept.delete(oldest);
  }
  return diagnosis;
}
