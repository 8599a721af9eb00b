import assert from 'node:assert/strict';
import fs from 'node:fs';
import zlib from 'node:zlib';
import { discoverLogs } from '../../../src/engine/read/discover';
import { zipOf } from './packed/zipWriter';
import { FollowedFolder, lines } from './folder';
import { testFormats } from './testFormats';

describe('discoverLogs', () => {
  let folder: FollowedFolder;
  beforeEach(() => {
    folder = new FollowedFolder();
  });
  afterEach(() => folder.dispose());

  it('finds folders with logs by what is in the files', async () => {
    for (const name of ['logs', 'src', 'more/deep', 'packed', 'node_modules/x']) {
      fs.mkdirSync(folder.path(name), { recursive: true });
    }
    folder.append('logs/one', lines(1, 2));
    folder.append('logs/two.log', 'noise\n2026-01-01 x\n');
    folder.append('logs/notes.md', '# Notes\n');
    folder.append('src/main.ts', 'export const a = {\n};\n');
    folder.append('src/package.json', '{\n "name": "x"\n}\n');
    folder.append('more/deep/doc.json', `[\n{"role":"user"},\n"${'x'.repeat(200_000)}"\n]`);
    folder.append('packed/a.jsonl.gz', zlib.gzipSync(lines(1)));
    folder.append(
      'packed/b.zip',
      zipOf([
        { name: 'readme.md', content: 'words' },
        { name: 'x/b.jsonl', content: lines(1) },
      ]),
    );
    folder.append('packed/words.zip', zipOf([{ name: 'b.json', content: '{"no":"log"}' }]));
    folder.append('node_modules/x/a.jsonl', lines(1));
    assert.deepEqual(await discoverLogs(folder.root, testFormats), [
      { path: folder.path('logs'), files: 2, formats: ['dated', 'with-id'] },
      { path: folder.path('packed'), files: 2, formats: ['with-id'] },
      { path: folder.path('more/deep'), files: 1, formats: ['conversation'] },
    ]);
  });
});
