import type { MappedField, MappedPaths } from '../../model/mapping';
import { type Fields, isFields, ownKeys } from './values';

/** The name that the readers of fields know a mapped field by. */
const canonicalNames: Readonly<Record<MappedField, string>> = {
  prompt: 'messages',
  response: 'response_text',
  model: 'model',
  inputTokens: 'prompt_tokens',
  outputTokens: 'completion_tokens',
  durationMs: 'latency_ms',
  durationS: 'latency_s',
  time: 'timestamp',
  error: 'error',
  sessionId: 'session_id',
  traceId: 'trace_id',
  userId: 'user_id',
  provider: 'provider',
  name: 'operation',
  system: 'system_prompt',
  totalTokens: 'total_tokens',
  cachedTokens: 'cached_tokens',
  costUsd: 'cost_usd',
  startTime: 'started_at',
  endTime: 'ended_at',
  requestId: 'request_id',
  spanId: 'span_id',
  parentSpanId: 'parent_span_id',
  finishReason: 'finish_reason',
};

/** The value at `a.b.0.c`; a name that has the dots itself wins. undefined when there is none, or it is null. */
export function atPath(record: Fields, path: string): unknown {
  const direct = record[path];
  let value: unknown = direct ?? record;
  for (const step of direct === undefined ? path.split('.') : []) {
    if (Array.isArray(value) && /^\d{1,6}$/.test(step)) {
      value = value[Number(step)];
    } else if (isFields(value) && Object.hasOwn(value, step)) {
      value = value[step];
    } else {
      return undefined;
    }
  }
  return value ?? undefined;
}

/** Every mapped value under the name that the readers know. */
export function canonicalFields(record: Fields, fields: MappedPaths): Fields {
  const entries = Object.entries(fields).flatMap(([field, path]): [string, unknown][] => {
    // the keys of a mapping are the fields that may be mapped
    const name = canonicalNames[field as MappedField];
    const value = path === undefined ? undefined : atPath(record, path);
    return value === undefined ? [] : [[name, value]];
  });
  return ownKeys(entries);
}
