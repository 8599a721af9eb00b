import * as vscode from 'vscode';
import type { CallResolver } from './callResolver';
import { setContext } from './contextKeys';
import { matchText, toTextFilter } from './display/filterText';
import type { ReadingState } from './display/readingState';
import { toVisibleLine } from './display/visibleText';
import { Disposable } from './disposable';
import { answerMs, type EngineClient } from './engineClient';
import type { ViewId } from './manifest';
import type { Sources } from './sources';
import { RowDecorations } from './trees/decorations';
import type { FindingsTree } from './trees/findingsTree';
import type { SourcesTree } from './trees/sourcesTree';
import type { TracesTree } from './trees/tracesTree';
import type { TreeNode } from './trees/treeNode';
import type { ViewState } from './viewState';

export interface Trees {
  readonly traces: TracesTree;
  readonly findings: FindingsTree;
  readonly sources: SourcesTree;
}

/** A call of the system into such a drive does not return; what is removed is not waited for. */
const silence =
  'The log reader does not answer. A folder may be on a drive that does not respond: remove it from the sources to go on without it.';

/** The three views: what stands above their rows, and what `when` clauses know of them. */
export class Views extends Disposable {
  readonly traces: vscode.TreeView<TreeNode>;
  private reading: ReadingState | undefined;
  private isSilent = false;
  private filterMessage = '';
  private shownFilter = '';

  constructor(
    private readonly trees: Trees,
    private readonly engine: EngineClient,
    private readonly sources: Sources,
    private readonly state: ViewState,
    calls: CallResolver,
  ) {
    super();
    this.traces = trees.traces.createView('callsight.traces' satisfies ViewId);
    const findings = trees.findings.createView('callsight.findings' satisfies ViewId);
    trees.sources.createView('callsight.sources' satisfies ViewId);
    this.register(vscode.window.registerFileDecorationProvider(new RowDecorations()));
    for (const view of [this.traces, findings]) {
      this.register(
        view.onDidChangeSelection(event => {
          calls.select(event.selection);
          setContext('callsight.callSelected', calls.hasSelection);
        }),
      );
    }
    this.register(sources.onDidChange(() => this.showState()));
    this.register(
      engine.onDidFallSilent(isSilent => {
        this.isSilent = isSilent;
        this.showMessage(this.filterMessage);
      }),
    );
    this.register(this.traces.onDidChangeVisibility(() => this.showKnown()));
    this.register(state.onDidChange(() => void this.showFilter()));
    this.showState();
  }

  /** Whether this is the filter that the view shows. */
  shows(filter: string): boolean {
    return filter === this.state.filter;
  }

  /** Says what the filter leaves of how many. To be called when the data changes too. */
  async showFilter(): Promise<void> {
    const { filter } = this.state;
    if (filter !== this.shownFilter) {
      this.engine.stopSearch(this.shownFilter);
      this.shownFilter = filter;
      this.showMessage(toVisibleLine(filter, 120));
    }
    setContext('callsight.filtered', filter !== '');
    if (filter === '' || !this.engine.isRunning) {
      this.showMessage('');
      this.traces.description = '';
      return;
    }
    const counts = await this.engine.client.countMatches({ filter, withinMs: answerMs });
    if (filter !== this.state.filter) {
      return;
    }
    const { calls, problem, searching } = counts;
    const shown = toVisibleLine(filter, 120);
    // VS Code draws the welcome text, with its buttons, only where there is no message
    const hasMessage = calls > 0 || problem !== undefined || searching !== undefined;
    this.showMessage(hasMessage ? `${shown} · ${problem?.message ?? matchText(counts)}` : '');
    this.traces.description = hasMessage ? '' : shown;
  }

  /** Says how far the logs were read; undefined: to their end. */
  showReading(reading: ReadingState | undefined): void {
    setContext('callsight.reading', reading?.state === 'reading');
    setContext('callsight.readingStopped', reading?.state === 'stopped');
    this.reading = reading;
    this.showMessage(this.filterMessage);
  }

  private showMessage(ofFilter: string): void {
    this.filterMessage = ofFilter;
    const ofReading = this.isSilent ? silence : (this.reading?.message ?? '');
    const parts = [ofFilter, ofReading].filter(part => part !== '');
    this.trees.traces.showMessage(parts.join(' · '));
  }

  /** Selects the row of a trace, and shows the view for it. */
  async reveal(traceKey: string): Promise<void> {
    const row = await this.trees.traces.findTrace(traceKey);
    if (typeof row !== 'string') {
      await this.traces.reveal(row, { select: true, focus: true });
      return;
    }
    const isHidden = row === 'hidden' && this.state.filter !== '';
    const clear = 'Clear Filter';
    const only = 'Show Only This Trace';
    const choice = await (isHidden
      ? vscode.window.showInformationMessage('The filter hides this trace.', clear)
      : vscode.window.showInformationMessage(
          'This trace stands too far down in the list to be shown in it.',
          only,
        ));
    if (choice !== undefined) {
      this.state.setFilter(choice === clear ? '' : `trace:${toTextFilter(traceKey)}`);
      await this.reveal(traceKey);
    }
  }

  /** Moves the selection along when something else goes from trace to trace. */
  async select(traceKey: string): Promise<void> {
    const row = this.traces.visible ? await this.trees.traces.findTrace(traceKey) : 'hidden';
    if (typeof row !== 'string') {
      await this.traces.reveal(row, { select: true, focus: true });
    }
  }

  /** What the welcome text offers is looked for only when somebody sees it. */
  private showKnown(): void {
    if (this.traces.visible) {
      void this.sources.tellKnown();
    }
  }

  private showState(): void {
    this.showKnown();
    setContext('callsight.state', this.sources.state);
    setContext('callsight.hasSources', this.sources.paths.length > 0);
  }
}
