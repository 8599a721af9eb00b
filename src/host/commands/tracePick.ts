import * as vscode from 'vscode';
import type { Trace } from '../../model/trace';
import { toTextFilter } from '../display/filterText';
import { formatMoment } from '../display/format';
import { toTraceRow } from '../display/traceRow';
import { toVisibleLine, withoutIcons } from '../display/visibleText';
import { Disposable } from '../disposable';
import { answerMs, type EngineClient } from '../engineClient';
import { TypedFilter } from './typedFilter';

/** Traces that are offered at a time, latest first. */
const maxPicks = 200;

/** Without a trace: it says that there is none. */
interface TraceItem extends vscode.QuickPickItem {
  readonly trace?: Trace;
}

/** Asks for a trace: the latest are offered, and of all traces those that hold what is typed, in what was said or as an id. */
export function askTrace(engine: EngineClient, shownFilter: string): Promise<Trace | undefined> {
  return new TracePick(engine, shownFilter).ask();
}

class TracePick extends Disposable {
  private readonly box = this.register(vscode.window.createQuickPick<TraceItem>());
  /** What is looked for; empty: nothing, the latest are offered. */
  private readonly filter: TypedFilter;
  /** What the items are for. */
  private listed: string | undefined;
  private latest: readonly Trace[] = [];

  constructor(
    private readonly engine: EngineClient,
    shownFilter: string,
  ) {
    super();
    this.box.placeholder = 'Go to trace: its name, words of a prompt or response, or an id';
    this.box.matchOnDescription = true;
    this.filter = this.register(
      new TypedFilter('', {
        engine,
        shownFilter,
        show: () => this.list(),
        onError: error => {
          this.box.busy = false;
          this.show([{ label: withoutIcons(toVisibleLine(String(error))), alwaysShow: true }]);
        },
      }),
    );
    this.register(
      this.box.onDidChangeValue(text => {
        const wanted = text.trim();
        this.filter.change(wanted === '' ? '' : toTextFilter(wanted));
      }),
    );
  }

  ask(): Promise<Trace | undefined> {
    return new Promise(resolve => {
      let picked: Trace | undefined;
      this.register(
        this.box.onDidAccept(() => {
          picked = this.box.activeItems[0]?.trace;
          if (picked !== undefined) {
            this.box.hide();
          }
        }),
      );
      this.register(
        this.box.onDidHide(() => {
          this.filter.leave();
          resolve(picked);
          this.dispose();
        }),
      );
      this.box.show();
      this.filter.show();
    });
  }

  private async list(): Promise<void> {
    const filter = this.filter.text;
    const { client } = this.engine;
    const range = { start: 0, end: maxPicks };
    this.box.busy = true;
    const [{ items }, { searching }] = await Promise.all([
      client.listTraces({ ...range, ...(filter === '' ? {} : { filter, withinMs: answerMs }) }),
      filter === ''
        ? { searching: undefined }
        : client.countMatches({ filter, withinMs: answerMs }),
    ]);
    if (filter !== this.filter.text || this.isDisposed) {
      return;
    }
    this.box.busy = searching !== undefined;
    if (filter === '') {
      this.latest = items;
      this.show(items.map(trace => toPick(trace)));
      return;
    }
    const found = new Set(items.map(({ key }) => key));
    const others = this.latest.filter(({ key }) => !found.has(key));
    const nothing = searching === undefined ? 'No trace holds this' : 'Searching…';
    this.show([
      // what was found may hold it where the row does not show it
      ...items.map(trace => ({ ...toPick(trace), alwaysShow: true })),
      ...others.map(trace => toPick(trace)),
      ...(items.length === 0 ? [{ label: nothing, alwaysShow: true }] : []),
    ]);
  }

  /** Who has gone down a list that grows stays at that item. */
  private show(items: readonly TraceItem[]): void {
    const { text } = this.filter;
    const active = text === this.listed ? this.box.activeItems[0]?.trace?.key : undefined;
    this.listed = text;
    this.box.items = items;
    if (active !== undefined) {
      this.box.activeItems = items.filter(({ trace }) => trace?.key === active);
    }
  }
}

function toPick(trace: Trace): TraceItem {
  const now = Date.now();
  const row = toTraceRow(trace, [], now);
  const time = trace.startTime === undefined ? '' : formatMoment(trace.startTime, now);
  return {
    label: withoutIcons(row.label),
    description: [row.description, time].filter(Boolean).join(' · '),
    iconPath: new vscode.ThemeIcon(
      row.icon ?? 'pulse',
      row.iconColor === undefined ? undefined : new vscode.ThemeColor(row.iconColor),
    ),
    trace,
  };
}
