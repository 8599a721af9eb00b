import fs from 'node:fs';
import path from 'node:path';
import type { Engine, EngineOptions } from '../engine/engine';
import type { Invocation } from './command';
import { UsageError } from './io';
import { readMappings } from './mappings';
import { ProblemPrinter } from './problems';

/** An engine that has read what the paths hold. */
export interface OpenLogs {
  readonly engine: Engine;
  /** What is wrong with the paths has been printed; it may change while they are followed. */
  readonly problems: ProblemPrinter;
  /** A file as it is printed: relative to PATH; with several, below the PATH it was found under. */
  readonly nameOf: (file: string) => string;
}

/** Opens the paths, reads them to the end, and closes the engine after `use`. Throws UsageError. */
export async function withLogs<Result>(
  invocation: Invocation,
  { prices = false, ...options }: EngineOptions,
  use: (logs: OpenLogs) => Promise<Result>,
): Promise<Result> {
  const { io, paths } = invocation;
  const [onlyPath] = paths;
  if (onlyPath === undefined) {
    throw new UsageError('say which file or folder to read');
  }
  const roots = paths.map(given => ({ given, absolute: path.resolve(io.cwd, given) }));
  for (const { given, absolute } of roots) {
    await assertReadable(given, absolute);
  }
  const map = invocation.option('map');
  const mappings = map === undefined ? undefined : await readMappings(map, io.cwd);
  const { createEngine, loadPrices } = await import('../engine/reading');
  if (prices) {
    await loadPrices();
  }
  const engine = createEngine({
    searchThread: io.searchThread,
    scanThread: io.scanThread,
    prices,
    ...options,
  });
  try {
    await engine.handlers.configure({ mappings });
    for (const { given, absolute } of roots) {
      const source = await engine.handlers.addSource({ path: absolute });
      if (source.state === 'missing' || source.state === 'unreadable') {
        throw new UsageError(`cannot read ${given}: ${source.message ?? source.state}`);
      }
    }
    await engine.handlers.whenIdle({});
    const problems = new ProblemPrinter(engine, io.stderr);
    problems.print();
    return await use({ engine, problems, nameOf: file => nameBelow(roots, file) });
  } finally {
    await engine.dispose();
  }
}

interface Root {
  readonly given: string;
  readonly absolute: string;
}

async function assertReadable(given: string, absolute: string): Promise<void> {
  try {
    const stats = await fs.promises.stat(absolute);
    if (!stats.isDirectory() && !stats.isFile()) {
      throw new UsageError(`cannot read ${given}: neither a file nor a folder`);
    }
    await fs.promises.access(absolute, fs.constants.R_OK);
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reasons: Record<string, string> = {
      ENOENT: 'there is no such file or folder',
      EACCES: 'permission denied',
    };
    const reason = reasons[String(code)] ?? (error instanceof Error ? error.message : String(code));
    throw new UsageError(`cannot read ${given}: ${reason}`, { cause: error });
  }
}

function nameBelow(roots: readonly Root[], file: string): string {
  for (const { given, absolute } of roots) {
    const relative = path.relative(absolute, file);
    if (relative === '') {
      return roots.length > 1 ? given : path.basename(file);
    }
    if (relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative)) {
      return roots.length > 1 ? path.join(given, relative) : relative;
    }
  }
  return file;
}
