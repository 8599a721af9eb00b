import * as vscode from 'vscode';
import type { Stats } from '../protocol/engineContract';
import { formatCount, formatPlural, formatUsd, joinFacts } from './display/format';
import type { ReadingState } from './display/readingState';
import { Disposable } from './disposable';
import type { SettingsReader } from './settings';

const seenKey = 'seenErrors';

/** How many calls there are and what they cost, in the status bar. Hidden while nothing is open or read. */
export class StatusItem extends Disposable {
  private readonly item: vscode.StatusBarItem;
  private stats: Stats | undefined;
  private reading: ReadingState | undefined;

  constructor(private readonly settings: SettingsReader) {
    super();
    this.item = this.register(
      vscode.window.createStatusBarItem('callsight.status', vscode.StatusBarAlignment.Left),
    );
    this.item.name = 'Callsight';
    this.item.command = { command: 'callsight.traces.focus', title: 'Show Traces' };
    this.register(settings.onDidChange(() => this.draw()));
  }

  /** undefined: nothing is open. */
  show(stats: Stats | undefined): void {
    this.stats = stats;
    this.draw();
  }

  /** undefined: all is read. */
  showReading(reading: ReadingState | undefined): void {
    this.reading = reading;
    this.draw();
  }

  private draw(): void {
    const { stats, reading } = this;
    // Before the first record is read the number of calls is unknown, not 0.
    if (!stats || stats.records === 0 || !this.settings.current['statusBar.enabled']) {
      this.item.hide();
      return;
    }
    const calls = formatPlural(stats.calls, 'call');
    const cost =
      stats.costUsd === null ? undefined : formatUsd(stats.costUsd, stats.unpricedCalls > 0);
    const icon = reading?.state === 'reading' ? '$(sync~spin)' : '$(pulse)';
    this.item.text = `${icon} ${joinFacts([calls, cost, reading?.short])}`;
    this.item.tooltip = toTooltip(stats, reading);
    const label = joinFacts(['Callsight', calls, cost, reading?.message]);
    this.item.accessibilityInformation = { label };
    this.item.show();
  }
}

/** Errors that came while nobody looked, as the badge of the Traces view. Looking is: the view is visible. */
export class ErrorBadge extends Disposable {
  private errors = 0;

  constructor(
    private readonly view: vscode.TreeView<unknown>,
    private readonly memory: vscode.Memento,
  ) {
    super();
    this.register(view.onDidChangeVisibility(() => this.show(this.errors)));
  }

  show(errors: number): void {
    this.errors = errors;
    if (this.view.visible) {
      void this.memory.update(seenKey, errors);
      this.view.badge = undefined;
      return;
    }
    const unseen = errors - this.memory.get(seenKey, 0);
    this.view.badge =
      unseen > 0 ? { value: unseen, tooltip: formatPlural(unseen, 'new failed call') } : undefined;
  }
}

/** While the logs are read, with a way to stop that. */
function toTooltip(
  stats: Stats,
  reading: ReadingState | undefined,
): string | vscode.MarkdownString {
  if (reading === undefined) {
    return statsHover(stats);
  }
  const [command, label] =
    reading.state === 'reading'
      ? ['callsight.stopReading', 'Stop reading']
      : ['callsight.resumeReading', 'Resume reading'];
  const tooltip = new vscode.MarkdownString();
  tooltip.appendText(`${statsHover(stats)}\n${reading.message}`);
  tooltip.appendMarkdown(`\n\n[${label}](command:${command})`);
  tooltip.isTrusted = { enabledCommands: [command] };
  return tooltip;
}

function statsHover(stats: Stats): string {
  const { inputTokens, outputTokens } = stats;
  return [
    joinFacts([
      formatPlural(stats.calls, 'call'),
      `${formatCount(stats.errors)} failed`,
      formatPlural(stats.traces, 'trace'),
    ]),
    joinFacts([
      inputTokens === null ? 'input tokens unknown' : `${formatCount(inputTokens)} tokens in`,
      outputTokens === null ? 'output tokens unknown' : `${formatCount(outputTokens)} out`,
    ]),
    stats.costUsd === null
      ? 'cost unknown'
      : joinFacts([
          formatUsd(stats.costUsd, stats.unpricedCalls > 0),
          stats.unpricedCalls > 0
            ? `${formatPlural(stats.unpricedCalls, 'call')} without a known price`
            : undefined,
        ]),
  ].join('\n');
}
