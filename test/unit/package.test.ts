import assert from 'node:assert/strict';
import fs from 'node:fs';
import { formats } from '../../src/formats/index';
import { expectedFiles, listPackageFiles } from '../../scripts/lib/package.mjs';

interface Manifest {
  readonly main: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
}

describe('the package', () => {
  // our own file: what it must hold is what the tests below look for
  const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;
  const expected = expectedFiles();

  it('would hold no file that scripts/vsix-files.txt does not list', async function () {
    this.timeout(60_000);
    const files = await listPackageFiles();
    assert.deepEqual(
      files.filter(file => !expected.includes(file)),
      [],
    );
    const inRepository = expected.filter(file => !file.startsWith('dist/'));
    assert.deepEqual(
      inRepository.filter(file => !files.includes(file)),
      [],
    );
  });

  it('holds what the manifest starts', () => {
    const started = [manifest.main, ...Object.values(manifest.bin)];
    for (const file of started) {
      assert.ok(expected.includes(file.replace('./', '')), file);
    }
  });

  it('would give whoever wants the command line alone all of its bundles', () => {
    const ignored = fs.readFileSync('.npmignore', 'utf8').split('\n');
    const ofVscode = ['dist/extension.js', 'dist/engine.js'];
    const bundles = expected.filter(file => /^dist\/[a-z]+\.js$/.test(file));
    assert.ok(bundles.length > ofVscode.length);
    assert.deepEqual(
      bundles.filter(file => !ofVscode.includes(file) && !ignored.includes(`!/${file}`)),
      [],
    );
  });

  it('says in its README how many formats it reads', () => {
    const readme = fs.readFileSync('README.md', 'utf8');
    assert.match(readme, new RegExp(`^${formats.length} formats, `, 'm'));
  });

  it('is compiled against the VS Code it promises to run in, so that no newer API slips in', () => {
    const promised = /^\^(\d+\.\d+)\./.exec(manifest.engines.vscode)?.[1];
    const compiled = /^(\d+\.\d+)\./.exec(manifest.devDependencies['@types/vscode'] ?? '')?.[1];
    assert.equal(compiled, promised);
  });
});
