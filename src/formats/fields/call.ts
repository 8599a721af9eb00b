import type { SpanKind, SpanPatch, SpanStatus } from '../../model/span';
import type { Usage } from '../../model/usage';
import * as aliases from './aliases';
import { hasInput, hasOutput, hasText, readContent, readToolCallNames } from './content';
import { hasDurationField, readDuration, readTimeToFirstToken } from './duration';
import { readError, toError } from './errors';
import { readIds } from './identity';
import { phaseOf } from './phase';
import { at, type Fields, firstOf, paths, toLabel, toNumber } from './values';
import { readTags } from './tags';
import { toTime } from './time';
import { hasUsageField, readUsage } from './usage';

/** What a logger says around the fields of a call. */
export interface LogLine {
  /** When the line was written, epoch ms: at the end of the call. */
  readonly time?: number | undefined;
  /** The line's text; an event name such as `llm_request`, or a sentence. */
  readonly message?: string | undefined;
  /** Whether the level is ERROR or above. */
  readonly isError?: boolean | undefined;
  /** The exception that was logged with the line. */
  readonly error?: { readonly type?: string | undefined; readonly message: string } | undefined;
}

const kindPaths = paths('type kind span_kind run_type event_type record_type');
const kinds: ReadonlyMap<string, SpanKind> = new Map([
  ['embedding', 'embedding'],
  ['embeddings', 'embedding'],
  ['tool', 'tool'],
  ['tool_call', 'tool'],
  ['tool_use', 'tool'],
  ['tool_result', 'tool'],
  ['execute_tool', 'tool'],
  ['agent', 'agent'],
  ['retriever', 'retrieval'],
  ['retrieval', 'retrieval'],
  ['chain', 'chain'],
  ['workflow', 'chain'],
]);

/** Whether fields speak of a call to a model: two of model, tokens, latency, text; and not only of a latency and a query. */
export function looksLikeCall(fields: Fields): boolean {
  const model = readModel(fields) !== undefined;
  const usage = hasUsageField(fields);
  const duration = hasDurationField(fields);
  if ((model && (usage || duration)) || (usage && duration)) {
    return true;
  }
  if (
    firstOf(fields, aliases.inputAliases, hasText) ??
    firstOf(fields, aliases.outputAliases, hasText)
  ) {
    return model || usage || duration;
  }
  return (model || usage) && (hasInput(fields) || hasOutput(fields));
}

/** Whether the line of a logger tells of a call: its fields do, or it is an error that names a model. */
export function isCallLine(fields: Fields, line: LogLine): boolean {
  return looksLikeCall(fields) || (line.isError === true && readModel(fields) !== undefined);
}

export function readModel(fields: Fields): string | undefined {
  return firstOf(fields, aliases.modelAliases, toLabel);
}

/** Reads one call by the alias table. `line` is what the logger says around it, if one wrote it. */
export function readCall(fields: Fields, line: LogLine = {}): SpanPatch {
  const error = readError(fields) ?? lineError(line);
  const durationMs = readSpanDuration(fields);
  const usage = error ? withoutZeros(readUsage(fields)) : readUsage(fields);
  const ids = readIds(fields);
  const finishReason = firstOf(fields, aliases.finishReasonAliases, toLabel);
  const output = hasOutput(fields);
  const isDone =
    error !== undefined || output || durationMs !== undefined || finishReason !== undefined;
  const phase = phaseOf(fields, line.message, isDone || usage?.outputTokens !== undefined);
  const model = readModel(fields);
  const toolCallNames = readToolCallNames(fields);
  // A start that nothing can be joined to would run for ever: without an id it is only something that happened.
  const isLooseStart = phase === 'start' && ids.identity === undefined;
  return {
    ...ids,
    part: ids.identity === undefined ? 'whole' : phase,
    kind: isLooseStart ? 'event' : kindOf(fields, model),
    name: nameOf(fields, line) ?? (isLooseStart ? 'request' : 'call'),
    provider: firstOf(fields, aliases.providerAliases, toLabel),
    model,
    startTime: startOf(fields, line.time, durationMs),
    durationMs,
    timeToFirstTokenMs: readTimeToFirstToken(fields),
    usage,
    loggedCostUsd: readCost(fields),
    status: error ? 'error' : statusOf(fields, isDone, phase === 'start' && !isLooseStart),
    finishReason,
    error,
    userId: firstOf(fields, aliases.userIdAliases, toLabel),
    tags: readTags(fields),
    toolCallNames,
    hasInput: hasInput(fields),
    hasOutput: output,
    content: () => readContent(fields),
  };
}

