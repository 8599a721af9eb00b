import * as vscode from 'vscode';
import type { Finding } from '../protocol/engineContract';
import { forNotification, toVisibleLine } from './display/visibleText';
import { Disposable } from './disposable';
import type { EngineClient } from './engineClient';
import { isWebLink } from './links';
import type { SettingsReader } from './settings';

/** Entries in the Problems panel: the latest of each category, as many of each as there is room for. */
const maxProblems = 500;

/** Failed calls as problems of their log file. They are warnings: the log is right, the call was not. */
export class Problems extends Disposable {
  private readonly collection = this.register(
    vscode.languages.createDiagnosticCollection('callsight'),
  );

  /** What is told of each file. */
  private shown: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly engine: EngineClient,
    private readonly settings: SettingsReader,
  ) {
    super();
    this.register(settings.onDidChange(() => void this.update()));
  }

  async update(): Promise<void> {
    if (!this.settings.current['problems.enabled'] || !this.engine.isRunning) {
      this.show(new Map());
      return;
    }
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const finding of await this.latestFindings()) {
      const { file, entry, line } = finding.source;
      if (entry !== undefined || line === undefined) {
        // a problem opens its file at its line: packed bytes have none, and of the end of a long file it is not known at first
        continue;
      }
      const entries = byFile.get(file) ?? [];
      entries.push(toProblem(finding, line));
      byFile.set(file, entries);
    }
    this.show(byFile);
  }

  /** VS Code draws the list anew when it is told anything, and loses what is selected in it. */
  private show(byFile: ReadonlyMap<string, readonly vscode.Diagnostic[]>): void {
    const shown = new Map([...byFile].map(([file, entries]) => [file, JSON.stringify(entries)]));
    const files = new Set([...this.shown.keys(), ...shown.keys()]);
    const changed = [...files].filter(file => this.shown.get(file) !== shown.get(file));
    this.shown = shown;
    this.collection.set(changed.map(file => [vscode.Uri.file(file), byFile.get(file)]));
  }

  private async latestFindings(): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    const { groups } = await this.engine.client.listFindingGroups({});
    const grave = groups
      .filter(({ severity }) => severity === 'error' || severity === 'critical')
      .toSorted((one, other) => one.count - other.count);
    for (const [at, { category }] of grave.entries()) {
      // what a rare one leaves is for those that are more frequent
      const end = Math.floor((maxProblems - findings.length) / (grave.length - at));
      const page = await this.engine.client.listFindings({ category, start: 0, end });
      findings.push(...page.items);
    }
    return findings;
  }
}

function toProblem({ diagnostic, category }: Finding, atLine: number): vscode.Diagnostic {
  const line = Math.max(0, atLine - 1);
  const problem = new vscode.Diagnostic(
    // the first character: a whole line of JSON underlined says no more and cannot be read
    new vscode.Range(line, 0, line, 1),
    `${toVisibleLine(diagnostic.title)}: ${forNotification(diagnostic.message)}`,
    vscode.DiagnosticSeverity.Warning,
  );
  const url = diagnostic.links[0]?.url;
  problem.source = 'Callsight';
  problem.code =
    url !== undefined && isWebLink(url)
      ? { value: category, target: vscode.Uri.parse(url, true) }
      : category;
  return problem;
}
