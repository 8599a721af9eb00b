import type { SpanContent } from '../../model/message';
import type { SpanError, SpanKind, SpanPatch } from '../../model/span';
import { hasText } from '../fields/content';
import { toError } from '../fields/errors';
import { readRequest, readResponse, readTools, toolNamesIn } from '../fields/exchange';
import { isEmbeddingModel } from '../fields/kind';
import { secondsToMs } from '../fields/seconds';
import { readTags } from '../fields/tags';
import { toTime } from '../fields/time';
import { toolRunContent } from '../fields/toolRun';
import { unwrapJson } from '../fields/unwrapJson';
import { at, type Fields, isFields, ownKeys, toId, toLabel } from '../fields/values';
import { readLangfuseCost, readLangfuseUsage } from './usage';

/** https://github.com/langfuse/langfuse/blob/main/fern/apis/server/definition/commons.yml */
export const kindOfType: ReadonlyMap<string, SpanKind> = new Map([
  ['GENERATION', 'call'],
  ['EMBEDDING', 'embedding'],
  ['TOOL', 'tool'],
  ['AGENT', 'agent'],
  ['RETRIEVER', 'retrieval'],
  ['CHAIN', 'chain'],
  ['SPAN', 'chain'],
  ['GUARDRAIL', 'chain'],
  ['EVALUATOR', 'chain'],
  ['EVENT', 'event'],
]);

/** Spans of the AI SDK around its calls; Langfuse makes generations of both. */
const outerOperation = /^ai\.(?:(?:generate|stream)(?:Text|Object)|embed(?:Many)?)$/;

/** What is known of an observation besides its row. */
export interface Surroundings {
  /** The row of its trace: session, user and tags stand there. */
  readonly trace?: Fields | undefined;
  /** Whether generations are inside this one; undefined when the others are not known. */
  readonly isOuter?: boolean | undefined;
}

/** The span of an observation, in the words of the API (camel case) or of the blob export (snake case). */
export function readObservation(row: Fields, around: Surroundings): SpanPatch {
  const metadata = unwrapJson(row['metadata']);
  const attributes = attributesOf(metadata);
  const model = toLabel(either(row, 'model', 'provided_model_name') ?? row['providedModelName']);
  const kind = kindOf(row, attributes, model, around.isOuter);
  const traceId = toId(either(row, 'traceId', 'trace_id') ?? around.trace?.['id']);
  const spanId = toId(row['id']);
  const startTime = toTime(either(row, 'startTime', 'start_time'));
  const endTime = toTime(either(row, 'endTime', 'end_time'));
  const error = readError(row);
  const isCall = kind === 'call' || kind === 'embedding';
  const hasOutput = hasText(row['output']) === true;
  const isOver = endTime !== undefined || hasOutput || kind === 'event';
  return {
    identity: spanId && (traceId === undefined ? `request:${spanId}` : `span:${traceId}/${spanId}`),
    part: 'whole',
    kind,
    name: toLabel(row['name']) ?? kind,
    requestId: toId(attributes['gen_ai.response.id']),
    traceId,
    spanId,
    parentSpanId: toId(either(row, 'parentObservationId', 'parent_observation_id')),
    sessionId: toId(either(row, 'sessionId', 'session_id') ?? around.trace?.['sessionId']),
    provider: toLabel(
      attributes['gen_ai.provider.name'] ??
        attributes['gen_ai.system'] ??
        attributes['ai.model.provider'] ??
        at(isFields(metadata) ? metadata : {}, ['ls_provider']),
    ),
    model,
    startTime,
    // without an end, the platform's own figure is all there is
    durationMs: endTime === undefined ? secondsToMs(row['latency']) : undefined,
    endTime,
    timeToFirstTokenMs: isCall ? timeToFirstToken(row, startTime) : undefined,
    usage: isCall ? readLangfuseUsage(row) : undefined,
    loggedCostUsd: isCall ? readLangfuseCost(row) : undefined,
    status: error ? 'error' : isOver ? 'ok' : 'unknown',
    finishReason: isCall ? finishReason(row, attributes) : undefined,
    error,
    userId: toLabel(either(row, 'userId', 'user_id') ?? around.trace?.['userId']),
    tags: tagsOf(row, around.trace),
    toolCallNames: isCall ? requestedTools(row) : undefined,
    hasInput: hasText(row['input']) === true,
    hasOutput,
    content: () => readContent(row, kind, metadata, attributes),
  };
}

