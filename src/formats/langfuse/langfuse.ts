import type { SpanPatch } from '../../model/span';
import { isFields } from '../fields/values';
import type { JsonFormat } from '../format';
import { isIngestionEvent, readIngestion } from './ingestion';
import { readObservation } from './observation';
import { isObservation, isTraceRow, readObservations, readTraceDocument } from './traceDocument';

/** Langfuse: a downloaded trace, rows of observations, answers of its API, and what its SDKs send. */
export const langfuse: JsonFormat = {
  id: 'langfuse',
  title: 'Langfuse',
  docs: {
    schema:
      'https://github.com/langfuse/langfuse/blob/main/fern/apis/server/definition/commons.yml',
    writtenBy:
      'Langfuse: a downloaded trace, exported or API rows of traces and observations, and ingestion batches of its SDKs',
    recognisedBy:
      '`trace` with `observations`; rows with `traceId`, `startTime` and a `type` such as `GENERATION`; `batch` of events such as `generation-create`',
    notes:
      'A generation with other generations inside is an agent, not a call. Input and output are read in the shape of any framework, also as JSON text. Tokens 0/0 and cost 0 are unknown. `latency` is in seconds.',
  },
  container: 'json',
  matches: isLangfuse,
  read: record => ({ spans: readRecord(record) }),
};

function isLangfuse(record: unknown): boolean {
  if (Array.isArray(record)) {
    return isObservation(record[0]) || isIngestionEvent(record[0]);
  }
  if (!isFields(record)) {
    return false;
  }
  const { trace, observations, batch, data } = record;
  return (
    (isFields(trace) && (Array.isArray(observations) || Array.isArray(trace['observations']))) ||
    (Array.isArray(observations) && isObservation(observations[0])) ||
    isObservation(record) ||
    isIngestionEvent(record) ||
    (Array.isArray(batch) && isIngestionEvent(batch[0])) ||
    (Array.isArray(data) && (isObservation(data[0]) || isTraceRow(data[0]))) ||
    isTraceRow(record)
  );
}

function readRecord(record: unknown): readonly SpanPatch[] {
  if (Array.isArray(record)) {
    return isIngestionEvent(record[0])
      ? readIngestion(record)
      : readObservations(record.filter(isFields));
  }
  if (!isFields(record)) {
    return [];
  }
  const { trace, batch, data } = record;
  if (isFields(trace)) {
    return readTraceDocument(trace, record['observations']);
  }
  if (isObservation(record)) {
    return [readObservation(record, {})];
  }
  if (Array.isArray(batch)) {
    return readIngestion(batch);
  }
  if (isIngestionEvent(record)) {
    return readIngestion([record]);
  }
  if (Array.isArray(data)) {
    const rows = data.filter(isFields);
    return isObservation(rows[0])
      ? readObservations(rows)
      : rows.flatMap(row => readTraceDocument(row, undefined));
  }
  return readTraceDocument(record, undefined);
}
