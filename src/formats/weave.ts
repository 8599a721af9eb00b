import type { SpanContent } from '../model/message';
import type { SpanError, SpanKind, SpanPatch } from '../model/span';
import type { Usage } from '../model/usage';
import { hasText } from './fields/content';
import { exceptionOf, toError } from './fields/errors';
import { readRequest, readResponse, toolNamesIn } from './fields/exchange';
import { outerSpans } from './fields/outerSpans';
import { toTime } from './fields/time';
import { toolRunContent } from './fields/toolRun';
import { readUsageObject } from './fields/usage';
import { at, type Fields, isFields, toId, toLabel, toNumber, toText } from './fields/values';
import type { JsonFormat } from './format';

/** Operations of the integrations, after `weave:///entity/project/op/`. */
const modelOperation =
  /(?:^|[/.])(?:chat\.completions\.(?:create|parse)|completions\.create|responses\.(?:create|parse|stream)|messages\.(?:create|stream)|generate_content(?:_stream)?|litellm\.a?completion|chat\.complete|chat_completion|converse|invoke_model)(?::|$)/i;

/**
 * Calls of W&B Weave, as its clients export them.
 * https://docs.wandb.ai/weave/guides/tracking/call-schema-reference
 */
export const weave: JsonFormat = {
  id: 'weave',
  title: 'W&B Weave calls',
  docs: {
    schema: 'https://docs.wandb.ai/weave/guides/tracking/call-schema-reference',
    writtenBy: 'W&B Weave: exported calls, a row each or a list',
    recognisedBy: '`op_name`, `trace_id`, `started_at`, `inputs`',
    notes:
      'A model call is an operation of an integration, or says so by its kind. Outer operations repeat the tokens of the inner ones and are not counted.',
  },
  container: 'json',
  matches: record => isCallRow(Array.isArray(record) ? record[0] : record),
  read: record => ({ spans: readRows(Array.isArray(record) ? record.filter(isFields) : [record]) }),
};

function isCallRow(value: unknown): boolean {
  return (
    isFields(value) &&
    typeof value['op_name'] === 'string' &&
    'trace_id' in value &&
    'started_at' in value &&
    'inputs' in value
  );
}

function readRows(records: readonly unknown[]): readonly SpanPatch[] {
  const rows = records.filter(isFields);
  const outer = outerSpans(
    rows.map(row => ({
      id: toId(row['id']),
      parentId: toId(row['parent_id']),
      isCall: isModelCall(row),
    })),
  );
  return rows.map(row => readRow(row, outer.has(toId(row['id']) ?? '')));
}

function isModelCall(row: Fields): boolean {
  const name = toText(row['op_name'] ?? '').slice(-200);
  return modelOperation.test(name) || kindSaid(row) === 'llm';
}

function kindSaid(row: Fields): unknown {
  return at(row, ['attributes', 'weave', 'kind']) ?? at(row, ['attributes', 'kind']);
}

function kindOf(row: Fields, isOuter: boolean): SpanKind {
  if (isModelCall(row)) {
    return isOuter ? 'chain' : 'call';
  }
  const said = kindSaid(row);
  return said === 'tool' || said === 'agent' ? said : 'chain';
}

function readRow(row: Fields, isOuter: boolean): SpanPatch {
  const kind = kindOf(row, isOuter);
  const isCall = kind === 'call';
  const { output, summary } = row;
  const used =
    isFields(summary) && isFields(summary['usage']) ? Object.entries(summary['usage']) : [];
  const [model, usage] = used.length === 1 ? (used[0] ?? []) : [];
  const traceId = toId(row['trace_id']);
  const spanId = toId(row['id']);
  const error = readException(row['exception']);
  const endTime = toTime(row['ended_at']);
  const answer = isCall && hasText(output) === true ? readResponse(output) : [];
  const first =
    isFields(output) && Array.isArray(output['choices']) ? output['choices'][0] : undefined;
  return {
    identity: spanId && `span:${traceId ?? ''}/${spanId}`,
    part: 'whole',
    kind,
    name: toLabel(row['display_name']) ?? operationName(toText(row['op_name'] ?? '')),
    requestId: isCall && isFields(output) ? toId(output['id']) : undefined,
    traceId,
    spanId,
    parentSpanId: toId(row['parent_id']),
    sessionId: toId(row['thread_id']),
    model: isCall
      ? (toLabel(isFields(output) ? output['model'] : undefined) ??
        toLabel(model) ??
        toLabel(at(row, ['inputs', 'model'])))
      : undefined,
    startTime: toTime(row['started_at']),
    endTime,
    usage: isCall ? readTokens(isFields(output) ? output['usage'] : undefined, usage) : undefined,
    loggedCostUsd: isCall ? readCost(row) : undefined,
    status: error ? 'error' : endTime === undefined ? 'unknown' : 'ok',
    finishReason: toLabel(isFields(first) ? first['finish_reason'] : undefined),
    error,
    userId: toLabel(row['wb_user_id']),
    toolCallNames: toolNamesIn(answer),
    hasInput: hasText(row['inputs']) === true,
    hasOutput: hasText(output) === true,
    content: () => readContent(row, kind),
  };
}

function readTokens(own: unknown, summed: unknown): Usage | undefined {
  return readUsageObject(own) ?? readUsageObject(summed);
}

/** US dollars; the summary has the costs of each model. */
function readCost(row: Fields): number | undefined {
  const costs = at(row, ['summary', 'weave', 'costs']);
  const [only, ...others] = isFields(costs) ? Object.values(costs).filter(isFields) : [];
  const parts = [only?.['prompt_tokens_total_cost'], only?.['completion_tokens_total_cost']].map(
    value => toNumber(value),
  );
  const sum = parts.reduce<number>((total, part) => total + (part ?? 0), 0);
  return only === undefined || others.length > 0 || sum <= 0 || !Number.isFinite(sum)
    ? undefined
    : sum;
}

function readException(exception: unknown): SpanError | undefined {
  if (typeof exception !== 'string' || exception.trim() === '') {
    return undefined;
  }
  const found = exception.includes('Traceback') ? exceptionOf(exception) : undefined;
  return toError(found?.message ?? exception, found?.type);
}

/** `weave:///entity/project/op/name:hash` */
function operationName(operation: string): string {
  const name = operation.slice(-300).split('/').at(-1)?.split(':')[0];
  return toLabel(name) ?? 'operation';
}

function readContent(row: Fields, kind: SpanKind): SpanContent {
  const { inputs, output } = row;
  if (kind === 'tool') {
    return toolRunContent({
      name: operationName(toText(row['op_name'] ?? '')),
      input: inputs,
      output,
    });
  }
  return {
    ...readRequest(hasText(inputs) === true ? inputs : undefined),
    outputMessages: hasText(output) === true ? readResponse(output) : [],
  };
}
