import type { SpanContent } from '../../model/message';
import type { SpanError, SpanKind, SpanPatch } from '../../model/span';
import type { Usage } from '../../model/usage';
import { hasText, readParams } from '../fields/content';
import { toError } from '../fields/errors';
import { readRequest, readResponse, readTools, toolNamesIn } from '../fields/exchange';
import { toTime } from '../fields/time';
import { toolRunContent } from '../fields/toolRun';
import { at, type Fields, isFields, parseJson, toCount, toId, toLabel } from '../fields/values';
import { readGenkitMessage } from './parts';

const kindOfSubtype: ReadonlyMap<string, SpanKind> = new Map([
  ['model', 'call'],
  ['background-model', 'call'],
  ['embedder', 'embedding'],
  ['tool', 'tool'],
  ['tool.v2', 'tool'],
  ['agent', 'agent'],
  ['retriever', 'retrieval'],
  ['indexer', 'retrieval'],
  ['reranker', 'retrieval'],
]);

/** What is logged of a span besides its own fields. */
export interface GenkitPlace {
  readonly traceId: string | undefined;
  readonly part: SpanPatch['part'];
  /** Whether a model is called inside: models that fall back to others. */
  readonly isOuter: boolean;
}

export function isModelSpan(span: Fields): boolean {
  return at(span, ['attributes', 'genkit:metadata:subtype']) === 'model';
}

/** https://github.com/firebase/genkit/blob/main/genkit-tools/common/src/types/trace.ts (SpanData) */
export function readSpan(span: Fields, place: GenkitPlace): SpanPatch {
  const attributes = isFields(span['attributes']) ? span['attributes'] : {};
  const subtype = toLabel(attributes['genkit:metadata:subtype']) ?? '';
  const said = kindOfSubtype.get(subtype) ?? 'chain';
  const kind = said === 'call' && place.isOuter ? 'chain' : said;
  const name = toLabel(attributes['genkit:name']) ?? toLabel(span['displayName']) ?? kind;
  const isCall = kind === 'call' || kind === 'embedding';
  const output = decode(attributes['genkit:output']);
  const traceId = toId(span['traceId']) ?? place.traceId;
  const spanId = toId(span['spanId']);
  const error = readError(span, attributes);
  // 0 while the span runs
  const endTime = toTime(span['endTime']);
  const message = isFields(output) ? output['message'] : undefined;
  return {
    identity: spanId && `span:${traceId ?? ''}/${spanId}`,
    part: place.part,
    kind,
    name,
    traceId,
    spanId,
    parentSpanId: toId(span['parentSpanId']),
    sessionId: toId(attributes['genkit:sessionId']),
    provider: isCall && name.includes('/') ? name.split('/')[0] : undefined,
    model: isCall ? name : undefined,
    startTime: toTime(span['startTime']),
    endTime,
    usage: isCall && isFields(output) ? readUsage(output['usage']) : undefined,
    status: error ? 'error' : endTime === undefined ? 'running' : 'ok',
    finishReason: isCall && isFields(output) ? toLabel(output['finishReason']) : undefined,
    error,
    toolCallNames: isFields(message) ? toolNamesIn([readGenkitMessage(message)]) : undefined,
    hasInput: hasText(decode(attributes['genkit:input'])) === true,
    hasOutput: hasText(output) === true,
    content: () => readContent(kind, name, attributes),
  };
}

function readError(span: Fields, attributes: Fields): SpanError | undefined {
  const status = isFields(span['status']) ? span['status'] : {};
  if (status['code'] !== 2 && attributes['genkit:state'] !== 'error') {
    return undefined;
  }
  const message = status['message'] ?? attributes['genkit:error'];
  return toError(typeof message === 'string' && message !== '' ? message : 'genkit:state: error');
}

/** Plugins for Gemini count thoughts beside the output, which the total tells. */
function readUsage(value: unknown): Usage | undefined {
  const usage = isFields(value) ? value : {};
  const input = toCount(usage['inputTokens']);
  const output = toCount(usage['outputTokens']);
  const thoughts = toCount(usage['thoughtsTokens']);
  const total = toCount(usage['totalTokens']);
  if (input === undefined && output === undefined) {
    return total === undefined ? undefined : { totalTokens: total };
  }
  const isBeside =
    thoughts !== undefined && total !== undefined && (input ?? 0) + (output ?? 0) < total;
  return {
    inputTokens: input,
    outputTokens: isBeside ? (output ?? 0) + thoughts : output,
    cacheReadInputTokens: toCount(usage['cachedContentTokens']),
    reasoningOutputTokens: thoughts,
  };
}

function readContent(kind: SpanKind, name: string, attributes: Fields): SpanContent {
  const input = decode(attributes['genkit:input']);
  const output = decode(attributes['genkit:output']);
  if (kind === 'tool') {
    return toolRunContent({ name, input, output });
  }
  if (!isFields(input) || !Array.isArray(input['messages'])) {
    return { ...readRequest(input), outputMessages: answerOf(output) };
  }
  return {
    inputMessages: input['messages'].filter(isFields).map(readGenkitMessage),
    outputMessages: answerOf(output),
    tools: readTools(input['tools']),
    params: isFields(input['config']) ? input['config'] : readParams(input),
  };
}

/** Input and output are JSON text, once encoded. `null` is what nothing becomes. */
function decode(value: unknown): unknown {
  const decoded = typeof value === 'string' ? parseJson(value) : value;
  return decoded === undefined ? value : (decoded ?? undefined);
}

/** A model's response; old ones have a list of candidates. */
function answerOf(output: unknown): SpanContent['outputMessages'] {
  if (!isFields(output)) {
    return readResponse(output);
  }
  const candidates = Array.isArray(output['candidates']) ? output['candidates'] : [];
  const messages = [
    output['message'],
    ...candidates.map(one => (isFields(one) ? one['message'] : one)),
  ];
  const found = messages.filter(isFields).map(readGenkitMessage);
  return found.length > 0 ? found : readResponse(output);
}
