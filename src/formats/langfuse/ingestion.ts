import type { SpanPatch } from '../../model/span';
import { type Fields, isFields, toLabel, toText } from '../fields/values';
import { readObservation } from './observation';

const eventType =
  /^(trace|score|event|span|generation|agent|tool|chain|retriever|embedding|guardrail|evaluator|observation)-(create|update)$/;

/** An event that an SDK sends to `/api/public/ingestion`: `{id, type, timestamp, body}`. */
export function isIngestionEvent(value: unknown): value is Fields {
  return (
    isFields(value) &&
    typeof value['type'] === 'string' &&
    (eventType.test(value['type'].slice(0, 40)) || value['type'] === 'sdk-log') &&
    isFields(value['body'])
  );
}

/**
 * The events of one batch. A create and the updates of its id are pieces of one span; session and user come with the
 * `trace-create` event of the same batch.
 * https://github.com/langfuse/langfuse/blob/main/fern/apis/server/definition/ingestion.yml
 */
export function readIngestion(events: readonly unknown[]): readonly SpanPatch[] {
  const known = events.filter(isIngestionEvent);
  const traces = new Map<unknown, Fields>();
  for (const { type, body } of known) {
    if (type === 'trace-create' && isFields(body)) {
      traces.set(body['id'], body);
    }
  }
  return known.flatMap(event => readEvent(event, traces));
}

function readEvent(event: Fields, traces: ReadonlyMap<unknown, Fields>): readonly SpanPatch[] {
  const [, what = '', action] = eventType.exec(toText(event['type']).slice(0, 40)) ?? [];
  const { body } = event;
  if (!isFields(body) || what === '' || what === 'trace' || what === 'score') {
    return [];
  }
  const type = what === 'observation' ? body['type'] : what.toUpperCase();
  const trace = traces.get(body['traceId']);
  const patch = readObservation({ ...body, type }, { trace });
  return [{ ...patch, ...pieceOf(patch, action === 'create'), name: toLabel(body['name']) ?? '' }];
}

/** A create that already has the end says everything, unless an update knows better. */
function pieceOf(patch: SpanPatch, isCreate: boolean): Pick<SpanPatch, 'part' | 'status'> {
  const isOver = patch.endTime !== undefined || patch.kind === 'event' || patch.error !== undefined;
  if (!isCreate) {
    return { part: isOver ? 'end' : 'update', status: patch.status };
  }
  return isOver
    ? { part: 'whole', status: patch.status }
    : { part: 'start', status: patch.identity === undefined ? 'unknown' : 'running' };
}