/** A field under its name in the API or in the blob export. */
export function either(row: Fields, camel: string, snake: string): unknown {
  return row[camel] ?? row[snake];
}

function kindOf(
  row: Fields,
  attributes: Fields,
  model: string | undefined,
  isOuter: boolean | undefined,
): SpanKind {
  const type = typeof row['type'] === 'string' ? row['type'].toUpperCase() : '';
  const kind = kindOfType.get(type) ?? 'chain';
  if (kind !== 'call') {
    return kind;
  }
  const isAgent = attributes['gen_ai.operation.name'] === 'invoke_agent';
  const isOuterByName =
    typeof row['name'] === 'string' && outerOperation.test(row['name'].slice(0, 40));
  if (isAgent || (isOuter ?? isOuterByName)) {
    return 'agent';
  }
  return isEmbeddingModel(model) ? 'embedding' : 'call';
}

function readError(row: Fields): SpanError | undefined {
  if (row['level'] !== 'ERROR') {
    return undefined;
  }
  const message = either(row, 'statusMessage', 'status_message');
  const text = typeof message === 'string' ? message.trim() : '';
  return toError(text === '' ? 'level: ERROR' : text);
}

function timeToFirstToken(row: Fields, startTime: number | undefined): number | undefined {
  const first = toTime(either(row, 'completionStartTime', 'completion_start_time'));
  const between = first !== undefined && startTime !== undefined ? first - startTime : undefined;
  const found = between ?? secondsToMs(either(row, 'timeToFirstToken', 'time_to_first_token'));
  return found !== undefined && found >= 0 ? found : undefined;
}

function finishReason(row: Fields, attributes: Fields): string | undefined {
  const params = unwrapJson(either(row, 'modelParameters', 'model_parameters'));
  const reasons = unwrapJson(attributes['gen_ai.response.finish_reasons']);
  const [first] = Array.isArray(reasons) ? reasons : [reasons];
  const output = unwrapJson(row['output']);
  const [choice] = isFields(output) && Array.isArray(output['choices']) ? output['choices'] : [];
  return (
    toLabel(isFields(params) ? params['finishReason'] : undefined) ??
    toLabel(first) ??
    toLabel(attributes['ai.response.finishReason']) ??
    toLabel(isFields(output) ? (output['finish_reason'] ?? output['stop_reason']) : undefined) ??
    toLabel(isFields(choice) ? choice['finish_reason'] : undefined)
  );
}

function tagsOf(
  row: Fields,
  trace: Fields | undefined,
): Readonly<Record<string, string>> | undefined {
  const named = { environment: row['environment'], release: trace?.['release'] };
  return readTags({
    metadata: named,
    tags: Array.isArray(trace?.['tags']) && trace['tags'].length > 0 ? trace['tags'] : undefined,
  });
}

function requestedTools(row: Fields): readonly string[] {
  const asked = toolNamesIn(readResponse(row['output']));
  const listed = either(row, 'toolCallNames', 'tool_call_names');
  const names = Array.isArray(listed) ? listed.flatMap(name => toLabel(name) ?? []) : [];
  return asked.length > 0 ? asked : names;
}

function readContent(
  row: Fields,
  kind: SpanKind,
  metadata: unknown,
  attributes: Fields,
): SpanContent {
  if (kind === 'tool') {
    return toolRunContent({
      id: toId(attributes['gen_ai.tool.call.id'] ?? attributes['ai.toolCall.id']),
      name: toLabel(row['name']) ?? 'unnamed tool',
      input: row['input'],
      output: row['output'],
    });
  }
  const request = readRequest(row['input']);
  const params = unwrapJson(either(row, 'modelParameters', 'model_parameters'));
  const known = isFields(params)
    ? Object.entries(params).filter(([, value]) => value !== null)
    : [];
  const tools = [
    isFields(metadata) ? metadata['tools'] : undefined,
    attributes['gen_ai.tool.definitions'],
    at(attributes, ['model_request_parameters', 'function_tools']),
  ]
    .map(readTools)
    .find(list => list.length > 0);
  return {
    inputMessages: request.inputMessages,
    outputMessages: readResponse(row['output']),
    tools: request.tools.length > 0 ? request.tools : (tools ?? []),
    params: ownKeys([...Object.entries(request.params), ...known]),
  };
}

/** What an OpenTelemetry exporter put into the metadata. */
function attributesOf(metadata: unknown): Fields {
  const attributes = isFields(metadata) ? unwrapJson(metadata['attributes']) : undefined;
  return isFields(attributes) ? attributes : {};
}
