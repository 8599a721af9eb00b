import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { callLine } from '../callLine';
import { activate, allRows, closeSource, eventually, temporaryFolder, type Trees } from './support';

describe('a log in the editor', () => {
  let trees: Trees;
  let uri: vscode.Uri;
  let folder = '';
  const id = randomUUID();
  const failure = {
    response: null,
    error: 'Rate limit reached for gpt-4o. Please try again in 20s.',
    error_type: 'RateLimitError',
  };

  before(async () => {
    trees = await activate();
    folder = temporaryFolder();
    const file = path.join(folder, 'calls.jsonl');
    const good = callLine(`good ${id}`);
    fs.writeFileSync(file, `${good}${callLine(`bad ${id}`, failure)}`);
    await vscode.commands.executeCommand('callsight.openLogFolder', vscode.Uri.file(folder));
    await eventually('the calls', async () =>
      (await allRows(trees.traces)).find(row => row.description.includes('rate limit')),
    );
    uri = vscode.Uri.file(file);
    await vscode.window.showTextDocument(uri);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await closeSource(trees, folder);
  });

  async function hoverAt(line: number): Promise<readonly vscode.MarkdownString[]> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(line, 3),
    );
    return hovers
      .flatMap(hover => hover.contents)
      .filter(content => content instanceof vscode.MarkdownString);
  }

  it('says in a hover why a call failed, and leads to it; only our own link may run a command', async () => {
    const parts = await hoverAt(1);
    const text = parts.map(({ value }) => value).join('\n');
    assert.match(text, /Rate limit/);
    const linked = parts.filter(({ value }) => value.includes('command:'));
    assert.equal(linked.length, 1);
    assert.doesNotMatch(linked[0]?.value ?? '', /gpt-4o/);
  });

  it('says in a hover what a good call was', async () => {
    const text = (await hoverAt(0)).map(({ value }) => value).join('\n');
    assert.match(text, /tokens in/);
    assert.doesNotMatch(text, /Rate limit/);
  });

  it('has a lens above the failed call and none above the good one', async () => {
    const lenses = await eventually('a lens', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
        10,
      );
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(
      lenses.map(lens => lens.range.start.line),
      [1],
    );
    assert.match(lenses[0]?.command?.title ?? '', /^\$\(error\) Rate limit/);
  });

  it('offers the way from its problem to the call', async () => {
    const range = await eventually('the problem', async () =>
      vscode.languages.getDiagnostics(uri).find(({ source }) => source === 'Callsight'),
    ).then(problem => problem.range);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
    );
    assert.ok(actions.some(({ title }) => title === 'Show why in Callsight'));
  });
});
