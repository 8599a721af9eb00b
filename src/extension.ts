import * as vscode from 'vscode';
import { CallActions } from './host/callActions';
import { CallResolver } from './host/callResolver';
import { callCommands } from './host/commands/callCommands';
import { diagnoseCommands } from './host/commands/diagnoseCommands';
import { mapCommands } from './host/commands/mapCommands';
import { navigationCommands } from './host/commands/navigationCommands';
import { registerCommands } from './host/commands/register';
import { sourceCommands } from './host/commands/sourceCommands';
import { viewCommands } from './host/commands/viewCommands';
import { Documents } from './host/documents';
import { Explainer } from './host/explainer';
import { LogEditors } from './host/editors/logEditors';
import { propertyOf } from './host/guards';
import { EngineClient } from './host/engineClient';
import { Problems } from './host/problems';
import { RecordOpener } from './host/recordOpener';
import { engineConfiguration, SettingsReader } from './host/settings';
import { Sources } from './host/sources';
import { ErrorBadge, StatusItem } from './host/stats';
import { TracePanels } from './host/tracePanels';
import { FindingsTree } from './host/trees/findingsTree';
import { SourcesTree } from './host/trees/sourcesTree';
import { TracesTree } from './host/trees/tracesTree';
import { Updates } from './host/updates';
import { type Trees, Views } from './host/views';
import { ViewState } from './host/viewState';

/** Builds the parts and joins them. Nothing here reads a file: the engine starts with the first question. */
export function activate(context: vscode.ExtensionContext): Trees {
  const { extensionUri, workspaceState, subscriptions } = context;
  const own = <T extends vscode.Disposable>(part: T): T => {
    subscriptions.push(part);
    return part;
  };
  const log = own(vscode.window.createOutputChannel('Callsight', { log: true }));
  const settings = own(new SettingsReader(log));
  const workerFile = vscode.Uri.joinPath(extensionUri, 'dist', 'engine.js').fsPath;
  const kept = {
    folder: (context.storageUri ?? context.globalStorageUri).fsPath,
    version: String(propertyOf(context.extension.packageJSON, 'version')),
  };
  const engine = own(
    new EngineClient(workerFile, engineConfiguration(settings.current), log, kept),
  );
  const sources = own(new Sources(engine, settings, workspaceState, log));
  const state = own(new ViewState(workspaceState, settings));
  const calls = new CallResolver(engine);
  const trees = {
    traces: own(new TracesTree(engine, state)),
    findings: own(new FindingsTree(engine)),
    sources: own(new SourcesTree(engine)),
  };
  const views = own(new Views(trees, engine, sources, state, calls));
  const documents = own(new Documents(engine));
  const records = new RecordOpener(documents);
  const actions = new CallActions(engine, documents, records, new Explainer(documents), key =>
    views.reveal(key),
  );
  const panels = own(new TracePanels(engine, actions, extensionUri));
  const shown = {
    status: own(new StatusItem(settings)),
    badge: own(new ErrorBadge(views.traces, workspaceState)),
    problems: own(new Problems(engine, settings)),
  };
  const editors = own(new LogEditors(engine, sources, settings));
  own(new Updates(engine, sources, trees, views, { ...shown, editors }, log));
  own(settings.onDidChange(changed => engine.configure(engineConfiguration(changed))));
  const commands = {
    ...sourceCommands(sources, extensionUri, () => trees.sources.selectedPath),
    ...mapCommands(engine, sources, settings),
    ...viewCommands(engine, state, log),
    ...callCommands({ engine, calls, actions, records, panels, state }),
    ...diagnoseCommands({ engine, calls, documents, panels }),
    ...navigationCommands(engine, calls, panels, key => views.select(key), state),
  };
  own(registerCommands(commands, log));
  setImmediate(() => void sources.restore());
  return trees;
}
