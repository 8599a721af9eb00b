import type { SpanContent } from '../../model/message';
import type { SpanError, SpanKind, SpanPatch } from '../../model/span';
import { hasText, readParams } from '../fields/content';
import { exceptionOf, toError } from '../fields/errors';
import { readRequest, readResponse, readTools, toolNamesIn } from '../fields/exchange';
import { readTags } from '../fields/tags';
import { toTime } from '../fields/time';
import { toolRunContent } from '../fields/toolRun';
import {
  at,
  type Fields,
  firstOf,
  isFields,
  paths,
  toId,
  toLabel,
  toNumber,
} from '../fields/values';
import { readRunIds, type RunIds } from './runIds';
import { readFinishReason, readRunModel, readRunUsage, readToolOutput } from './runOutputs';

/** https://github.com/langchain-ai/langsmith-sdk/blob/main/js/src/schemas.ts */
export const kindOfRunType: ReadonlyMap<string, SpanKind> = new Map([
  ['llm', 'call'],
  ['embedding', 'embedding'],
  ['tool', 'tool'],
  ['retriever', 'retrieval'],
  ['chain', 'chain'],
  ['prompt', 'chain'],
  ['parser', 'chain'],
]);

/** `session_id` on the run itself is the project. */
const threads = paths('session_id thread_id conversation_id');

export interface RunPlace {
  readonly part: SpanPatch['part'];
  /** The run that it is nested in. */
  readonly outer?: RunIds | undefined;
  /** Whether there are calls inside. */
  readonly isOuter?: boolean | undefined;
}

export function readRun(run: Fields, place: RunPlace): SpanPatch {
  const ids = readRunIds(run, place.outer);
  const { inputs, outputs, extra } = run;
  const metadata = isFields(extra) && isFields(extra['metadata']) ? extra['metadata'] : {};
  const kind = kindOf(run, place.isOuter);
  const isCall = kind === 'call' || kind === 'embedding' || kind === 'event';
  const startTime = toTime(run['start_time']) ?? ids.orderedTime;
  const endTime = toTime(run['end_time']);
  const error = readRunError(run);
  const isOver = endTime !== undefined || hasText(outputs) === true || run['status'] === 'success';
  const isRunning = !isOver && (place.part === 'start' || run['status'] === 'pending');
  return {
    identity: ids.id && `span:${ids.traceId ?? ''}/${ids.id}`,
    part: place.part,
    kind,
    name: toLabel(run['name']) ?? '',
    requestId: isCall && isFields(outputs) ? toId(outputs['id']) : undefined,
    traceId: ids.traceId,
    spanId: ids.id,
    parentSpanId: ids.parentId,
    sessionId: toId(run['thread_id']) ?? firstOf(metadata, threads, toId),
    provider: toLabel(metadata['ls_provider']),
    model: isCall ? readRunModel(run) : undefined,
    startTime,
    endTime,
    timeToFirstTokenMs: isCall ? timeToFirstToken(run, startTime) : undefined,
    usage: isCall ? readRunUsage(run) : undefined,
    loggedCostUsd: isCall ? costOf(run) : undefined,
    status: error ? 'error' : isOver ? 'ok' : isRunning ? 'running' : 'unknown',
    finishReason: isCall ? readFinishReason(outputs) : undefined,
    error,
    userId: toLabel(metadata['user_id']),
    tags: tagsOf(run, metadata),
    toolCallNames: isCall ? toolNamesIn(readResponse(outputs)) : undefined,
    hasInput: hasText(inputs) === true,
    hasOutput: hasText(outputs) === true,
    content: () => readContent(run, kind),
  };
}

/** A piece that does not say what it is takes its kind from the others. */
function kindOf(run: Fields, isOuter: boolean | undefined): SpanKind {
  const type = run['run_type'];
  if (typeof type !== 'string') {
    return 'event';
  }
  const kind = kindOfRunType.get(type) ?? 'chain';
  return kind === 'call' && isOuter === true ? 'chain' : kind;
}

/** `ValueError('no such city')Traceback (most recent call last): …`, or plain words. */
function readRunError(run: Fields): SpanError | undefined {
  const { error } = run;
  if (typeof error !== 'string' || error.trim() === '') {
    return run['status'] === 'error' ? { message: 'status: error' } : undefined;
  }
  const start = error.indexOf('Traceback (most recent call last)');
  const said = (start < 0 ? error : error.slice(0, start)).trim();
  if (said === '') {
    const found = exceptionOf(error);
    return toError(found?.message ?? error, found?.type);
  }
  const type = /^([A-Za-z_]\w{0,100}(?:Error|Exception|Timeout|Interrupt))\(/.exec(said)?.[1];
  return toError(said, type);
}

function timeToFirstToken(run: Fields, startTime: number | undefined): number | undefined {
  const events = Array.isArray(run['events']) ? run['events'].filter(isFields) : [];
  const token = events.find(event => event['name'] === 'new_token');
  const first = toTime(run['first_token_time']) ?? toTime(token?.['time']);
  return first !== undefined && startTime !== undefined && first >= startTime
    ? first - startTime
    : undefined;
}

/** US dollars; 0 is what is written for a model without a price. */
function costOf(run: Fields): number | undefined {
  const cost =
    toNumber(run['total_cost']) ?? toNumber(at(run, ['outputs', 'usage_metadata', 'total_cost']));
  return cost !== undefined && cost > 0 ? cost : undefined;
}

function tagsOf(run: Fields, metadata: Fields): Readonly<Record<string, string>> | undefined {
  const own = Object.entries(metadata).filter(([key]) => !/^(?:ls_|__|langgraph_)/.test(key));
  const project = toLabel(run['session_name']);
  return readTags({
    metadata: Object.fromEntries(project === undefined ? own : [['project', project], ...own]),
    tags: Array.isArray(run['tags']) && run['tags'].length > 0 ? run['tags'] : undefined,
  });
}

function readContent(run: Fields, kind: SpanKind): SpanContent {
  const { inputs, outputs, extra } = run;
  if (kind === 'tool') {
    return toolRunContent({
      id: toId(at(run, ['outputs', 'output', 'tool_call_id'])),
      name: toLabel(run['name']) ?? 'unnamed tool',
      input: isFields(inputs) && 'input' in inputs ? inputs['input'] : inputs,
      output: hasText(outputs) === true ? readToolOutput(outputs) : undefined,
    });
  }
  const asked =
    isFields(extra) && isFields(extra['invocation_params']) ? extra['invocation_params'] : {};
  const request = readRequest(hasText(inputs) === true ? inputs : undefined);
  return {
    inputMessages: request.inputMessages,
    outputMessages: readResponse(hasText(outputs) === true ? outputs : undefined),
    tools: request.tools.length > 0 ? request.tools : readTools(asked['tools']),
    params: { ...readParams(asked), ...request.params },
  };
}
