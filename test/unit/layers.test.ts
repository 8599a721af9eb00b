import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Who may import whom: our own folders, npm packages, `node:` for all of node. A folder may always import itself.
 * This table is the rule; docs/architecture.md explains it.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/model': ['zod'],
  'src/formats': ['src/model'],
  'src/rules': ['src/model', 'src/analysis', 'lru-cache'],
  'src/analysis': ['src/model', '@pydantic/genai-prices'],
  'src/protocol': ['src/model', 'zod'],
  'src/engine': [
    'src/model',
    'src/formats',
    'src/rules',
    'src/analysis',
    'src/protocol',
    'node:',
    'chokidar',
    'lru-cache',
    'zod',
  ],
  'src/cli': ['src/engine', 'src/protocol', 'src/model', 'src/analysis', 'src/rules', 'node:'],
  'src/host': ['src/model', 'src/protocol', 'src/analysis', 'src/rules', 'vscode', 'node:', 'zod'],
  'src/extension.ts': ['src/host', 'vscode'],
  media: [
    'src/model',
    'src/protocol',
    'lit',
    '@tanstack/virtual-core',
    '@lezer/highlight',
    '@lezer/json',
    'markdown-it',
    'dompurify',
    '@vscode/codicons',
  ],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function listSources(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => path.posix.join(folder, name.replaceAll('\\', '/')))
    .filter(name => /\.(ts|css)$/.test(name));
}

/** The row of the table that a file or an import target belongs to; a package is its own row. */
function layerOf(name: string): string {
  return (
    Object.keys(mayImport).find(layer => name === layer || name.startsWith(`${layer}/`)) ?? name
  );
}

function readImports(file: string): Import[] {
  const text = fs.readFileSync(file, 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
  const found: Import[] = [];
  const forms = [
    /^\s*(?:import|export)(\s+type)?\s[^;'"]*?from\s*'([^']+)'/gm,
    /^\s*(?:import|@import)(\s+type)?\s+['"]([^'"]+)['"]/gm,
    /\b(?:import|require)(\s+type)?\(\s*['"]([^'"]+)['"]/g,
  ];
  for (const form of forms) {
    for (const [, type, target = ''] of text.matchAll(form)) {
      const resolved = target.startsWith('.')
        ? path.posix.join(path.posix.dirname(file), target)
        : target;
      found.push({ file, target: resolved, typeOnly: type !== undefined });
    }
  }
  return found;
}

function isAllowed({ file, target }: Import): boolean {
  const from = layerOf(file);
  const to = layerOf(target === 'src/extension' ? 'src/extension.ts' : target);
  const allowed = mayImport[from] ?? [];
  return (
    from === to ||
    allowed.some(name => to === name || to.startsWith(name.endsWith(':') ? name : `${name}/`))
  );
}

describe('layers', () => {
  const imports = ['src', 'media'].flatMap(listSources).flatMap(readImports);

  it('reads the imports it judges', () => {
    assert.ok(imports.some(({ target }) => target === 'zod/mini'));
    assert.ok(imports.some(({ target }) => target.startsWith('src/model/')));
  });

  it('lets a folder import only what its row of the table says', () => {
    const wrong = imports.filter(each => !isAllowed(each));
    assert.deepEqual(
      wrong.map(({ file, target }) => `${file} must not import ${target}`),
      [],
    );
  });

  it('has every source file in a folder of the table', () => {
    const homeless = ['src', 'media'].flatMap(listSources).filter(file => layerOf(file) === file);
    assert.deepEqual(
      homeless.filter(file => !(file in mayImport)),
      [],
    );
  });

  it('gives the webview only types of the contracts', () => {
    const values = imports.filter(
      ({ file, target, typeOnly }) =>
        file.startsWith('media/') && /^src\/protocol\/(?!rpc$)/.test(target) && !typeOnly,
    );
    assert.deepEqual(
      values.map(({ file, target }) => `${file} must import ${target} by "import type"`),
      [],
    );
  });

  it('keeps zod and node out of the webview bundle', async () => {
    const { metafile } = await build({
      entryPoints: ['media/main.ts'],
      bundle: true,
      write: false,
      metafile: true,
      outdir: 'out',
      loader: { '.ttf': 'empty' },
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs);
    assert.ok(inputs.includes('media/main.ts'));
    assert.deepEqual(
      inputs.filter(name => /node_modules\/zod\/|^src\/(engine|host|cli)\//.test(name)),
      [],
    );
  });
});
