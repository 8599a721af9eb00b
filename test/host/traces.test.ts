import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  activate,
  allRows,
  eventually,
  makeLine,
  rowsOf,
  type Trees,
  workspaceFolder,
} from './support';

describe('the Traces view', () => {
  let trees: Trees;
  const log = () => path.join(workspaceFolder(), 'logs', 'llm.jsonl');
  const findRow = async (text: string) =>
    (await allRows(trees.traces)).find(row => row.label.includes(text));

  before(async () => {
    trees = await activate();
    await eventually('the calls of the workspace', () => findRow('order 48213'));
  });

  it('shows what was found in the workspace, without a click', async () => {
    const sources = await rowsOf(trees.sources);
    assert.deepEqual(
      sources.map(row => row.label),
      ['logs'],
    );
  });

  it('shows a line that is appended', async () => {
    const text = `Appended ${randomUUID()}`;
    fs.appendFileSync(log(), makeLine(text, randomUUID()));
    const row = await eventually('the new call', () => findRow(text));
    assert.match(row.description, /568 ms · \$0\.0/);
  });

  it('tells VS Code that the rows have changed when a line is appended', async () => {
    const fired = new Promise(resolve => trees.traces.onDidChangeTreeData?.(resolve));
    fs.appendFileSync(log(), makeLine('one more', randomUUID()));
    await fired;
  });

  it('shows hostile names as text, one line long', async () => {
    const id = randomUUID();
    fs.appendFileSync(log(), makeLine(`<img src=x>\n$(error) [a](command:x) \u202E${id}`, id));
    const row = await eventually('the hostile call', () => findRow(id));
    assert.equal(row.label, `<img src=x> $(error) [a](command:x) [U+202E]${id}`);
  });

  it('gives plain hovers: no command, no HTML, no link out of a log', async () => {
    const id = randomUUID();
    fs.appendFileSync(log(), makeLine(`http://evil.test [b](command:x) <b> a@b.test ${id}`, id));
    const row = await eventually('the call', () => findRow('evil.test'));
    const item = await trees.traces.getTreeItem(row.node);
    const token = new vscode.CancellationTokenSource().token;
    const resolved = await trees.traces.resolveTreeItem?.(item, row.node, token);
    const hover = resolved?.tooltip;
    assert.ok(hover instanceof vscode.MarkdownString);
    assert.ok(!hover.isTrusted);
    assert.ok(!hover.supportHtml);
    assert.ok(!hover.supportThemeIcons);
    assert.ok(hover.value.includes('\\[b\\]'), hover.value);
    assert.ok(!hover.value.includes('http://'), hover.value);
    assert.ok(hover.value.includes('a\\@b.test'), hover.value);
  });

  it('filters, and shows all again', async () => {
    await vscode.commands.executeCommand('callsight.filter', 'status:error');
    const filtered = await allRows(trees.traces);
    await vscode.commands.executeCommand('callsight.clearFilter');
    const all = await allRows(trees.traces);
    assert.ok(
      filtered.length > 0 && filtered.length < all.length,
      `${filtered.length} of ${all.length}`,
    );
  });

  it('groups by model, and by day again', async () => {
    await vscode.commands.executeCommand('callsight.groupBy', 'model');
    const models = (await rowsOf(trees.traces)).map(row => row.label);
    await vscode.commands.executeCommand('callsight.groupBy', 'day');
    const days = (await rowsOf(trees.traces)).map(row => row.label);
    assert.ok(models.includes('gpt-4o'), models.join());
    assert.ok(days.includes('Today'), days.join());
  });

  it('gives every row an id of its own', async () => {
    const items = await Promise.all(
      (await allRows(trees.traces)).map(async row => trees.traces.getTreeItem(row.node)),
    );
    assert.equal(new Set(items.map(item => item.id)).size, items.length);
  });
});

describe('the Findings view', () => {
  it('has the findings of the workspace, and none of a rule that is switched off', async () => {
    const trees = await activate();
    const title = 'Call without a trace id';
    const find = async () => (await rowsOf(trees.findings)).find(row => row.label === title);
    const group = await eventually('the finding', find);
    const [finding] = await rowsOf(trees.findings, group.node);
    assert.ok(finding);
    const settings = vscode.workspace.getConfiguration('callsight');
    const global = vscode.ConfigurationTarget.Global;
    await settings.update('rules', { 'missing-trace-id': 'off' }, global);
    await eventually('the end of the finding', async () => !(await find()) || undefined);
    await settings.update('rules', undefined, global);
    await eventually('the finding again', find);
  });
});
