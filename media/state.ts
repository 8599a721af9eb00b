import type { SpanDetail, TraceDetail } from '../src/protocol/engineContract';
import { foldsToKeep, freshState, type SavedState } from './savedState';
import type { TimeWindow } from './waterfall/timeAxis';

export type MessageView = 'rendered' | 'raw' | 'json';

/** Something of ours that failed: said where its result would have stood. */
export interface Problem {
  /** One plain sentence. */
  readonly what: string;
  /** What was thrown, for Copy details. */
  readonly details: string;
}

/** All that the panel shows. Replaced as a whole, never changed in place. */
export interface PanelState {
  readonly traceKey: string;
  /** undefined: not asked yet; null: the log no longer has it. The last content stays beside `gone`. */
  readonly trace?: TraceDetail | undefined;
  readonly gone: boolean;
  /** Of a long trace a part is listed: the one with this span; undefined: the first. */
  readonly around?: string | undefined;
  readonly traceProblem?: Problem | undefined;
  readonly selectedId?: string | undefined;
  readonly detail?: SpanDetail | undefined;
  readonly detailProblem?: Problem | undefined;
  /** What the reader asked for and did not get. */
  readonly actionProblem?: Problem | undefined;
  /** Which price list the costs are from, once known. */
  readonly pricesOf?: string | undefined;
  /** The span that the host asked to show last. */
  readonly askedSpan?: string | undefined;
  /** What was looked for when the host asked for that span: it is marked. */
  readonly words: readonly string[];
  /** The call before the selected one, once a part needs it. */
  readonly previous?: SpanDetail | undefined;
  /** Something has been under way for longer than a blink. */
  readonly traceBusy: boolean;
  readonly detailBusy: boolean;
  readonly tab?: string | undefined;
  readonly filter: string;
  readonly onlyErrors: boolean;
  readonly criticalPath: boolean;
  readonly showDetail: boolean;
  readonly listShare: number;
  readonly zoom?: TimeWindow | undefined;
  /** Epoch ms; moves on only while something runs. */
  readonly now: number;
  readonly folds: ReadonlyMap<string, boolean>;
  readonly messageViews: ReadonlyMap<string, MessageView>;
  /** Long texts that the reader asked to see whole. */
  readonly whole: ReadonlySet<string>;
  readonly onlyNew: boolean;
  /** Rows that came while the reader was elsewhere in the list. */
  readonly unseenRows: number;
  readonly listScroll: number;
  readonly detailScroll: number;
  /** For readers of the screen; at most one in five seconds. */
  readonly said: string;
}

/** The first state: what was remembered of this trace, or how a new panel begins. */
export function firstState(traceKey: string, saved: SavedState | undefined): PanelState {
  const from = saved?.traceKey === traceKey ? saved : freshState(traceKey);
  // the sash and the switches are the reader's habits, not the trace's
  const habits = saved ?? from;
  return {
    traceKey,
    gone: false,
    selectedId: from.selectedId,
    askedSpan: from.askedSpan,
    words: [],
    traceBusy: false,
    detailBusy: false,
    tab: habits.tab,
    filter: from.filter,
    onlyErrors: from.onlyErrors,
    criticalPath: habits.criticalPath,
    showDetail: habits.showDetail,
    listShare: habits.listShare,
    now: Date.now(),
    folds: new Map(from.folds),
    messageViews: new Map(),
    whole: new Set(),
    onlyNew: false,
    unseenRows: 0,
    listScroll: from.listScroll,
    detailScroll: from.detailScroll,
    said: '',
  };
}

/** What is worth remembering of a state. */
export function toSaved(state: PanelState): SavedState {
  return {
    traceKey: state.traceKey,
    selectedId: state.selectedId,
    askedSpan: state.askedSpan,
    tab: state.tab,
    filter: state.filter,
    onlyErrors: state.onlyErrors,
    criticalPath: state.criticalPath,
    showDetail: state.showDetail,
    listShare: state.listShare,
    folds: foldsToKeep(state.folds),
    listScroll: state.listScroll,
    detailScroll: state.detailScroll,
  };
}
