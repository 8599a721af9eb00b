import * as vscode from 'vscode';
import type { Finding } from '../protocol/engineContract';
import { forNotification, toVisibleLine } from './display/visibleText';
import { Disposable } from './disposable';
import type { EngineClient } from './engineClient';
import { isWebLink } from './links';
import type { SettingsReader } from './settings';

/** Entries in the Problems panel; the latest of each category come first. */
const maxProblems = 500;

/** Failed calls as problems of their log file. They are warnings: the log is right, the call was not. */
export class Problems extends Disposable {
  private readonly collection = this.register(
    vscode.languages.createDiagnosticCollection('callsight'),
  );

  constructor(
    private readonly engine: EngineClient,
    private readonly settings: SettingsReader,
  ) {
    super();
    this.register(settings.onDidChange(() => void this.update()));
  }

  async update(): Promise<void> {
    if (!this.settings.current['problems.enabled'] || !this.engine.isRunning) {
      this.collection.clear();
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
    this.collection.clear();
    this.collection.set([...byFile].map(([file, entries]) => [vscode.Uri.file(file), entries]));
  }

  private async latestFindings(): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    const { groups } = await this.engine.client.listFindingGroups({});
    for (const group of groups) {
      const room = maxProblems - findings.length;
      if (room <= 0) {
        break;
      }
      if (group.severity === 'error' || group.severity === 'critical') {
        const page = await this.engine.client.listFindings({
          category: group.category,
          start: 0,
          end: room,
        });
        findings.push(...page.items);
      }
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