/** Zeros on a failed call: nothing was counted, which is not the same as nothing was used. */
export function withoutZeros(usage: Usage | undefined): Usage | undefined {
  return usage !== undefined && !usage.inputTokens && !usage.outputTokens && !usage.totalTokens
    ? undefined
    : usage;
}

/** Embedding models say so in their name, and few logs say it anywhere else. */
export function isEmbeddingModel(model: string | undefined): boolean {
  return model !== undefined && /embed/i.test(model);
}

function lineError(line: LogLine): ReturnType<typeof toError> | undefined {
  if (line.error !== undefined) {
    return toError(line.error.message, line.error.type);
  }
  return line.isError === true ? failureIn(line.message) : undefined;
}

/** `llm_request failed: Error code: 429` without the words that only say that it failed. */
function failureIn(message: string | undefined): ReturnType<typeof toError> {
  if (message === undefined) {
    return { message: 'logged as an error, without a message' };
  }
  const marker = /\bfailed: |\berror: /i.exec(message.slice(0, 300));
  return toError(marker ? message.slice(marker.index + marker[0].length) : message);
}

function readSpanDuration(fields: Fields): number | undefined {
  const logged = readDuration(fields);
  if (logged !== undefined) {
    return logged;
  }
  const start = firstOf(fields, aliases.startTimeAliases, toTime);
  const end = firstOf(fields, aliases.endTimeAliases, toTime);
  return start !== undefined && end !== undefined && end >= start ? end - start : undefined;
}

function startOf(
  fields: Fields,
  lineTime: number | undefined,
  durationMs: number | undefined,
): number | undefined {
  const start = firstOf(fields, aliases.startTimeAliases, toTime);
  if (start !== undefined) {
    return start;
  }
  const end =
    firstOf(fields, aliases.endTimeAliases, toTime) ??
    lineTime ??
    firstOf(fields, aliases.timeAliases, toTime);
  return end === undefined ? undefined : end - (durationMs ?? 0);
}

function kindOf(fields: Fields, model: string | undefined): SpanKind {
  const said = firstOf(fields, kindPaths, value =>
    typeof value === 'string' ? kinds.get(value) : undefined,
  );
  if (said !== undefined) {
    return said;
  }
  const operation = firstOf(fields, aliases.operationAliases, toLabel);
  const isEmbedding =
    operation === 'embedding' || operation === 'embeddings' || isEmbeddingModel(model);
  return isEmbedding ? 'embedding' : 'call';
}

function nameOf(fields: Fields, line: LogLine): string | undefined {
  const operation = firstOf(fields, aliases.operationAliases, toLabel);
  if (operation !== undefined) {
    return operation;
  }
  if (line.message === undefined) {
    return (
      firstOf(fields, aliases.recordNameAliases, toLabel) ?? firstOf(fields, kindPaths, toLabel)
    );
  }
  // an event name is a name, a sentence is none
  return /^[\w.-]{1,80}$/.test(line.message) ? line.message : undefined;
}

function statusOf(fields: Fields, isDone: boolean, isRunning: boolean): SpanStatus {
  if (isRunning) {
    return 'running';
  }
  const isSuccess =
    fields['success'] === true || fields['ok'] === true || fields['status'] === 'success';
  return isDone || isSuccess ? 'ok' : 'unknown';
}

function readCost(fields: Fields): number | undefined {
  const currency = at(fields, ['currency']);
  if (typeof currency === 'string' && !/^usd$|^\$$/i.test(currency)) {
    return undefined;
  }
  const cost = firstOf(fields, aliases.costAliases, value =>
    toNumber(typeof value === 'string' ? value.replace('$', '') : value),
  );
  return cost !== undefined && cost >= 0 ? cost : undefined;
}
