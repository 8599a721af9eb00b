import * as aliases from './aliases';
import { isModelName } from './callSentence';
import { hasInput, hasOutput, hasText } from './content';
import { hasDurationField } from './duration';
import { readError } from './errors';
import {
  eventName,
  isNameOfAnswer,
  isNameOfModel,
  isNameOfPause,
  isNameOfRequest,
  isNameOfWhole,
} from './eventName';
import { isOtherRecord } from './otherRecords';
import { toTime } from './time';
import { hasUsageField } from './usage';
import { at, type Fields, firstOf, isFields, paths, toId, toLabel, toNumber } from './values';

const textAliases = [...aliases.inputAliases, ...aliases.outputAliases];
const everyTime = [...aliases.timeAliases, ...aliases.startTimeAliases, ...aliases.endTimeAliases];
const telling = [
  ...aliases.requestIdAliases,
  ...aliases.traceIdAliases,
  ...aliases.sessionIdAliases,
];
const tellingOfModels = [
  ...aliases.providerAliases,
  ...aliases.finishReasonAliases,
  ...aliases.operationAliases,
  ...aliases.requestIdAliases,
];
const llmName = paths('llm');

export function readModel(fields: Fields): string | undefined {
  return (
    firstOf(fields, aliases.modelAliases, toLabel) ??
    firstOf(fields, llmName, value => {
      const name = toLabel(value);
      return name !== undefined && isModelName(name) ? name : undefined;
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
  if (usage && (model || duration)) {
    return true;
  }
  if (model && duration && !input && !output) {
    return isTelling(fields, name);
  }
  if (model && duration) {
    return true;
  }
  if ((model || usage) && output) {
    return true;
  }
  const logged = message !== undefined || isLogged(fields);
  if (input && output) {
    return logged && hasStrongInput(fields);
  }
  if (input && (usage || model)) {
    // a model and a prompt alone may be a configuration
    return usage || logged || readError(fields) !== undefined;
  }
  const names = [name, eventName(fields, undefined)];
  return (
    (duration && hasStrongText(fields)) ||
    (output && names.some(isNameOfAnswer) && logged) ||
    (input && hasStrongInput(fields) && names.some(isNameOfRequest) && logged)
  );
}

/** Whether a record tells of a call that failed before there was anything to measure: it names a model and an error. */
export function looksLikeFailedCall(fields: Fields): boolean {
  return (
    readModel(fields) !== undefined &&
    readError(fields) !== undefined &&
    !isNameOfPause(eventName(fields, undefined)) &&
    !isOtherRecord(fields, { text: false, usage: false })
  );
}

/** A model and a duration are also what a camera logs: the model is a known one, or something else speaks of models. */
function isTelling(fields: Fields, name: string | undefined): boolean {
  const model = readModel(fields) ?? '';
  return (
    isModelName(model) ||
    isNameOfModel(name) ||
    Object.keys(fields).some(key => aliases.paramNames.has(key)) ||
    firstOf(fields, tellingOfModels, toLabel) !== undefined ||
    firstOf(fields, aliases.costAliases, toNumber) !== undefined
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
