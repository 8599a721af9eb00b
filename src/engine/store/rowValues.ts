import type { Usage } from '../../model/usage';

export const idFields = [
  'requestId',
  'traceId',
  'spanId',
  'parentSpanId',
  'sessionId',
  'userId',
] as const;
export type IdField = (typeof idFields)[number];

export const timeFields = [
  'startTime',
  'durationMs',
  'endTime',
  'timeToFirstTokenMs',
  'loggedCostUsd',
] as const;
export const tokenFields = [
  'inputTokens',
  'outputTokens',
  'cacheReadInputTokens',
  'cacheCreationInputTokens',
  'reasoningOutputTokens',
  'totalTokens',
] as const satisfies readonly (keyof Usage)[];
export type TokenField = (typeof tokenFields)[number];
export const numberFields = [...timeFields, ...tokenFields] as const;
export type NumberField = (typeof numberFields)[number];
/** Of identities that are not made of the ids of their row. */
export const ownIdFields = ['identityScope', 'identityId'] as const;
export type RowField = IdField | NumberField | (typeof ownIdFields)[number];

/**
 * What a row has of its own. Ids are numbers of the table of strings, 0 for none; other figures NaN for unknown. One object is enough
 * for all rows: it is read at once.
 */
export type RowValues = Record<IdField | NumberField, number> & {
  /**
   * Only where the template says that the identity is not made of the ids of the row: what follows its prefix, and of `span:<scope>/<id>`
   * the two parts.
   */
  identityScope: number;
  identityId: number;
};

/** Where a row was read. */
export interface RowPlace {
  readonly file: number;
  readonly record: number;
  /** Position among the patches of its record. */
  readonly index: number;
}

export function emptyRowValues(): RowValues {
  return {
    identityScope: 0,
    identityId: 0,
    requestId: 0,
    traceId: 0,
    spanId: 0,
    parentSpanId: 0,
    sessionId: 0,
    userId: 0,
    startTime: Number.NaN,
    durationMs: Number.NaN,
    endTime: Number.NaN,
    timeToFirstTokenMs: Number.NaN,
    loggedCostUsd: Number.NaN,
    inputTokens: Number.NaN,
    outputTokens: Number.NaN,
    cacheReadInputTokens: Number.NaN,
    cacheCreationInputTokens: Number.NaN,
    reasoningOutputTokens: Number.NaN,
    totalTokens: Number.NaN,
  };
}
