import { access, constants, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { formatMoment, formatPlural } from '../display/format';
import { forNotification } from '../display/visibleText';
import type { Sources } from '../sources';
import { SourceNode } from '../trees/sourceNodes';
import type { CommandTable } from './register';

const logFileFilters = {
  'Log files': ['jsonl', 'ndjson', 'json', 'log', 'txt'],
  'All files': ['*'],
};

/** What the key in the Sources view gives: it is about the row that is selected. */
const selectedArgument = 'selected';

/** Opening and closing folders and files of logs. */
export function sourceCommands(
  sources: Sources,
  extensionUri: vscode.Uri,
  selectedPath: () => string | undefined,
): CommandTable<
  | 'callsight.openLogFolder'
  | 'callsight.openLogFile'
  | 'callsight.openAsLog'
  | 'callsight.openSampleLogs'
  | 'callsight.findLogs'
  | 'callsight.stopReading'
  | 'callsight.resumeReading'
  | 'callsight.removeSource'
> {
  const open = async (uris: readonly vscode.Uri[]): Promise<void> => {
    for (const uri of uris) {
      if (await canBeRead(uri)) {
        await vscode.commands.executeCommand('callsight.traces.focus');
        await sources.add(uri.fsPath);
      }
    }
  };
  const choose = async (options: vscode.OpenDialogOptions): Promise<void> => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const chosen = await vscode.window.showOpenDialog({
      ...(folder ? { defaultUri: folder } : {}),
      openLabel: 'Open Logs',
      ...options,
    });
    await open(chosen ?? []);
  };
  return {
    'callsight.openLogFolder': async argument => {
      if (argument instanceof vscode.Uri) {
        await open([argument]);
        return;
      }
      const chosen = await chooseKnown(sources, argument);
      if (chosen === 'browse') {
        await choose({ canSelectFolders: true, canSelectFiles: false, title: 'Open Log Folder' });
      } else {
        await open(chosen);
      }
    },
    'callsight.openLogFile': argument =>
      argument instanceof vscode.Uri
        ? open([argument])
        : choose({ canSelectMany: true, filters: logFileFilters, title: 'Open Log File' }),
    // the explorer gives the clicked resource, then all that are selected
    'callsight.openAsLog': (clicked, selected) => open(urisOf(selected, clicked)),
    'callsight.openSampleLogs': () =>
      open([vscode.Uri.joinPath(extensionUri, 'test', 'workspaces', 'demo', 'logs')]),
    'callsight.findLogs': async () => {
      const found = await sources.find({ all: true });
      const text =
        found === 0
          ? 'No further logs were found.'
          : `${formatPlural(found, 'more folder')} with logs found.`;
      void vscode.window.showInformationMessage(text);
    },
    'callsight.stopReading': argument =>
      sources.stopReading(argument instanceof SourceNode ? argument.source.path : undefined),
    'callsight.resumeReading': argument =>
      sources.resumeReading(argument instanceof SourceNode ? argument.source.path : undefined),
    'callsight.removeSource': async argument => {
      const pointedAt =
        argument instanceof SourceNode
          ? argument.source.path
          : argument === selectedArgument
            ? selectedPath()
            : undefined;
      const chosen = pointedAt ?? (await pickSource(sources));
      if (chosen !== undefined) {
        await sources.remove(chosen);
      }
    },
  };
}

/**
 * Offers where well-known tools keep logs on this machine; of the tool of this id (the welcome view gives it) all places at
 * once. `browse`: the person wants another folder, or there is nothing to offer.
 */
async function chooseKnown(
  sources: Sources,
  id: unknown,
): Promise<readonly vscode.Uri[] | 'browse'> {
  const known = (await sources.known()).filter(place => !sources.covers(place.path));
  const wanted = known.filter(place => place.id === id);
  if (wanted.length > 0) {
    return wanted.map(place => vscode.Uri.file(place.path));
  }
  if (known.length === 0) {
    return 'browse';
  }
  const items = known.map(place => ({
    label: place.name,
    description: forNotification(place.path),
    detail:
      place.changedTime === undefined
        ? ''
        : `Changed ${formatMoment(place.changedTime, Date.now())}`,
    place: place.path,
  }));
  const browse = { label: 'Browse…', description: '', detail: '', place: undefined };
  const picked = await vscode.window.showQuickPick([...items, browse], {
    placeHolder:
      'Open which logs? These were found on this machine; nothing in them has been read.',
  });
  if (picked === browse) {
    return 'browse';
  }
  return picked?.place === undefined ? [] : [vscode.Uri.file(picked.place)];
}

async function pickSource(sources: Sources): Promise<string | undefined> {
  const items = sources.paths.map(file => ({
    label: path.basename(file),
    description: path.dirname(file),
    file,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: 'Close which logs? The files stay as they are.',
  });
  return picked?.file;
}

function urisOf(selected: unknown, clicked: unknown): readonly vscode.Uri[] {
  const candidates: readonly unknown[] =
    Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
  return candidates.filter(candidate => candidate instanceof vscode.Uri);
}

/** Says in plain words why something cannot be opened. */
async function canBeRead(uri: vscode.Uri): Promise<boolean> {
  const name = forNotification(uri.fsPath);
  if (uri.scheme !== 'file') {
    void vscode.window.showErrorMessage(
      `Callsight reads files of this machine only, not ${uri.scheme}: addresses.`,
    );
    return false;
  }
  try {
    const { fsPath } = uri;
    const isFolder = (await stat(fsPath)).isDirectory();
    await (isFolder ? readdir(fsPath) : access(fsPath, constants.R_OK));
    return true;
  } catch (error) {
    void vscode.window.showErrorMessage(`${whyUnreadable(error)}: ${name}`);
    return false;
  }
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'There is no such folder or file';
    case 'EACCES':
    case 'EPERM':
      return 'You have no permission to read this';
    default:
      return 'This cannot be read';
  }
}
