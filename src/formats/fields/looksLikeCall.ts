import * as aliases from './aliases';
import { hasInput, hasOutput, hasText } from './content';
import { hasDurationField } from './duration';
import { readError } from './errors';
import { eventName, isNameOfAnswer, isNameOfRequest, isNameOfWhole } from './eventName';
import { isOtherRecord } from './otherRecords';
import { toTime } from './time';
import { hasUsageField } from './usage';
import { at, type Fields, firstOf, isFields, paths, toId, toLabel } from './values';

const textAliases = [...aliases.inputAliases, ...aliases.outputAliases];
const everyTime = [...aliases.timeAliases, ...aliases.startTimeAliases, ...aliases.endTimeAliases];
const telling = [
  ...aliases.requestIdAliases,
  ...aliases.traceIdAliases,
  ...aliases.sessionIdAliases,
];
const llmName = paths('llm');
/** Families whose names are told from a provider's. */
const modelName =
  /^(?:[\w.-]+\/)*(?:gpt-|chatgpt|o\d|claude-|gemini-|llama|mistral-|mixtral|qwen|deepseek-)/i;

export function readModel(fields: Fields): string | undefined {
  return (
    firstOf(fields, aliases.modelAliases, toLabel) ??
    firstOf(fields, llmName, value => {
      const name = toLabel(value);
      return name !== undefined && modelName.test(name) ? name : undefined;
    })
  );
}

/**
 * Whether fields speak of a call to a model: two of model, tokens, latency, text; not only of a latency and a query, nor of
 * something that only looks like it. `message` is the logger's, when one wrote the record.
 */
export function looksLikeCall(fields: Fields, message?: string): boolean {
  const model = readModel(fields) !== undefined;
  const usage = hasUsageField(fields);
  const input = hasInput(fields);
  const output = hasOutput(fields);
  if (!model && !usage && !input && !output) {
    return false;
  }
  const name = eventName(fields, message);
  if (isNameOfWhole(name, model) || isOtherRecord(fields, { text: input || output, usage })) {
    return false;
  }
  const duration = hasDurationField(fields);
  if ((model && (usage || duration)) || (usage && duration)) {
    return true;
  }
  if ((model || usage) && output) {
    return true;
  }
  if (input && output) {
    return isLogged(fields) && hasStrongInput(fields);
  }
  if (input && (usage || model)) {
    // a model and a prompt alone may be a configuration
    return usage || isLogged(fields) || readError(fields) !== undefined;
  }
  return (
    (duration && hasStrongText(fields)) ||
    (output && isNameOfAnswer(name) && isLogged(fields)) ||
    (input && hasStrongInput(fields) && isNameOfRequest(name) && isLogged(fields))
  );
}

/** Whether a record tells of a call that failed before there was anything to measure: it names a model and an error. */
export function looksLikeFailedCall(fields: Fields): boolean {
  return (
    readModel(fields) !== undefined &&
    readError(fields) !== undefined &&
    !isOtherRecord(fields, { text: false, usage: false })
  );
}

/** Whether it says when, or for which request: a line of a log, not of a data set. */
function isLogged(fields: Fields): boolean {
  return (
    firstOf(fields, everyTime, toTime) !== undefined || firstOf(fields, telling, toId) !== undefined
  );
}

function hasStrongInput(fields: Fields): boolean {
  return firstOf(fields, aliases.inputAliases, value => hasText(value)) === true;
}

function hasStrongText(fields: Fields): boolean {
  const messages = at(fields, ['messages']);
  // a queue has messages, too
  const isQueue =
    Array.isArray(messages) && !messages.some(item => isFields(item) && 'role' in item);
  return !isQueue && firstOf(fields, textAliases, value => hasText(value)) === true;
}
