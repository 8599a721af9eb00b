import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import {
  activate,
  allRows,
  closeSource,
  eventually,
  rowsOf,
  temporaryFolder,
  type Trees,
} from './support';

const line = (question: string) =>
  `${JSON.stringify({ q: question, a: { text: 'Because of the light in the air.' }, m: 'gpt-4o', tin: 12, tout: 9, wall: 1.25, when: new Date().toISOString() })}\n`;

describe('mapping the fields of a log', () => {
  let trees: Trees;
  const folder = temporaryFolder();
  before(async () => {
    trees = await activate();
  });
  after(async () => {
    await closeSource(trees, folder);
    const configuration = vscode.workspace.getConfiguration('callsight');
    await configuration.update('mappings', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('asks a question a field with the guess first, saves the answers and reads the file at once', async () => {
    const question = `Why is the sky blue on a clear day (${path.basename(folder)})?`;
    fs.writeFileSync(path.join(folder, 'own.jsonl'), line(question));
    await vscode.commands.executeCommand('callsight.openLogFolder', vscode.Uri.file(folder));
    const source = await eventually('the source', async () =>
      (await rowsOf(trees.sources)).find(row => row.label === path.basename(folder)),
    );
    const file = await eventually('the file, with the offer to map it', async () =>
      (await rowsOf(trees.sources, source.node)).find(row => row.description.includes('map them')),
    );

    let isOver = false;
    const mapping = vscode.commands.executeCommand('callsight.mapFields', file.node);
    void Promise.resolve(mapping).finally(() => {
      isOver = true;
    });
    await eventually('the last question', async () => {
      // takes the first answer of the question that is asked; does nothing between two of them
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await sleep(100);
      return isOver;
    });

    const saved = vscode.workspace.getConfiguration('callsight').inspect('mappings');
    assert.deepEqual(saved?.workspaceValue, [
      {
        name: 'own.jsonl',
        fields: {
          prompt: 'q',
          response: 'a.text',
          model: 'm',
          inputTokens: 'tin',
          outputTokens: 'tout',
          durationS: 'wall',
          time: 'when',
        },
      },
    ]);
    await eventually('the call', async () =>
      (await allRows(trees.traces)).find(row => row.label.includes('sky blue')),
    );
  });
});
