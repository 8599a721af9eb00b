import { isCall, type Span } from '../../src/model/span';
import type { TraceDetail } from '../../src/protocol/engineContract';
import { addGaps } from './gaps';
import { extent, spanEnd, type Row } from './rows';

/** The rows of a trace, nested by parent ids, in time order, with the gaps. `now` is epoch ms. */
export function buildRows(detail: TraceDetail, now: number): readonly Row[] {
  const { spans } = detail;
  const parents = parentIndexes(spans);
  const childIndexes = new Map<number, number[]>();
  const tops: number[] = [];
  parents.forEach((parent, index) => {
    if (parent === undefined) {
      tops.push(index);
      return;
    }
    const known = childIndexes.get(parent);
    if (known) {
      known.push(index);
    } else {
      childIndexes.set(parent, [index]);
    }
  });
  const toolRuns = countToolRuns(spans);
  const rows: (Row | undefined)[] = Array.from({ length: spans.length });
  // children first, without recursion: a forged log may nest thousands deep
  for (const index of childrenFirst(tops, childIndexes)) {
    const span = spans[index];
    if (!span) {
      continue;
    }
    const nested = (childIndexes.get(index) ?? []).flatMap(child => rows[child] ?? []);
    const later = spans.slice(index + 1, index + 6).some(other => isCall(other) && other.hasInput);
    const start = span.startTime;
    const end = spanEnd(span, now);
    const children = inTimeOrder([...nested, ...toolCallRows(span, end, toolRuns, later)]);
    rows[index] = { type: 'span', id: `span:${span.key}`, span, children, start, end };
  }
  return withRoot(
    detail,
    tops.flatMap(index => rows[index] ?? []),
    now,
  );
}

/** Position of each span's parent. Links that lead back to the span itself are not followed. */
function parentIndexes(spans: readonly Span[]): readonly (number | undefined)[] {
  const byId = new Map<string, number>();
  spans.forEach((span, index) => {
    if (span.spanId !== undefined && !byId.has(span.spanId)) {
      byId.set(span.spanId, index);
    }
  });
  const parents = spans.map(span =>
    span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId),
  );
  const settled = new Set<number>();
  parents.forEach((_parent, index) => {
    const path = new Set<number>();
    let at: number | undefined = index;
    while (at !== undefined && !settled.has(at)) {
      if (path.has(at)) {
        parents[at] = undefined;
        break;
      }
      path.add(at);
      at = parents[at];
    }
    path.forEach(step => settled.add(step));
  });
  return parents;
}

function childrenFirst(
  tops: readonly number[],
  childIndexes: ReadonlyMap<number, readonly number[]>,
): readonly number[] {
  const order: number[] = [];
  const waiting = [...tops];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    order.push(index);
    waiting.push(...(childIndexes.get(index) ?? []));
  }
  return order.reverse();
}

/** How many runs of each tool the log has as spans of their own. */
function countToolRuns(spans: readonly Span[]): Map<string, number> {
  const runs = new Map<string, number>();
  for (const span of spans) {
    if (span.kind === 'tool') {
      runs.set(span.name, (runs.get(span.name) ?? 0) + 1);
    }
  }
  return runs;
}

function toolCallRows(
  caller: Span,
  at: number | undefined,
  toolRuns: Map<string, number>,
  resultMayFollow: boolean,
): readonly Row[] {
  return caller.toolCallNames.flatMap((name, index): Row[] => {
    const left = toolRuns.get(name) ?? 0;
    if (left > 0) {
      toolRuns.set(name, left - 1);
      return [];
    }
    const id = `tool:${index}:${caller.key}`;
    return [
      {
        type: 'toolCall',
        id,
        name,
        caller,
        index,
        resultMayFollow,
        children: [],
        start: at,
        end: at,
      },
    ];
  });
}

function withRoot(detail: TraceDetail, spanRows: readonly Row[], now: number): readonly Row[] {
  const { trace } = detail;
  const audit = detail.audit.map((entry): Row => {
    const { file, offset } = entry.source;
    const at = entry.timestamp;
    return {
      type: 'audit',
      id: `audit:${offset}:${file}`,
      entry,
      children: [],
      start: at,
      end: at,
    };
  });
  const before = omittedRow('before', detail.before);
  const after = omittedRow('after', trace.spans - detail.spans.length - detail.before);
  const [only] = spanRows;
  if (only && spanRows.length === 1 && only.children.length > 0) {
    const children = inTimeOrder([...audit, ...only.children]);
    return [...before, addGaps({ ...only, children }), ...after];
  }
  const children = inTimeOrder([...audit, ...spanRows]);
  if (children.length + before.length + after.length < 2) {
    return children;
  }
  const { start, end } = extent(spanRows.length > 0 ? spanRows : children, now);
  const isPart = before.length + after.length > 0;
  const root: Row = { type: 'root', id: 'root', isPart, children, start, end };
  return [addGaps({ ...root, children: [...before, ...addGaps(root).children, ...after] })];
}

function omittedRow(side: 'before' | 'after', spans: number): readonly Row[] {
  const id = `omitted:${side}`;
  return spans > 0
    ? [{ type: 'omitted', id, side, spans, children: [], start: undefined, end: undefined }]
    : [];
}

/**
 * ms. An app audits a request just before it calls the model; a call's start is its end less its duration, and may come out a
 * little too early.
 */
const auditLead = 5;

function inTimeOrder(rows: readonly Row[]): readonly Row[] {
  // a row without a time stays behind the one it follows in the file
  let last = Number.NEGATIVE_INFINITY;
  const keyed = rows.map(row => {
    last = row.start ?? last;
    return { row, key: row.type === 'audit' ? last - auditLead : last };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ row }) => row);
}
