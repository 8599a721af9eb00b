import * as vscode from 'vscode';
import type { Finding } from '../../protocol/engineContract';
import { toCallHover, toLensTitle, isWorthALens } from '../display/editorTexts';
import { Disposable } from '../disposable';
import type { EngineClient } from '../engineClient';
import type { SettingsReader } from '../settings';
import type { Sources } from '../sources';
import type { FilePlace } from '../trees/sourceNodes';
import { toMarkdown } from '../trees/treeItem';

/** Lenses and actions of one file. */
const maxFindings = 500;
const files: vscode.DocumentSelector = { scheme: 'file' };

/**
 * What a reader of a log file sees in the editor itself: a hover on every call, a lens above every call that failed or was
 * found fault with, and a way from its entry in the Problems panel to the call.
 */
export class LogEditors
  extends Disposable
  implements vscode.HoverProvider, vscode.CodeLensProvider
{
  private readonly lensesChanged = this.register(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.lensesChanged.event;

  constructor(
    private readonly engine: EngineClient,
    private readonly sources: Sources,
    private readonly settings: SettingsReader,
  ) {
    super();
    this.register(vscode.languages.registerHoverProvider(files, this));
    this.register(vscode.languages.registerCodeLensProvider(files, this));
    this.register(
      vscode.languages.registerCodeActionsProvider(
        files,
        { provideCodeActions: (document, range, context) => actionsAt(document, range, context) },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    );
    this.register(settings.onDidChange(() => this.refresh()));
  }

  /** The log or what is found in it has changed. */
  refresh(): void {
    this.lensesChanged.fire();
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const place = this.placeOf(document, position.line);
    const span = place && (await this.engine.client.findSpanAt(place));
    if (!span) {
      return undefined;
    }
    const detail =
      span.status === 'error' ? await this.engine.client.getSpan({ key: span.key }) : null;
    const link = new vscode.MarkdownString('', true);
    link.isTrusted = { enabledCommands: ['callsight.openCallAtCursor'] };
    link.appendMarkdown(
      `[$(pulse) Open in Callsight](${commandLink(place)} "Show this call in its trace")`,
    );
    // the text of the log stays in a part of its own, which may run nothing
    return new vscode.Hover([toMarkdown(toCallHover(span, detail?.diagnosis)), link]);
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const place = this.settings.current['codeLens.enabled'] ? this.placeOf(document, 0) : undefined;
    if (!place) {
      return [];
    }
    const { items } = await this.engine.client.listFindingsOfFile({
      file: place.file,
      start: 0,
      end: maxFindings,
    });
    return items.filter(isWorthALens).flatMap(finding => toLens(finding));
  }

  /** undefined: the file is not one that is followed. */
  private placeOf(
    document: vscode.TextDocument,
    line: number,
  ): { readonly file: string; readonly line: number } | undefined {
    const file = document.uri.fsPath;
    return this.engine.isRunning && this.sources.covers(file)
      ? { file, line: line + 1 }
      : undefined;
  }
}

function toLens(finding: Finding): readonly vscode.CodeLens[] {
  const { file, line } = finding.source;
  if (line === undefined) {
    return [];
  }
  const place: FilePlace = { file, line };
  const lens = new vscode.CodeLens(new vscode.Range(line - 1, 0, line - 1, 0), {
    title: toLensTitle(finding),
    tooltip: 'Show this call in its trace',
    command: 'callsight.openCallAtCursor',
    arguments: [place],
  });
  return [lens];
}

function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const own = diagnostics.filter(({ source }) => source === 'Callsight');
  if (own.length === 0) {
    return [];
  }
  const place: FilePlace = { file: document.uri.fsPath, line: range.start.line + 1 };
  const action = new vscode.CodeAction('Show why in Callsight', vscode.CodeActionKind.QuickFix);
  action.command = {
    command: 'callsight.openCallAtCursor',
    title: action.title,
    arguments: [place],
  };
  action.diagnostics = own;
  action.isPreferred = true;
  return [action];
}

function commandLink(place: FilePlace): string {
  return `command:callsight.openCallAtCursor?${encodeURIComponent(JSON.stringify([place]))}`;
}
