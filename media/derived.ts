import type { TraceDetail } from '../src/protocol/engineContract';
import type { PanelState } from './state';
import { buildRows } from './waterfall/buildRows';
import { tellingPath } from './waterfall/criticalPath';
import type { Interval } from './waterfall/gaps';
import { extent, forEachRow, type Row } from './waterfall/rows';
import { parseSpanFilter, type SpanFilter } from './waterfall/spanFilter';
import type { TimeWindow } from './waterfall/timeAxis';
import { failingRows, opensByDefault, visibleRows, type VisibleRow } from './waterfall/visibleRows';

/** What follows from the state alone, computed when its part of the state has changed. */
export interface Derived {
  readonly rows: readonly Row[];
  readonly byId: ReadonlyMap<string, Row>;
  readonly visible: readonly VisibleRow[];
  readonly filter: SpanFilter;
  /** Epoch ms of the first start; 0 when the log has no times. */
  readonly start: number;
  /** Length of the trace, ms. */
  readonly length: number;
  readonly window: TimeWindow;
  readonly critical: ReadonlyMap<string, readonly Interval[]>;
  readonly running: boolean;
}

/** Remembers the last result of a function for as long as its inputs are the same values. */
function remember<Inputs extends readonly unknown[], Result>(
  compute: (...inputs: Inputs) => Result,
): (...inputs: Inputs) => Result {
  let last: { readonly inputs: Inputs; readonly result: Result } | undefined;
  return (...inputs) => {
    if (!last || last.inputs.some((input, index) => input !== inputs[index])) {
      last = { inputs, result: compute(...inputs) };
    }
    return last.result;
  };
}

/** One per panel: it holds the last results. */
export function createDerive(): (state: PanelState) => Derived {
  const tree = remember((trace: TraceDetail | undefined, now: number) => {
    const rows = trace ? buildRows(trace, now) : [];
    const byId = new Map<string, Row>();
    forEachRow(rows, row => byId.set(row.id, row));
    const { start: first = 0, end = first } = extent(rows, now);
    // times of a part are those into the whole trace
    const start = Math.min(first, trace?.trace.startTime ?? first);
    const window = { from: first - start, to: end - start };
    return { rows, byId, start, length: end - start, window, failing: failingRows(rows) };
  });
  const parse = remember(parseSpanFilter);
  const path = remember((rows: readonly Row[]) => tellingPath(rows));
  const visible = remember(
    (
      { rows, failing }: ReturnType<typeof tree>,
      folds: ReadonlyMap<string, boolean>,
      filter: SpanFilter,
      onlyErrors: boolean,
    ) => {
      const wanted = filter.ok ? filter.matches : undefined;
      const failed = (row: Row) => row.type === 'span' && row.span.status === 'error';
      const matches =
        wanted || onlyErrors
          ? (row: Row) =>
              // what is not listed may match, too
              row.type === 'omitted' || ((!onlyErrors || failed(row)) && (!wanted || wanted(row)))
          : undefined;
      const isOpen = (row: Row) => folds.get(`row:${row.id}`) ?? opensByDefault(row, failing);
      return visibleRows(rows, isOpen, matches);
    },
  );
  return state => {
    const running = state.trace?.spans.some(span => span.status === 'running') ?? false;
    // time moves the bars only of what runs; else `now` must not make everything anew
    const made = tree(state.trace, running ? state.now : 0);
    const filter = parse(state.filter);
    return {
      rows: made.rows,
      byId: made.byId,
      start: made.start,
      length: made.length,
      filter,
      visible: visible(made, state.folds, filter, state.onlyErrors),
      window: state.zoom ?? made.window,
      critical: path(made.rows),
      running,
    };
  };
}
