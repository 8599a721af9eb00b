import type { SpanError, SpanPatch, SpanStatus } from '../../model/span';
import type { Usage } from '../../model/usage';
import * as aliases from './aliases';
import { readCallTime } from './callTime';
import { hasInput, hasOutput, readContent, readToolCallNames } from './content';
import { isDiagnosisRecord } from './diagnosis';
import { readTimeToFirstToken } from './duration';
import { readError, toError } from './errors';
import { readIds } from './identity';
import { readKind, readName } from './kind';
import { looksLikeCall, readModel } from './looksLikeCall';
import { phaseOf } from './phase';
import { readTags } from './tags';
import { readToolContent } from './toolContent';
import { readUsage } from './usage';
import { at, type Fields, firstOf, toLabel, toNumber } from './values';

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

/** Whether the line of a logger tells of a call: its fields do, or it is an error that names a model. */
export function isCallLine(fields: Fields, line: LogLine): boolean {
  if (isDiagnosisRecord(fields) || line.message === 'llm_error_diagnosed') {
    return false;
  }
  return (
    looksLikeCall(fields, line.message) ||
    (line.isError === true && readModel(fields) !== undefined)
  );
}

/** Reads one call by the alias table. `line` is what the logger says around it, if one wrote it. */
export function readCall(fields: Fields, line: LogLine = {}): SpanPatch {
  const error = readError(fields) ?? lineError(line);
  const { startTime, durationMs } = readCallTime(fields, line.time);
  const usage = error ? withoutZeros(readUsage(fields)) : readUsage(fields);
  const ids = readIds(fields);
  const model = readModel(fields);
  const finishReason = firstOf(fields, aliases.finishReasonAliases, toLabel);
  const output = hasOutput(fields);
  const isOver =
    error !== undefined || output || durationMs !== undefined || finishReason !== undefined;
  const cost = readCost(fields);
  const phase = phaseOf(fields, line.message, {
    answer:
      isOver ||
      usage?.outputTokens !== undefined ||
      usage?.totalTokens !== undefined ||
      cost !== undefined,
    model: model !== undefined,
  });
  // A start that nothing can be joined to would run for ever: without an id it is only something that happened.
  const isLooseStart = phase === 'start' && ids.identity === undefined;
  const kind = isLooseStart ? 'event' : readKind(fields, model, line.message);
  return {
    // spelled out: spreading `ids` into an object of this size costs three times the rest of the reading (measured)
    identity: ids.identity,
    requestId: ids.requestId,
    traceId: ids.traceId,
    spanId: ids.spanId,
    parentSpanId: ids.parentSpanId,
    sessionId: ids.sessionId,
    part: ids.identity === undefined ? 'whole' : phase,
    kind,
    name: readName(fields, line.message) ?? (isLooseStart ? 'request' : kind),
    provider: readProvider(fields, model),
    model,
    startTime,
    durationMs,
    timeToFirstTokenMs: readTimeToFirstToken(fields),
    usage,
    loggedCostUsd: cost,
    status: error ? 'error' : statusOf(fields, isOver, phase === 'start' && !isLooseStart),
    finishReason,
    error,
    userId: firstOf(fields, aliases.userIdAliases, toLabel),
    tags: readTags(fields),
    toolCallNames: readToolCallNames(fields),
    hasInput: hasInput(fields),
    hasOutput: output,
    content: () => (kind === 'tool' ? readToolContent(fields) : readContent(fields)),
  };
}

/** `llm` is the provider in some logs and the model in others. */
function readProvider(fields: Fields, model: string | undefined): string | undefined {
  const provider = firstOf(fields, aliases.providerAliases, toLabel);
  return provider === model ? undefined : provider;
}

/** Zeros on a failed call: nothing was counted, which is not the same as nothing was used. */
export function withoutZeros(usage: Usage | undefined): Usage | undefined {
  const isCounted = usage?.inputTokens || usage?.outputTokens || usage?.totalTokens;
  return isCounted ? usage : undefined;
}

function lineError(line: LogLine): SpanError | undefined {
  if (line.error !== undefined) {
    return toError(line.error.message, line.error.type);
  }
  return line.isError === true ? failureIn(line.message) : undefined;
}

/** `llm_request failed: Error code: 429` without the words that only say that it failed. */
function failureIn(message: string | undefined): SpanError {
  if (message === undefined) {
    return { message: 'logged as an error, without a message' };
  }
  const marker = /\bfailed: |\berror: /i.exec(message.slice(0, 300));
  return toError(marker ? message.slice(marker.index + marker[0].length) : message);
}

function statusOf(fields: Fields, isOver: boolean, isRunning: boolean): SpanStatus {
  if (isRunning) {
    return 'running';
  }
  const said =
    fields['success'] === true || fields['ok'] === true || fields['status'] === 'success';
  return isOver || said ? 'ok' : 'unknown';
}

/** US dollars; a cost in another currency is not converted. */
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
