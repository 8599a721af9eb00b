import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { callLine } from '../callLine';

/** What activate() gives back: the three trees. */
export interface Trees {
  readonly traces: vscode.TreeDataProvider<unknown>;
  readonly findings: vscode.TreeDataProvider<unknown>;
  readonly sources: vscode.TreeDataProvider<unknown>;
}

/** A row as a reader sees it, with the node that commands take. */
export interface ShownRow {
  readonly label: string;
  readonly description: string;
  readonly node: unknown;
}

export async function activate(): Promise<Trees> {
  const extension = vscode.extensions.getExtension<Trees>('callsight.callsight');
  assert.ok(extension, 'Callsight is installed');
  return extension.activate();
}

export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return folder.uri.fsPath;
}

/** The rows below a node, or at the top. */
export async function rowsOf(
  tree: vscode.TreeDataProvider<unknown>,
  node?: unknown,
): Promise<readonly ShownRow[]> {
  const children = (await tree.getChildren(node)) ?? [];
  return Promise.all(
    children.map(async child => {
      const { label, description } = await tree.getTreeItem(child);
      return {
        label: typeof label === 'string' ? label : (label?.label ?? ''),
        description: typeof description === 'string' ? description : '',
        node: child,
      };
    }),
  );
}

/** All rows of a tree, two levels deep: groups and what is in them. */
export async function allRows(
  tree: vscode.TreeDataProvider<unknown>,
): Promise<readonly ShownRow[]> {
  const roots = await rowsOf(tree);
  const inside = await Promise.all(roots.map(root => rowsOf(tree, root.node)));
  return [...roots, ...inside.flat()];
}

/** Asks until there is an answer. What is waited for comes from another thread. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  timeoutMs = 15_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    assert.ok(Date.now() < end, `${what}: not within ${timeoutMs} ms`);
    await sleep(50);
  }
}

let temporaryRoot: string | undefined;

/** A folder of its own, removed at the end of the run. */
export function temporaryFolder(): string {
  if (temporaryRoot === undefined) {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-test-'));
    process.once('exit', () => fs.rmSync(root, { recursive: true, force: true }));
    temporaryRoot = root;
  }
  return fs.mkdtempSync(path.join(temporaryRoot, 'logs-'));
}

/** A call with ids that the test knows. */
export function makeLine(text: string, id: string): string {
  return callLine(text, {
    request_id: id,
    model: 'gpt-4o',
    prompt_tokens: 12,
    completion_tokens: 34,
    latency_ms: 567.8,
    tags: { trace_id: `trace-${id}`, span_id: `span-${id}` },
  });
}

/** Closes a folder that a test has opened. */
export async function closeSource(trees: Trees, folder: string): Promise<void> {
  const row = (await rowsOf(trees.sources)).find(source => source.label === path.basename(folder));
  await vscode.commands.executeCommand('callsight.removeSource', row?.node);
}
