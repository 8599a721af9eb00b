import type { TraceDetail } from '../src/protocol/engineContract';
import type { PanelEvent } from '../src/protocol/panelContract';
import { createDerive, type Derived } from './derived';
import { counted, setLocale } from './display';
import type { Host, HostClient } from './hostClient';
import { openTo } from './navigation';
import { readState } from './savedState';
import { firstChoice, keyOfSpanRow, spanKeyOf } from './selection';
import { SpanAhead } from './spanAhead';
import { firstState, toSaved, type PanelState, type Problem } from './state';

/** A wait that is shorter than this is not shown. */
const blinkMs = 150;
const runningTickMs = 1000;
const sayingPauseMs = 5000;

/** Holds what the panel shows, asks the host for it, and keeps it right when the log changes. */
export class PanelStore {
  state: PanelState = firstState('', undefined);
  /** Whether the end of the list is in sight, so that it moves on with what comes. */
  following = true;
  private readonly derive = createDerive();
  private derivedFrom = this.state;
  private lastDerived = this.derive(this.state);
  private refreshing = false;
  private refreshAgain = false;
  private wantedKey: string | undefined;
  /** The row that was asked for may be in one that is closed. */
  private mustOpen = false;
  private saveTimer: number | undefined;
  private lastSaid = 0;
  private readonly ahead: SpanAhead;

  constructor(
    readonly host: Host,
    private readonly changed: () => void,
  ) {
    this.ahead = new SpanAhead(host.client);
  }

  get derived(): Derived {
    if (this.derivedFrom !== this.state) {
      this.lastDerived = this.derive(this.state);
      this.derivedFrom = this.state;
    }
    return this.lastDerived;
  }

  /** Replaces parts of the state and draws. */
  set(patch: Partial<PanelState>): void {
    this.note(patch);
    this.changed();
  }

  /** Remembers parts of the state that are on the screen already, such as a scroll position. */
  note(patch: Partial<PanelState>): void {
    this.state = { ...this.state, ...patch };
    window.clearTimeout(this.saveTimer);
    this.saveTimer = window.setTimeout(() => this.host.save(toSaved(this.state)), 200);
  }

  /** Asks what the panel is about, then for it. */
  async start(): Promise<void> {
    try {
      const { traceKey, spanKey, words, locale } = await this.host.client.ready({});
      setLocale(locale);
      const state = firstState(traceKey, readState(this.host.load()));
      this.state = { ...state, words, around: keyOfSpanRow(state.selectedId) };
      // a page that comes back is told the old wish again: the reader may have moved on since
      if (spanKey !== undefined && spanKey !== this.state.askedSpan) {
        this.wish(spanKey, words);
      }
    } catch (error) {
      this.set({ traceProblem: toProblem('The panel cannot reach its extension', error) });
      return;
    }
    window.setInterval(() => this.tick(), runningTickMs);
    window.addEventListener('pagehide', () => this.host.save(toSaved(this.state)));
    await this.refresh();
  }

  /** What the host says without being asked. */
  onEvent(event: PanelEvent): void {
    if (event.type === 'change') {
      this.ahead.forget();
      void this.refresh();
      return;
    }
    this.wish(event.spanKey, event.words);
    if (this.mustOpen) {
      void this.refresh();
    } else {
      openTo(this, `span:${event.spanKey}`);
      this.select(`span:${event.spanKey}`);
    }
  }

  private wish(spanKey: string, words: readonly string[]): void {
    const selectedId = `span:${spanKey}`;
    const isListed = this.derived.byId.has(selectedId);
    const around = isListed ? this.state.around : spanKey;
    this.mustOpen = !isListed;
    this.note({ askedSpan: spanKey, words, selectedId, around, detailScroll: 0 });
  }

  /** Lists another part of a long trace, the one with this span; undefined: the first. */
  async listAround(spanKey: string | undefined): Promise<void> {
    // of the first part its first choice; nothing chosen would lead back to the error of the whole trace
    this.set({ around: spanKey, selectedId: `span:${spanKey ?? ''}`, detailScroll: 0 });
    this.mustOpen = true;
    await this.refresh();
  }

  /** Asks the host to do something for the reader; what goes wrong is said in the detail. */
  act(ask: (client: HostClient) => Promise<unknown>): void {
    ask(this.host.client).then(
      () => this.state.actionProblem && this.set({ actionProblem: undefined }),
      (error: unknown) => this.set({ actionProblem: toProblem('That did not work', error) }),
    );
  }

