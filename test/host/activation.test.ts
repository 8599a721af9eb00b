import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in VS Code', () => {
  function callsight(): vscode.Extension<unknown> {
    const extension = vscode.extensions.getExtension('callsight.callsight');
    assert.ok(extension, 'Callsight is installed');
    return extension;
  }

  it('activates', async () => {
    await callsight().activate();
    assert.equal(callsight().isActive, true);
  });

  it('registers every command of its manifest', async () => {
    await callsight().activate();
    const { contributes } = callsight().packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(contributes.commands.length > 0);
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter(name => !registered.has(name)),
      [],
    );
  });
});
