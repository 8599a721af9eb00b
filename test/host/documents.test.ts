import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import {
  activate,
  allRows,
  closeSource,
  eventually,
  makeLine,
  temporaryFolder,
  type Trees,
  workspaceFolder,
} from './support';

describe('a call', () => {
  let trees: Trees;
  const id = randomUUID();
  const text = `Where is parcel ${id}?`;
  let line = 0;
  let node: unknown;

  before(async () => {
    trees = await activate();
    const file = path.join(workspaceFolder(), 'logs', 'llm.jsonl');
    line = fs.readFileSync(file, 'utf8').split('\n').length - 1;
    fs.appendFileSync(file, makeLine(text, id));
    const row = await eventually('the call', async () =>
      (await allRows(trees.traces)).find(shown => shown.label.includes(id)),
    );
    node = row.node;
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  function activeText(): string {
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor, 'an editor is open');
    return editor.document.getText();
  }

  it('opens its record in its file, at its line', async () => {
    await vscode.commands.executeCommand('callsight.openRecord', node);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.equal(path.basename(editor.document.fileName), 'llm.jsonl');
    assert.equal(editor.selection.active.line, line);
    assert.match(editor.document.lineAt(line).text, new RegExp(id));
  });

  it('is explained by nobody, and nothing is opened or sent, where there is no language model', async () => {
    assert.deepEqual(await vscode.lm.selectChatModels(), []);
    await vscode.commands.executeCommand('callsight.explainWithAi', node);
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  it('opens its prompt, its response and its raw record as read-only documents', async () => {
    await vscode.commands.executeCommand('callsight.openPrompt', node);
    assert.equal(activeText(), `# user\n\n${text}\n`);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'markdown');
    await vscode.commands.executeCommand('callsight.openRawJson', node);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'json');
    assert.match(activeText(), new RegExp(`^\\{\\n {2}"request_id": "${id}"`));
  });

  it('is copied as Markdown and as JSON', async () => {
    await vscode.commands.executeCommand('callsight.copyAsMarkdown', node);
    assert.match(await vscode.env.clipboard.readText(), /^# Where is parcel/);
    await vscode.commands.executeCommand('callsight.copyAsJson', node);
    const copied: unknown = JSON.parse(await vscode.env.clipboard.readText());
    assert.ok(typeof copied === 'object' && copied !== null && 'spans' in copied);
  });

  it('opens one panel, however often it is asked for', async () => {
    const panels = () =>
      vscode.window.tabGroups.all
        .flatMap(group => group.tabs)
        .filter(
          tab =>
            tab.input instanceof vscode.TabInputWebview &&
            tab.input.viewType.includes('callsight.trace'),
        );
    await vscode.commands.executeCommand('callsight.openTrace', node);
    await vscode.commands.executeCommand('callsight.openTrace', node);
    await eventually('a panel', () => panels().length > 0 || undefined);
    assert.equal(panels().length, 1);
    assert.match(panels()[0]?.label ?? '', /^Where is parcel/);
  });

  it('is found from its line in the editor', async () => {
    await vscode.commands.executeCommand('callsight.openRecord', node);
    await vscode.commands.executeCommand('callsight.openCallAtCursor');
    const tab = await eventually('the panel', () => {
      const active = vscode.window.tabGroups.activeTabGroup.activeTab;
      return active?.input instanceof vscode.TabInputWebview ? active : undefined;
    });
    assert.match(tab.label, /^Where is parcel/);
  });
});

describe('a record in a file that the editor does not take', () => {
  it('is shown alone', async () => {
    const trees = await activate();
    const folder = temporaryFolder();
    const id = randomUUID();
    fs.writeFileSync(path.join(folder, 'large.jsonl'), makeLine(`large ${id}`, id));
    fs.appendFileSync(path.join(folder, 'large.jsonl'), Buffer.alloc(51 * 1024 * 1024, '\n'));
    await vscode.commands.executeCommand('callsight.openLogFolder', vscode.Uri.file(folder));
    const row = await eventually('the call', async () =>
      (await allRows(trees.traces)).find(shown => shown.label.includes(id)),
    );
    await vscode.commands.executeCommand('callsight.openRecord', row.node);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'callsight');
    assert.match(document?.getText() ?? '', new RegExp(`"request_id": "${id}"`));
    await closeSource(trees, folder);
  });
});

describe('a call with two records', () => {
  it('opens them as lines of JSON, in which the editor finds no faults', async () => {
    const trees = await activate();
    const folder = temporaryFolder();
    const id = randomUUID();
    for (const name of ['app.jsonl', 'copy.jsonl']) {
      fs.writeFileSync(path.join(folder, name), makeLine(`twice ${id}`, id));
    }
    await vscode.commands.executeCommand('callsight.openLogFolder', vscode.Uri.file(folder));
    const text = await eventually('both records', async () => {
      const row = (await allRows(trees.traces)).find(shown => shown.label.includes(id));
      if (row === undefined) {
        return undefined;
      }
      await vscode.commands.executeCommand('callsight.openRawJson', row.node);
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.languageId === 'jsonl' ? shown.getText() : undefined;
    });
    assert.equal(text.match(new RegExp(`"request_id": "${id}"`, 'g'))?.length, 2);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await closeSource(trees, folder);
  });
});

describe('the Problems panel', () => {
  const problems = () =>
    vscode.languages
      .getDiagnostics()
      .flatMap(([uri, entries]) => entries.map(entry => ({ uri, entry })))
      .filter(({ entry }) => entry.source === 'Callsight');

  it('lists failed calls at their line, and none when it shall not', async () => {
    await activate();
    const [first] = await eventually('problems', () =>
      problems().length > 0 ? problems() : undefined,
    );
    assert.ok(first);
    const lines = fs.readFileSync(first.uri.fsPath, 'utf8').split('\n');
    assert.match(lines[first.entry.range.start.line] ?? '', /error/);
    const settings = vscode.workspace.getConfiguration('callsight');
    await settings.update('problems.enabled', false, vscode.ConfigurationTarget.Global);
    await eventually('no problems', () => problems().length === 0 || undefined);
    await settings.update('problems.enabled', undefined, vscode.ConfigurationTarget.Global);
  });

  it('is not told anew what it shows already when another call comes', async () => {
    const trees = await activate();
    await eventually('problems', () => problems().length > 0 || undefined);
    const told: string[] = [];
    const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) =>
      told.push(...uris.map(uri => uri.fsPath)),
    );
    const text = `A call that succeeds ${randomUUID()}`;
    fs.appendFileSync(
      path.join(workspaceFolder(), 'logs', 'llm.jsonl'),
      makeLine(text, randomUUID()),
    );
    await eventually(
      'the call',
      async () => (await allRows(trees.traces)).some(row => row.label.includes(text)) || undefined,
    );
    await sleep(2500); // problems follow within a second
    listening.dispose();
    assert.deepEqual(told, []);
  });
});

describe('Diagnose', () => {
  before(activate);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('says what a pasted message means and what to do', async () => {
    const message =
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 131422 tokens.";
    await vscode.commands.executeCommand('callsight.diagnoseText', message);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'markdown');
    assert.match(document?.getText() ?? '', /context_length/);
    assert.match(document?.getText() ?? '', /## What to do\n\n1\. /);
    assert.match(document?.getText() ?? '', /131422 tokens/);
  });

  it('says it of the selection in an editor', async () => {
    const document = await vscode.workspace.openTextDocument({
      content: 'noise\nError 429: Rate limit reached for gpt-4o. Please try again in 2s.\nnoise',
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    await vscode.commands.executeCommand('callsight.diagnoseSelection');
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /rate_limit/);
    // a dirty editor would ask whether to save it
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('says it of all that is open', async () => {
    await vscode.commands.executeCommand('callsight.diagnoseAll');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^# \d+ errors? in \d+ calls\n\n- \d+ × /);
    assert.match(text, /llm\.jsonl:\d+/);
  });
});
