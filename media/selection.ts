import { isCall, type Span } from '../src/model/span';
import type { TraceDetail } from '../src/protocol/engineContract';
import type { Row } from './waterfall/rows';

/** Key of the span whose bodies the detail of a row needs; undefined for rows that need none. */
export function spanKeyOf(row: Row | undefined): string | undefined {
  if (row?.type === 'span') {
    return row.span.key;
  }
  return row?.type === 'toolCall' ? row.caller.key : undefined;
}

/** The same of a row of which only the id is known. */
export function keyOfSpanRow(rowId: string | undefined): string | undefined {
  return rowId?.startsWith('span:') === true ? rowId.slice('span:'.length) : undefined;
}

/** The row that answers the question one opens a trace with: what failed, else the first call. */
export function firstChoice(detail: TraceDetail, rows: readonly Row[]): string | undefined {
  const { leadingError } = detail.trace;
  const failed = detail.spans.filter(isFailed);
  const leading = failed.find(({ error }) => error?.category === leadingError?.category);
  const call = detail.spans.find(span => isCall(span));
  const span = leading ?? failed[0] ?? call ?? detail.spans[0];
  return span ? `span:${span.key}` : rows[0]?.id;
}

/** A long trace is listed in parts: what they say is not what all of it says. */
export function isListedWhole({ trace, spans }: Pick<TraceDetail, 'trace' | 'spans'>): boolean {
  return spans.length >= trace.spans;
}

/** The call or failed span before (-1) or after (1) a row in the order of time. */
export function neighbour(
  spans: readonly Span[],
  currentKey: string | undefined,
  direction: 1 | -1,
  wanted: (span: Span) => boolean,
): Span | undefined {
  const at = spans.findIndex(({ key }) => key === currentKey);
  const step = at < 0 && direction === -1 ? spans.length : at;
  for (let index = step + direction; index >= 0 && index < spans.length; index += direction) {
    const span = spans[index];
    if (span && wanted(span)) {
      return span;
    }
  }
  return undefined;
}

/** Place of a span among those that fit, 1-based, and how many there are. */
export function placeAmong(
  spans: readonly Span[],
  key: string,
  wanted: (span: Span) => boolean,
): { readonly place: number; readonly of: number } | undefined {
  const fitting = spans.filter(wanted);
  const index = fitting.findIndex(span => span.key === key);
  return index < 0 ? undefined : { place: index + 1, of: fitting.length };
}

/** Whether a span failed itself, not only something in it. */
export function isFailed(span: Span): boolean {
  const contains = span.kind === 'agent' || span.kind === 'chain';
  return span.status === 'error' && (!contains || span.error !== undefined);
}
