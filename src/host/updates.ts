import type * as vscode from 'vscode';
import type { EngineChange } from '../protocol/engineContract';
import { Disposable } from './disposable';
import type { LogEditors } from './editors/logEditors';
import { toReadingState } from './display/readingState';
import type { EngineClient } from './engineClient';
import type { Problems } from './problems';
import type { ErrorBadge, StatusItem } from './stats';
import type { Sources } from './sources';
import { Throttle } from './throttle';
import { isFlood } from './trees/heldLists';
import type { Trees, Views } from './views';

/** Rows of traces follow the log as often as VS Code shows changes (`PacedChanges`); the rest may take its time. */
const tracesIntervalMs = 200;
const restIntervalMs = 1000;
/** Rows stand for so long where many come: time to read one, and to hit it. */
const floodIntervalMs = 1500;
/** More changed traces than that are redrawn as a whole. */
const maxChangedTraces = 200;

/** Leads every change of the data to what shows it. */
export class Updates extends Disposable {
  /** undefined: so many have changed that they are not looked at one by one. */
  private changedTraces: Set<string> | undefined = new Set<string>();
  private revision = 0;
  /** So many traces come that the rows would be others before anybody has read them. */
  private isFlooded = false;

  constructor(
    private readonly engine: EngineClient,
    private readonly sources: Sources,
    private readonly trees: Trees,
    private readonly views: Views,
    private readonly shown: {
      status: StatusItem;
      badge: ErrorBadge;
      problems: Problems;
      editors: LogEditors;
    },
    log: vscode.LogOutputChannel,
  ) {
    super();
    const onError = (error: unknown): void =>
      log.warn(`a view could not be brought up to date: ${String(error)}`);
    const traces = this.register(
      new Throttle(
        () => (this.isFlooded ? floodIntervalMs : tracesIntervalMs),
        () => this.updateTraces(),
        onError,
      ),
    );
    const rest = this.register(new Throttle(restIntervalMs, () => this.updateRest(), onError));
    const reading = this.register(
      new Throttle(restIntervalMs, () => this.updateReading(), onError),
    );
    this.register(
      engine.onDidChange(change => {
        this.note(change);
        if (this.changedTraces && this.changedTraces.size > 0) {
          traces.request();
        }
        reading.request();
        rest.request();
      }),
    );
    const found = this.register(new Throttle(tracesIntervalMs, () => this.updateFound(), onError));
    this.register(
      engine.onDidSearch(filter => {
        if (views.shows(filter)) {
          found.request();
        }
      }),
    );
    const opened = this.register(new Throttle(tracesIntervalMs, () => this.updateRows(), onError));
    this.register(
      sources.onDidChange(() => {
        opened.request();
        reading.request();
        rest.request();
      }),
    );
  }

  private note(change: EngineChange): void {
    this.revision = change.revision;
    for (const key of change.traceKeys ?? []) {
      this.changedTraces?.add(key);
    }
    if (change.traceKeys === undefined || (this.changedTraces?.size ?? 0) > maxChangedTraces) {
      this.changedTraces = undefined;
    }
  }

  private async updateTraces(): Promise<void> {
    const traceKeys = this.changedTraces && [...this.changedTraces];
    this.isFlooded = isFlood(traceKeys);
    this.changedTraces = new Set<string>();
    await this.trees.traces.update({ revision: this.revision, traceKeys, sources: false });
  }

  private async updateRows(): Promise<void> {
    const { traces, findings, sources } = this.trees;
    if (this.hasNothing) {
      await this.showNothing();
    }
    await Promise.all([
      traces.update({ revision: this.revision, traceKeys: [], sources: false }),
      findings.update(),
      sources.update(),
    ]);
  }

  /** A search has come further: no data has changed, only what is known of it. */
  private async updateFound(): Promise<void> {
    await Promise.all([
      this.trees.traces.update({ revision: this.revision, traceKeys: [], sources: false }),
      this.views.showFilter(),
    ]);
  }

  /** How far the logs are read costs next to nothing to ask, and is shown as it is. */
  private async updateReading(): Promise<void> {
    const reading = this.hasNothing
      ? undefined
      : toReadingState(await this.engine.client.listSources({}));
    this.views.showReading(reading);
    this.shown.status.showReading(reading);
  }

  private get hasNothing(): boolean {
    return this.sources.paths.length === 0 || !this.engine.isRunning;
  }

  /** What was closed is gone at once, with its figures. */
  private async showNothing(): Promise<void> {
    const { status, badge, problems } = this.shown;
    status.show(undefined);
    badge.show(0);
    await problems.update();
  }

  private async updateRest(): Promise<void> {
    const { views } = this;
    const { status, badge, problems, editors } = this.shown;
    editors.refresh();
    if (this.changedTraces === undefined) {
      await this.updateTraces();
    }
    await Promise.all([this.trees.findings.update(), this.trees.sources.update()]);
    if (this.hasNothing) {
      await this.showNothing();
      return;
    }
    const stats = await this.engine.client.getStats({});
    status.show(stats);
    badge.show(stats.errors);
    await views.showFilter();
    await problems.update();
  }
}
