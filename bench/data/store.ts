import fs from 'node:fs';
import path from 'node:path';
import { root, say } from '../../scripts/lib/process.mjs';
import { type ConversationTotals, writeConversations } from './conversations';
import { type ContentVariant, type SmallVariant, writeContentLog, writeSmallLog } from './logs';
import type { Totals } from './totals';

/** Where everything lies that the benchmarks make or fetch; ignored by git and by the packages. */
export const benchFolder = path.join(root, 'bench/.data');

/** To be raised when the generator writes other bytes. */
const revision = 4;
const seed = 'callsight 1';
const megabyte = 1024 * 1024;

/** A log that was generated, and what is true of it. */
export interface Generated<T = Totals> {
  /** Holds the log and nothing else. */
  readonly folder: string;
  readonly totals: T;
}

export function contentLog(megabytes: number, variant: ContentVariant = 'plain'): Generated {
  const name = `content-${megabytes}MB${variant === 'plain' ? '' : `-${variant}`}`;
  return generate(name, folder => writeContentLog(folder, megabytes * megabyte, variant, seed));
}

export function smallLog(lines: number, variant: SmallVariant = 'plain'): Generated {
  return generate(`small-${lines}-${variant}`, folder =>
    writeSmallLog(folder, lines, variant, seed),
  );
}

export function conversationFiles(files: number, folders: number): Generated<ConversationTotals> {
  return generate(`conversations-${files}-in-${folders}`, folder =>
    writeConversations(folder, files, folders, seed),
  );
}

/** All files of a log, in the order of their names. */
export function filesOf({ folder }: Generated<unknown>): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Written once and kept. The totals lie beside the log, not in it: the folder is what is read. */
function generate<T>(name: string, write: (folder: string) => T): Generated<T> {
  const place = path.join(benchFolder, `${name}-r${revision}`);
  const folder = path.join(place, 'logs');
  const totalsFile = path.join(place, 'totals.json');
  if (!fs.existsSync(totalsFile)) {
    say(`generating ${path.relative(root, place)}`);
    forgetOthers(name);
    fs.mkdirSync(folder, { recursive: true });
    const totals = write(folder);
    // last, and whole: what an interrupted run leaves is made anew
    fs.writeFileSync(`${totalsFile}.new`, JSON.stringify(totals, undefined, 2));
    fs.renameSync(`${totalsFile}.new`, totalsFile);
  }
  // our own words: written above, now or in a run before
  const totals = JSON.parse(fs.readFileSync(totalsFile, 'utf8')) as T;
  return { folder, totals };
}

/** What an older generator has written, or an interrupted run. */
function forgetOthers(name: string): void {
  const old = fs.existsSync(benchFolder) ? fs.readdirSync(benchFolder) : [];
  for (const each of old.filter(entry => entry.startsWith(`${name}-r`))) {
    fs.rmSync(path.join(benchFolder, each), { recursive: true, force: true });
  }
}
