import * as vscode from 'vscode';
import { forNotification } from '../display/visibleText';
import type { CommandId } from '../manifest';

/** Arguments come from menus, keys and other extensions: a handler looks at what it was given. */
export type Handler = (...args: readonly unknown[]) => unknown;
export type CommandTable<Ids extends CommandId = CommandId> = Readonly<Record<Ids, Handler>>;

/** Registers every command of the manifest. A command that fails says so, once, with the way to the log. */
export function registerCommands(
  table: CommandTable,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registrations = Object.entries(table).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        return await handler(...args);
      } catch (error) {
        tellFailure(id, error, log);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

function tellFailure(id: string, error: unknown, log: vscode.LogOutputChannel): void {
  const reason = error instanceof Error ? error.message : String(error);
  log.error(`${id}: ${reason}`);
  const showLog = 'Show Log';
  // not awaited by the command: a test or a macro must not hang on a notification
  void vscode.window.showErrorMessage(forNotification(reason), showLog).then(choice => {
    if (choice === showLog) {
      log.show();
    }
  });
}
