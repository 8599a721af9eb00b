import * as vscode from 'vscode';
import type { EngineConfiguration } from './engineClient';
import { parseSettings, type Settings } from './settingsSchema';

/** The settings as they are now. The only place that reads them. */
export class SettingsReader implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Settings>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: vscode.Disposable;
  private values: Settings;

  constructor(log: vscode.LogOutputChannel) {
    const read = (): Settings => {
      const configuration = vscode.workspace.getConfiguration('callsight');
      return parseSettings(
        name => configuration.get(name),
        text => log.warn(text),
      );
    };
    this.values = read();
    this.subscription = vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration('callsight')) {
        this.values = read();
        this.changed.fire(this.values);
      }
    });
  }

  get current(): Settings {
    return this.values;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

/** The part of the settings that the engine wants to know. */
export function engineConfiguration(settings: Settings): EngineConfiguration {
  return {
    inferTraces: settings.inferTraces,
    rules: settings.rules,
    budget: settings.budget,
    mappings: settings.mappings,
    poll: settings['watch.polling'],
    keepsIndex: settings.keepIndex,
  };
}
