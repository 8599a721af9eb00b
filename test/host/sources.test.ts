import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import * as vscode from 'vscode';
import {
  activate,
  allRows,
  closeSource,
  eventually,
  makeLine,
  rowsOf,
  temporaryFolder,
  type Trees,
} from './support';

describe('the Sources view', () => {
  let trees: Trees;
  before(async () => {
    trees = await activate();
  });

  const sourceRow = async (name: string) =>
    (await rowsOf(trees.sources)).find(row => row.label === name);
  const open = (folder: string) =>
    vscode.commands.executeCommand('callsight.openLogFolder', vscode.Uri.file(folder));

  it('adds a folder with its calls, and removes it', async () => {
    const folder = temporaryFolder();
    const text = `Hello ${randomUUID()}`;
    fs.writeFileSync(path.join(folder, 'calls.jsonl'), makeLine(text, randomUUID()));
    await open(folder);
    await eventually('the call', async () =>
      (await allRows(trees.traces)).find(row => row.label.includes(text)),
    );
    const row = await sourceRow(path.basename(folder));
    assert.ok(row);
    await vscode.commands.executeCommand('callsight.removeSource', row.node);
    assert.equal(await sourceRow(path.basename(folder)), undefined);
    const left = (await allRows(trees.traces)).filter(shown => shown.label.includes(text));
    assert.deepEqual(left, []);
  });

  it('shows what was not understood, with the reason, and goes on', async () => {
    const folder = temporaryFolder();
    const text = `After the bad line ${randomUUID()}`;
    fs.writeFileSync(
      path.join(folder, 'calls.jsonl'),
      `${makeLine('first', randomUUID())}{"cut": \n${makeLine(text, randomUUID())}`,
    );
    await open(folder);
    const source = await eventually('the source', () => sourceRow(path.basename(folder)));
    const file = await eventually('a skipped line', async () =>
      (await rowsOf(trees.sources, source.node)).find(row => row.description.includes('1 skipped')),
    );
    const [skipped] = await rowsOf(trees.sources, file.node);
    assert.equal(skipped?.label, 'line 2');
    assert.notEqual(skipped?.description, '');
    await eventually('the call after it', async () =>
      (await allRows(trees.traces)).find(row => row.label.includes(text)),
    );
    await vscode.commands.executeCommand('callsight.removeSource', source.node);
  });

  it('opens a record of a compressed log alone', async () => {
    const folder = temporaryFolder();
    const text = `Packed ${randomUUID()}`;
    fs.writeFileSync(
      path.join(folder, 'calls.jsonl.gz'),
      zlib.gzipSync(makeLine(text, randomUUID())),
    );
    await open(folder);
    const call = await eventually('the call', async () =>
      (await allRows(trees.traces)).find(row => row.label.includes(text)),
    );
    await vscode.commands.executeCommand('callsight.openRecord', call.node);
    const document = await eventually('the record', () => vscode.window.activeTextEditor?.document);
    assert.equal(document.uri.scheme, 'callsight');
    assert.ok(document.getText().includes(text));
    await closeSource(trees, folder);
  });

  it('says that an empty folder holds no log, and takes the first one that comes', async () => {
    const folder = temporaryFolder();
    await open(folder);
    const name = path.basename(folder);
    const source = await eventually('the source', () => sourceRow(name));
    assert.notEqual(source.description, '');
    const text = `Late ${randomUUID()}`;
    fs.writeFileSync(path.join(folder, 'late.jsonl'), makeLine(text, randomUUID()));
    await eventually('the late call', async () =>
      (await allRows(trees.traces)).find(row => row.label.includes(text)),
    );
    await vscode.commands.executeCommand('callsight.removeSource', (await sourceRow(name))?.node);
  });

  it('says that a folder has vanished, and goes on', async () => {
    const folder = temporaryFolder();
    fs.writeFileSync(path.join(folder, 'calls.jsonl'), makeLine('soon gone', randomUUID()));
    await open(folder);
    const name = path.basename(folder);
    await eventually('the source', () => sourceRow(name));
    fs.rmSync(folder, { recursive: true });
    const row = await eventually('a word about it', async () => {
      const shown = await sourceRow(name);

      return shown && /not there/.test(shown.description) ? shown : undefined;
    });
    await vscode.commands.executeCommand('callsight.removeSource', row.node);
    assert.ok(await sourceRow('logs'), 'the other source is still there');
  });

  it('refuses a folder that is not there without adding it', async () => {
    await open(path.join(temporaryFolder(), 'nowhere'));
    assert.equal(await sourceRow('nowhere'), undefined);
  });
});
