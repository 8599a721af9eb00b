import { type Beginning, contentAfter } from '../../model/beginning';
import type { SpanPatch } from '../../model/span';
import { toError } from '../fields/errors';
import { saidBefore } from '../fields/saidBefore';
import { readUsageObject } from '../fields/usage';
import { type Fields, isFields, toId, toLabel, toNumber } from '../fields/values';
import { eventMessages } from './events';
import { EventReader } from './eventReader';

/** One line of an evaluation: a run of the agent with all its calls. */
export function readEvaluation(record: Fields): SpanPatch[] {
  const events = eventsIn(record['history']);
  const metrics = isFields(record['metrics']) ? record['metrics'] : {};
  const reader = new EventReader();
  const runId = toId(record['instance_id']) ?? 'run';
  const before = saidBefore(events, (event, index) => eventMessages(event, index === 0));
  const spans = events.flatMap((event, index) =>
    reader.spansOf(event, index === 0).map(span => withInput(span, () => before(index))),
  );
  const calls = spans.filter(span => span.kind === 'call');
  const places = new Map(calls.map((call, place) => [call, place]));
  const root = readRun(record, metrics, runId);
  return [root, ...spans].map(span => withCosts(span, places, metrics, runId));
}

function readRun(record: Fields, metrics: Fields, runId: string): SpanPatch {
  const failure = record['error'];
  const isFailed = typeof failure === 'string' && failure !== '';
  return {
    part: 'whole',
    kind: 'agent',
    name: toLabel(record['instance_id']) ?? 'run',
    spanId: runId,
    loggedCostUsd: toNumber(metrics['accumulated_cost']),
    usage: readUsageObject(metrics['accumulated_token_usage']),
    status: isFailed ? 'error' : 'ok',
    error: isFailed ? toError(failure) : undefined,
    hasInput: false,
    hasOutput: false,
  };
}

/** In a document what was said before a call stands before it. */
function withInput(span: SpanPatch, before: () => Beginning): SpanPatch {
  const { content } = span;
  if (span.kind !== 'call' || !content) {
    return span;
  }
  return {
    ...span,
    content: () => contentAfter(before(), content()),
  };
}

/** Costs and tokens of the calls stand beside the events, in the same order. */
function withCosts(
  span: SpanPatch,
  places: ReadonlyMap<SpanPatch, number>,
  metrics: Fields,
  runId: string,
): SpanPatch {
  if (span.kind === 'agent') {
    return span;
  }
  const place = places.get(span);
  const cost = entryOf(metrics['costs'], place, places.size);
  const usage = entryOf(metrics['token_usages'], place, places.size);
  return {
    ...span,
    parentSpanId: span.parentSpanId ?? runId,
    loggedCostUsd: toNumber(isFields(cost) ? cost['cost'] : cost) ?? span.loggedCostUsd,
    model: span.model ?? (isFields(cost) ? toLabel(cost['model']) : undefined),
    usage: span.usage ?? readUsageObject(usage),
  };
}

function entryOf(list: unknown, place: number | undefined, calls: number): unknown {
  return place !== undefined && Array.isArray(list) && list.length === calls
    ? list[place]
    : undefined;
}

/** A list of events; old versions paired each action with its observation. */
function eventsIn(history: unknown): readonly Fields[] {
  return Array.isArray(history) ? history.flat(1).filter(isFields) : [];
}
