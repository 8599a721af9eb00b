import * as aliases from './aliases';
import { hasInput, hasOutput, hasText } from './content';
import { hasDurationField } from './duration';
import { readError } from './errors';
import { type Fields, firstOf, toLabel } from './values';
import { hasUsageField } from './usage';

const textAliases = [...aliases.inputAliases, ...aliases.outputAliases];

export function readModel(fields: Fields): string | undefined {
  return firstOf(fields, aliases.modelAliases, toLabel);
}

/** Whether fields speak of a call to a model: two of model, tokens, latency, text; and not only of a latency and a query. */
export function looksLikeCall(fields: Fields): boolean {
  const model = readModel(fields) !== undefined;
  const usage = hasUsageField(fields);
  const duration = hasDurationField(fields);
  if ((model && (usage || duration)) || (usage && duration)) {
    return true;
  }
  if (firstOf(fields, textAliases, value => hasText(value)) === true) {
    return model || usage || duration;
  }
  return (model || usage) && (hasInput(fields) || hasOutput(fields));
}

/** Whether a record tells of a call that failed before there was anything to measure: it names a model and an error. */
export function looksLikeFailedCall(fields: Fields): boolean {
  return readModel(fields) !== undefined && readError(fields) !== undefined;
}
