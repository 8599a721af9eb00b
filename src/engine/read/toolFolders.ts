import path from 'node:path';

/** Folders of tools, full of files and never of logs; skipped below the folder that was asked for. */
export const toolFolders: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'site-packages',
  '.git',
  '.hg',
  '.svn',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.next',
  '.nuxt',
  '.turbo',
  '.gradle',
  'dist',
  'build',
  'target',
]);

/** Whether the walk passes this path by because it lies in a folder of a tool. */
export function isInToolFolder(root: string, file: string): boolean {
  return path
    .relative(root, path.dirname(file))
    .split(path.sep)
    .some(part => toolFolders.has(part));
}
