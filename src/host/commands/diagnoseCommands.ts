import * as vscode from 'vscode';
import type { CallResolver } from '../callResolver';
import {
  examplesPerGroup,
  type ReportGroup,
  toFolderReport,
  toMessageReport,
} from '../display/diagnosisDocument';
import { toReadingState } from '../display/readingState';
import type { Documents } from '../documents';
import type { EngineClient } from '../engineClient';
import type { TracePanels } from '../tracePanels';
import { isTreeNode } from '../trees/isTreeNode';
import type { CallTarget } from '../trees/treeNode';
import type { CommandTable } from './register';

const worthTellingMs = 200; // what takes longer is worth to be told of
const tellEveryMs = 500;
/** The longest text that the engine takes. */
const maxMessageCharacters = 1_000_000;

export interface DiagnoseParts {
  readonly engine: EngineClient;
  readonly calls: CallResolver;
  readonly documents: Documents;
  readonly panels: TracePanels;
}

/** Why calls failed: of a call, of all that is open, of a selection, of a pasted text. */
export function diagnoseCommands({
  engine,
  calls,
  documents,
  panels,
}: DiagnoseParts): CommandTable<
  | 'callsight.diagnose'
  | 'callsight.diagnoseAll'
  | 'callsight.diagnoseSelection'
  | 'callsight.diagnoseText'
> {
  const diagnoseCall = async (target: CallTarget): Promise<void> => {
    const trace = await engine.client.getTrace({ traceKey: target.traceKey });
    if (!trace) {
      throw new Error('This trace is no longer in the logs.');
    }
    const spanKey = target.spanKey ?? (await calls.leadingSpan(target.traceKey));
    await panels.open(target.traceKey, trace.trace.name, { spanKey, preserveFocus: false });
  };
  const diagnoseMessage = async (text: string): Promise<void> => {
    const message = text.slice(0, maxMessageCharacters);
    const diagnosis = await engine.client.diagnoseMessage({ message });
    engine.rest();
    await documents.openReport('Diagnosis.md', toMessageReport(message, diagnosis));
  };
  const diagnoseAll = async (): Promise<void> => {
    if (!(await settleFindings(engine))) {
      return;
    }
    const { groups } = await engine.client.listFindingGroups({});
    const reports = groups.map(async (group): Promise<ReportGroup> => {
      const { items } = await engine.client.listFindings({
        category: group.category,
        start: 0,
        end: examplesPerGroup,
      });
      const first = items[0] ? await engine.client.getSpan({ key: items[0].spanKey }) : null;
      return {
        ...group,
        examples: items,
        // a call may have failed and be an example of something else
        diagnosis: group.isFailure ? first?.diagnosis : undefined,
        message: group.isFailure ? first?.span.error?.message : undefined,
      };
    });
    const { calls: callCount } = await engine.client.getStats({});
    const reading = toReadingState(await engine.client.listSources({}));
    await documents.openReport(
      'Diagnosis of all calls.md',
      toFolderReport({ groups: await Promise.all(reports), calls: callCount, reading }, file =>
        vscode.workspace.asRelativePath(file),
      ),
    );
  };
  const diagnoseSelection = async (): Promise<void> => {
    const text = selectedText();
    if (text === '') {
      void vscode.window.showInformationMessage('Select the text of an error first.');
      return;
    }
    await diagnoseMessage(text);
  };
  const diagnoseText = async (argument: unknown): Promise<void> => {
    const text = typeof argument === 'string' ? argument : await askMessage();
    if (text !== undefined && text.trim() !== '') {
      await diagnoseMessage(text);
    }
  };
  return {
    'callsight.diagnose': async argument => {
      const given = isTreeNode(argument) ? argument.target : undefined;
      if (given) {
        await diagnoseCall(given);
        return;
      }
      const selected = calls.targetOf(undefined);
      await pick([
        ...(selected
          ? [{ label: '$(pulse) The selected call', run: () => diagnoseCall(selected) }]
          : []),
        ...(engine.isRunning
          ? [{ label: '$(folder-opened) All errors in the open logs', run: diagnoseAll }]
          : []),
        ...(selectedText() === ''
          ? []
          : [{ label: '$(selection) The selection in the editor', run: diagnoseSelection }]),
        { label: '$(clippy) A text to paste…', run: () => diagnoseText(undefined) },
      ]);
    },
    'callsight.diagnoseAll': diagnoseAll,
    'callsight.diagnoseSelection': diagnoseSelection,
    'callsight.diagnoseText': diagnoseText,
  };
}

/** In a large folder it takes some seconds until all calls have been looked at. False: nobody wants to wait for it. */
async function settleFindings({ client }: EngineClient): Promise<boolean> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: 'Diagnosing all calls',
    cancellable: true,
  };
  if ((await client.settleFindings({ withinMs: worthTellingMs })) === 1) {
    return true;
  }
  return vscode.window.withProgress(options, async (progress, token) => {
    let shown = 0;
    let share = 0;
    while (share < 1 && !token.isCancellationRequested) {
      share = await client.settleFindings({ withinMs: tellEveryMs });
      const percent = Math.floor(share * 100);
      progress.report({ message: `${percent} %`, increment: Math.max(0, percent - shown) });
      shown = Math.max(shown, percent);
    }
    return share === 1;
  });
}

async function pick(
  items: readonly (vscode.QuickPickItem & { run: () => Promise<void> })[],
): Promise<void> {
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Diagnose what?' });
  await picked?.run();
}

function askMessage(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Diagnose Pasted Text',
    prompt:
      'The message of an error, or the whole response of the provider. It stays on this machine.',
    placeHolder: 'Rate limit reached for gpt-4o …',
    ignoreFocusOut: true,
  });
}

function selectedText(): string {
  const editor = vscode.window.activeTextEditor;
  return editor ? editor.document.getText(editor.selection).trim() : '';
}
