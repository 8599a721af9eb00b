import type { AuditEntry } from '../../src/model/audit';
import type { Span } from '../../src/model/span';

interface RowBase {
  /** Stable over refreshes: made of span keys and places in files. */
  readonly id: string;
  readonly children: readonly Row[];
  /** Epoch ms; undefined when the log has no time. */
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** One line of the waterfall. */
export type Row =
  /** Stands for the trace when no span of the log contains the others. */
  | (RowBase & { readonly type: 'root'; readonly isPart: boolean })
  | (RowBase & { readonly type: 'span'; readonly span: Span })
  /** A tool that a call asked for, where the log has no span of its run. */
  | (RowBase & {
      readonly type: 'toolCall';
      readonly name: string;
      readonly caller: Span;
      /** Position among the tools that the call asked for. */
      readonly index: number;
      readonly resultMayFollow: boolean;
    })
  | (RowBase & { readonly type: 'audit'; readonly entry: AuditEntry })
  /** Time in which the log has nothing. */
  | (RowBase & { readonly type: 'gap'; readonly before: Row | undefined })
  /** Spans of a long trace that are not listed, before or after those that are. */
  | (RowBase & {
      readonly type: 'omitted';
      readonly side: 'before' | 'after';
      readonly spans: number;
    });

/** Time a span ends; one that runs ends now. */
export function spanEnd(span: Span, now: number): number | undefined {
  if (span.startTime === undefined) {
    return undefined;
  }
  if (span.status === 'running') {
    return Math.max(now, span.startTime);
  }
  return span.startTime + (span.durationMs ?? 0);
}

/** First start and last end of the rows and what is in them. */
export function extent(
  rows: readonly Row[],
  now: number,
): { readonly start: number | undefined; readonly end: number | undefined } {
  let start: number | undefined;
  let end: number | undefined;
  forEachRow(rows, row => {
    if (row.start !== undefined) {
      start = Math.min(start ?? row.start, row.start);
    }
    const rowEnd = row.type === 'span' ? spanEnd(row.span, now) : row.end;
    if (rowEnd !== undefined) {
      end = Math.max(end ?? rowEnd, rowEnd);
    }
  });
  return { start, end };
}

/** Visits rows in the order in which they stand on the screen, without recursion. */
export function forEachRow(
  rows: readonly Row[],
  visit: (row: Row, depth: number, parent: Row | undefined) => void,
): void {
  interface Visit {
    readonly row: Row;
    readonly depth: number;
    readonly parent: Row | undefined;
  }
  const waiting = [...rows].reverse().map((row): Visit => ({ row, depth: 0, parent: undefined }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { row, depth, parent } = next;
    visit(row, depth, parent);
    for (let index = row.children.length - 1; index >= 0; index--) {
      const child = row.children[index];
      if (child) {
        waiting.push({ row: child, depth: depth + 1, parent: row });
      }
    }
  }
}
