import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { assemblyScript } from '../../../scripts/lib/assembly-script.mjs';
import { withoutDocs } from '../../../scripts/lib/without-docs.mjs';
import { formats } from '../../../src/formats/index';

describe('the formats of a bundle', () => {
  it('are all there, without the texts of their rows of docs/formats.md', async () => {
    const { outputFiles } = await build({
      entryPoints: ['src/formats/index.ts', 'src/formats/mapped.ts'],
      outdir: 'out',
      bundle: true,
      write: false,
      charset: 'utf8',
      platform: 'node',
      logLevel: 'silent',
      plugins: [assemblyScript, withoutDocs],
    });
    const code = outputFiles.map(({ text }) => text).join('\n');
    for (const { id, title, docs } of formats) {
      assert.ok(code.includes(`id: "${id}"`), id);
      assert.ok(docs.writtenBy.length > 0 && docs.recognisedBy.length > 0, title);
    }
    assert.doesNotMatch(code, /\b(?:writtenBy|recognisedBy|docs): ?["`{]/);
  });
});