  /** Asks for the trace again; what stands stays until the new one is there. */
  async refresh(): Promise<void> {
    if (this.refreshing) {
      this.refreshAgain = true;
      return;
    }
    this.refreshing = true;
    const slow = window.setTimeout(() => this.set({ traceBusy: true }), blinkMs);
    const { traceKey, around } = this.state;
    try {
      const trace = await this.host.client.getTrace({ traceKey, spanKey: around });
      if (around !== this.state.around) {
        // another part of it is wanted by now, and asked for next
        this.refreshAgain = true;
      } else if (trace === null) {
        this.set({ gone: true, traceProblem: undefined });
      } else {
        const added = trace.spans.length - (this.state.trace?.spans.length ?? trace.spans.length);
        const unseenRows = this.following ? 0 : this.state.unseenRows + Math.max(0, added);
        this.set({ trace, gone: false, traceProblem: undefined, now: Date.now(), unseenRows });
        this.say(added);
        void this.loadPriceDay(trace);
        this.keepSelection();
      }
    } catch (error) {
      this.set({ traceProblem: toProblem('This trace cannot be read', error) });
    }
    window.clearTimeout(slow);
    this.refreshing = false;
    this.set({ traceBusy: false });
    if (this.refreshAgain) {
      this.refreshAgain = false;
      await this.refresh();
    }
  }

  /** Shows a row in the detail; focus stays where it is. */
  select(rowId: string): void {
    const isSame = rowId === this.state.selectedId;
    this.set({
      selectedId: rowId,
      showDetail: true,
      ...(isSame ? {} : { detailScroll: 0, onlyNew: false, actionProblem: undefined }),
    });
    void this.loadDetail();
  }

  /** A row is about to be selected. */
  prepare(rowId: string): void {
    const key = spanKeyOf(this.derived.byId.get(rowId));
    if (key !== undefined && key !== this.state.detail?.span.key) {
      this.ahead.ask(key);
    }
  }

  /** Asks for the bodies of the selected span, unless they are here and still right. */
  async loadDetail(again = false): Promise<void> {
    const { selectedId, detail } = this.state;
    const key = spanKeyOf(this.derived.byId.get(selectedId ?? ''));
    this.wantedKey = key;
    if (key === undefined || (detail?.span.key === key && !again)) {
      return;
    }
    const slow = window.setTimeout(() => this.set({ detailBusy: true }), blinkMs);
    try {
      const loaded = await this.ahead.take(key);
      if (this.wantedKey === key) {
        const previous = loaded?.previousKey === this.state.previous?.span.key;
        this.set(
          loaded
            ? {
                detail: loaded,
                detailProblem: undefined,
                ...(previous ? {} : { previous: undefined }),
              }
            : { detailProblem: { what: 'The log no longer has this span.', details: key } },
        );
      }
    } catch (error) {
      if (this.wantedKey === key) {
        this.set({ detailProblem: toProblem('This record cannot be read', error) });
      }
    }
    window.clearTimeout(slow);
    if (this.wantedKey === key) {
      this.set({ detailBusy: false });
    }
  }

  /** Asks for the call before the selected one, which Parameters compares with. */
  async loadPrevious(): Promise<void> {
    const key = this.state.detail?.previousKey;
    if (key === undefined || this.state.previous?.span.key === key) {
      return;
    }
    try {
      const previous = await this.host.client.getSpan({ key });
      if (previous && this.state.detail?.previousKey === key) {
        this.set({ previous });
      }
    } catch (error) {
      this.set({ actionProblem: toProblem('The previous call cannot be read', error) });
    }
  }

  /** The day of the price list stands in the detail of any call that was priced with it. */
  private async loadPriceDay(trace: TraceDetail): Promise<void> {
    const priced = trace.spans.find(({ cost }) => cost?.source === 'computed');
    if (!priced || this.state.pricesOf !== undefined) {
      return;
    }
    try {
      const detail = await this.host.client.getSpan({ key: priced.key });
      this.set({ pricesOf: detail?.cost?.pricesOf });
    } catch {
      // the day is an extra beside the cost: the figure stands without it
    }
  }

  private keepSelection(): void {
    const { trace, selectedId, detail } = this.state;
    const { byId, rows } = this.derived;
    if (!trace) {
      return;
    }
    const leading = trace.trace.leadingError?.spanKey;
    if (selectedId === undefined && leading !== undefined && !byId.has(`span:${leading}`)) {
      void this.listAround(leading);
      return;
    }
    if (selectedId === undefined || !byId.has(selectedId)) {
      this.set({ selectedId: firstChoice(trace, rows), detailScroll: 0 });
      void this.loadDetail();
      return;
    }
    if (this.mustOpen) {
      this.mustOpen = false;
      openTo(this, selectedId);
    }
    const known = trace.spans.find(({ key }) => key === detail?.span.key);
    const isSame = JSON.stringify(known) === JSON.stringify(detail?.span);
    void this.loadDetail(!isSame);
  }

  private tick(): void {
    if (this.derived.running) {
      this.set({ now: Date.now() });
    }
  }

  private say(added: number): void {
    if (added > 0 && Date.now() - this.lastSaid >= sayingPauseMs) {
      this.lastSaid = Date.now();
      this.set({ said: counted(added, 'new span') });
    }
  }
}

function toProblem(what: string, error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { what: `${what}: ${message}`, details };
}
