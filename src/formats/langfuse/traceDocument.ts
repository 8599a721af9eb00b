import type { SpanPatch } from '../../model/span';
import { type Fields, isFields, toId } from '../fields/values';
import { outerSpans } from '../fields/outerSpans';
import { unwrapJson } from '../fields/unwrapJson';
import { either, kindOfType, readObservation } from './observation';

/** Whether the value is an observation: a row of an export. */
export function isObservation(value: unknown): value is Fields {
  if (!isFields(value) || typeof value['type'] !== 'string' || !kindOfType.has(value['type'])) {
    return false;
  }
  const isOfApi = 'traceId' in value && 'startTime' in value;
  const isOfBlobExport =
    'trace_id' in value && 'start_time' in value && 'parent_observation_id' in value;
  return isOfApi || isOfBlobExport;
}

/** Whether the value is the row of a trace, with its observations, their ids, or none. */
export function isTraceRow(value: unknown): value is Fields {
  return (
    isFields(value) &&
    typeof value['id'] === 'string' &&
    'timestamp' in value &&
    ('sessionId' in value || 'session_id' in value) &&
    'release' in value &&
    'public' in value
  );
}

/** Observations of one trace. Those nested in the trace's row are mostly the same ones, without their bodies. */
export function readTraceDocument(trace: Fields, observations: unknown): readonly SpanPatch[] {
  const rows = [...listOf(observations), ...listOf(trace['observations'])];
  const distinct = new Map<unknown, Fields>();
  for (const row of rows) {
    const id = row['id'] ?? row;
    if (!distinct.has(id)) {
      distinct.set(id, row);
    }
  }
  return readObservations([...distinct.values()], trace);
}

/** Rows that were exported together: which of them are around others is known. */
export function readObservations(rows: readonly Fields[], trace?: Fields): readonly SpanPatch[] {
  const outer = outerSpans(
    rows.map(row => ({
      id: toId(row['id']),
      parentId: toId(either(row, 'parentObservationId', 'parent_observation_id')),
      isCall: row['type'] === 'GENERATION',
    })),
  );
  return rows.map(row =>
    readObservation(row, { trace, isOuter: outer.has(toId(row['id']) ?? '') }),
  );
}

function listOf(value: unknown): readonly Fields[] {
  const list = unwrapJson(value);
  return Array.isArray(list) ? list.filter(isFields) : [];
}
