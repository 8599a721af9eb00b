/** What a mapping may name, in the order in which people are asked. */
export const mappedFields = [
  'prompt',
  'response',
  'model',
  'inputTokens',
  'outputTokens',
  'durationMs',
  'durationS',
  'time',
  'error',
  'sessionId',
  'traceId',
  'userId',
  'provider',
  'name',
  'system',
  'totalTokens',
  'cachedTokens',
  'costUsd',
  'startTime',
  'endTime',
  'requestId',
  'spanId',
  'parentSpanId',
  'finishReason',
] as const;
export type MappedField = (typeof mappedFields)[number];

export type MappedPaths = { readonly [field in MappedField]?: string | undefined };

/** Says which fields of a log of one's own mean what. A path is names with dots; numbers are places in lists: `calls.0.text`. */
export interface Mapping {
  readonly name: string;
  /** Paths that a record must have; when none is given, those of prompt, response and model, or else all that are mapped. */
  readonly match?: readonly string[] | undefined;
  readonly fields: MappedPaths;
}

/** A path of a log's records, with values as they are shown. */
export interface SampledPath {
  readonly path: string;
  /** Short, at most three, different from each other. */
  readonly values: readonly string[];
}

/** What the first records of a file hold, and which path is probably what. */
export interface MappingSuggestion {
  /** JSON objects that were looked at; 0: there are none. */
  readonly records: number;
  readonly paths: readonly SampledPath[];
  readonly guess: MappedPaths;
}
