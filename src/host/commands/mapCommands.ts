import path from 'node:path';
import * as vscode from 'vscode';
import type { MappedField, MappedPaths, Mapping, MappingSuggestion } from '../../model/mapping';
import { type MappingPick, mappingPicks, mappingSteps } from '../display/mappingPicks';
import { forNotification, toVisibleLine } from '../display/visibleText';
import type { EngineClient } from '../engineClient';
import type { SettingsReader } from '../settings';
import type { Sources } from '../sources';
import { FileNode } from '../trees/sourceNodes';
import type { CommandTable } from './register';

/** Files of each source that are offered. */
const maxOffered = 200;

/** Naming the fields of a log of one's own: one question a field, the guess first. */
export function mapCommands(
  engine: EngineClient,
  sources: Sources,
  settings: SettingsReader,
): CommandTable<'callsight.mapFields'> {
  return {
    'callsight.mapFields': async argument => {
      const file = await fileOf(argument, engine, sources);
      if (file === undefined) {
        return;
      }
      const suggestion = await engine.client.suggestMapping({ file });
      if (suggestion.records === 0) {
        const name = forNotification(path.basename(file));
        void vscode.window.showInformationMessage(`${name} holds no JSON records to map.`);
        return;
      }
      const fields = await askFields(suggestion);
      if (fields !== undefined && Object.keys(fields).length > 0) {
        await save({ name: path.basename(file), fields }, settings.current.mappings);
        if (!sources.covers(file)) {
          await sources.add(file);
        }
      }
    },
  };
}

async function fileOf(
  argument: unknown,
  engine: EngineClient,
  sources: Sources,
): Promise<string | undefined> {
  if (argument instanceof FileNode) {
    return argument.file.path;
  }
  return argument instanceof vscode.Uri ? argument.fsPath : pickFile(engine, sources);
}

/** Files that nobody understands stand first. */
async function pickFile(engine: EngineClient, sources: Sources): Promise<string | undefined> {
  const pages = await Promise.all(
    sources.paths.map(source => engine.client.listFiles({ source, start: 0, end: maxOffered })),
  );
  const files = pages
    .flatMap(page => page.items)
    .toSorted((one, other) => Number(other.canBeMapped) - Number(one.canBeMapped));
  const items = files.map(file => ({
    label: toVisibleLine(file.name),
    description: toVisibleLine(file.formats.join(', ') || 'not understood'),
    file: file.path,
  }));
  const browse = { label: 'Browse…', description: '', file: undefined };
  const picked =
    items.length === 0
      ? browse
      : await vscode.window.showQuickPick([...items, browse], {
          placeHolder: 'Map the fields of which log?',
        });
  if (picked !== browse) {
    return picked?.file;
  }
  const [chosen] =
    (await vscode.window.showOpenDialog({ title: 'Map Fields of a Log', openLabel: 'Map' })) ?? [];
  return chosen?.fsPath;
}

/** undefined when the person turned away. */
async function askFields(suggestion: MappingSuggestion): Promise<MappedPaths | undefined> {
  let chosen: MappedPaths = {};
  for (const [index, step] of mappingSteps.entries()) {
    const picked = await vscode.window.showQuickPick<MappingPick & vscode.QuickPickItem>(
      mappingPicks(step, suggestion, chosen),
      {
        title: `Map Fields (${index + 1} of ${mappingSteps.length})`,
        placeHolder: step.ask,
        matchOnDescription: true,
        ignoreFocusOut: true,
      },
    );
    if (picked === undefined) {
      return undefined;
    }
    chosen = withPath(chosen, picked.field, picked.path);
  }
  return chosen;
}

function withPath(
  chosen: MappedPaths,
  field: MappedField,
  mapped: string | undefined,
): MappedPaths {
  return mapped === undefined ? chosen : { ...chosen, [field]: mapped };
}

/** In the settings of the workspace; of the user when no folder is open. A mapping of the same file is replaced. */
async function save(mapping: Mapping, saved: readonly Mapping[]): Promise<void> {
  const isInWorkspace = vscode.workspace.workspaceFolders !== undefined;
  await vscode.workspace
    .getConfiguration('callsight')
    .update(
      'mappings',
      [...saved.filter(other => other.name !== mapping.name), mapping],
      isInWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
}
