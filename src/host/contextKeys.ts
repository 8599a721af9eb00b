import * as vscode from 'vscode';
import type { ContextKey } from './manifest';

/** Tells `when` clauses of the manifest how things stand. */
export function setContext(key: ContextKey, value: string | boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
