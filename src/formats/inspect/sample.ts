import type { SpanKind, SpanPatch } from '../../model/span';
import { toError } from '../fields/errors';
import { secondsToMs } from '../fields/seconds';
import { readTags } from '../fields/tags';
import { toTime } from '../fields/time';
import { type Fields, isFields, toId, toLabel, toText } from '../fields/values';
import { withAttachments } from './attachments';
import { readChatMessages } from './chatMessage';
import { readModelEvent, readToolEvent } from './sampleEvents';
import { readSampleMessages } from './sampleMessages';

/** Levels of events inside events, which old versions have. */
const maxDepth = 20;
/** Spans that are shown; `init`, `solvers` and the like only hold others, and a tool's is its event. */
const shownSpans: ReadonlyMap<unknown, SpanKind> = new Map([
  ['agent', 'agent'],
  ['handoff', 'agent'],
  ['solver', 'chain'],
  ['scorer', 'chain'],
  ['subtask', 'chain'],
]);

/** Whether the value is a sample with its transcript, not the summary of one. */
export function isSample(value: unknown): value is Fields {
  return (
    isFields(value) &&
    'epoch' in value &&
    'target' in value &&
    ('messages' in value || 'events' in value || 'transcript' in value)
  );
}

/**
 * The spans of a sample: itself, its agents and steps, its calls and tools. `task` is the name of the evaluation.
 * https://github.com/UKGovernmentBEIS/inspect_ai/blob/main/src/inspect_ai/log/_log.py
 */
export function readSample(logged: Fields, task: string | undefined): readonly SpanPatch[] {
  const transcript = isFields(logged['transcript']) ? logged['transcript'] : {};
  // the first versions kept the long texts with the events
  const sample: Fields = { ...logged, attachments: logged['attachments'] ?? transcript['content'] };
  const events = flatten(sample['events'] ?? transcript['events'], 0);
  const traceId = traceIdOf(sample, events[0]);
  const root = readRoot(sample, task, traceId, events[0]);
  if (events.length === 0) {
    return [root, ...readSampleMessages(sample, traceId)];
  }
  const spans = new Map(
    events.filter(({ event }) => event === 'span_begin').map(span => [span['id'], span]),
  );
  const inner = events.flatMap((event, ordinal) => {
    const place = { sample, traceId, parentSpanId: parentOf(event, spans), ordinal };
    switch (event['event']) {
      case 'model':
        return [readModelEvent(event, place)];
      case 'tool':
        return [readToolEvent(event, place)];
      case 'span_begin':
        return readSpan(event, traceId, parentOf({ span_id: event['parent_id'] }, spans));
      default:
        return [];
    }
  });
  return [root, ...inner];
}

/** Old events of tools and subtasks hold their own events; newer ones are all in one list. */
function flatten(list: unknown, depth: number): readonly Fields[] {
  if (!Array.isArray(list) || depth > maxDepth) {
    return [];
  }
  return list.filter(isFields).flatMap(event => [event, ...flatten(event['events'], depth + 1)]);
}

/** Samples have a `uuid` since 2025; before, the time of the first event tells two runs of a sample apart. */
function traceIdOf(sample: Fields, first: Fields | undefined): string {
  const place = [sample['id'], sample['epoch']].map(toText).join('/');
  const time = first?.['timestamp'] ?? sample['started_at'];
  return (
    toId(sample['uuid']) ?? toId(typeof time === 'string' ? `${place}@${time}` : place) ?? 'sample'
  );
}

function readRoot(
  sample: Fields,
  task: string | undefined,
  traceId: string,
  first: Fields | undefined,
): SpanPatch {
  const { error, limit, input, output, attachments } = sample;
  const failure = isFields(error) ? error['message'] : error;
  const isFailed = typeof failure === 'string' && failure !== '';
  return {
    identity: `span:${traceId}/sample`,
    part: 'whole',
    kind: 'chain',
    name: task ?? `sample ${toLabel(toText(sample['id'])) ?? ''}`.trim(),
    traceId,
    spanId: 'sample',
    startTime: toTime(sample['started_at']) ?? toTime(first?.['timestamp']),
    durationMs: secondsToMs(sample['total_time']),
    endTime: toTime(sample['completed_at']),
    status: isFailed ? 'error' : 'ok',
    error: isFailed ? toError(failure) : undefined,
    tags: readTags({
      metadata: {
        sample: sample['id'],
        epoch: sample['epoch'],
        limit: isFields(limit) ? limit['type'] : undefined,
      },
    }),
    hasInput: input !== undefined && input !== '',
    hasOutput: isFields(output) && Array.isArray(output['choices']) && output['choices'].length > 0,
    content: () => ({
      inputMessages: readChatMessages(
        withAttachments(
          Array.isArray(input) ? input : [{ role: 'user', content: input }],
          attachments,
        ),
      ),
      outputMessages: readChatMessages(withAttachments(finalMessages(output), attachments)),
      tools: [],
      params: {},
    }),
  };
}

function finalMessages(output: unknown): readonly unknown[] {
  const choices = isFields(output) ? output['choices'] : undefined;
  return Array.isArray(choices) ? choices.filter(isFields).map(choice => choice['message']) : [];
}

function readSpan(span: Fields, traceId: string, parentSpanId: string): readonly SpanPatch[] {
  const kind = shownSpans.get(span['type']);
  const spanId = toId(span['id']);
  return kind === undefined || spanId === undefined
    ? []
    : [
        {
          identity: `span:${traceId}/${spanId}`,
          part: 'whole',
          kind,
          name: toLabel(span['name']) ?? kind,
          traceId,
          spanId,
          parentSpanId,
          startTime: toTime(span['timestamp']),
          status: 'unknown',
          hasInput: false,
          hasOutput: false,
        },
      ];
}

/** The nearest span around an event that is shown; at last the sample. */
function parentOf(event: Fields, spans: ReadonlyMap<unknown, Fields>): string {
  let id: unknown = event['span_id'];
  for (let level = 0; level < maxDepth; level += 1) {
    const span = spans.get(id);
    if (span === undefined) {
      break;
    }
    const spanId = toId(span['id']);
    if (shownSpans.has(span['type']) && spanId !== undefined) {
      return spanId;
    }
    id = span['parent_id'];
  }
  return 'sample';
}
