import fs from 'node:fs';
import path from 'node:path';
import { variedCopy, type Growth } from './varied';

/** What is written again and again: the lines of a file, the elements of a document's largest list, or all files of a folder. */
export interface Seed {
  readonly name: string;
  readonly kind: 'lines' | 'document' | 'folder';
  /** Absolute; of a folder all files below it. */
  readonly files: readonly string[];
}

const maxFiles = 2000; // each costs more than what is in it

/** All logs below a folder, and its folders that hold a document or more than one file, since some tools write a conversation so. */
export function listSeeds(root: string, ignored: ReadonlySet<string>): readonly Seed[] {
  const files = fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .filter(file => !ignored.has(nameBelow(root, file).split('/')[0] ?? ''))
    .sort();
  const single = files.map((file): Seed => ({
    name: nameBelow(root, file),
    kind: isDocument(fs.readFileSync(file, 'utf8')) ? 'document' : 'lines',
    files: [file],
  }));
  const documents = single.filter(({ kind }) => kind === 'document');
  const folders = new Set(documents.map(({ files: [file = ''] }) => path.dirname(file)));
  const together = [...folders].map((folder): Seed => ({
    name: `${nameBelow(root, folder)}/`,
    kind: 'folder',
    files: files.filter(file => file.startsWith(folder + path.sep)),
  }));
  return [...single, ...together];
}

/** Writes what a seed becomes when it is written until there are so many bytes, into a folder that is new or empty. */
export function writeGrown(seed: Seed, growth: Growth, bytes: number, target: string): void {
  fs.mkdirSync(target, { recursive: true });
  if (seed.kind === 'folder') {
    writeFolders(seed, growth, bytes, target);
    return;
  }
  const [file = ''] = seed.files;
  const text = fs.readFileSync(file, 'utf8');
  const grown = seed.kind === 'lines' ? grownLines : grownDocument;
  fs.writeFileSync(path.join(target, path.basename(file)), grown(text, growth, bytes));
}

export function grownLines(text: string, growth: Growth, bytes: number): string {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  return copies(whole, growth, bytes).join('');
}

/** A document whose largest list goes on. One without a list is written anew, one after the other. */
export function grownDocument(text: string, growth: Growth, bytes: number): string {
  const document: unknown = JSON.parse(text);
  const list = largestList(document);
  if (list === undefined) {
    return grownLines(JSON.stringify(document), growth, bytes);
  }
  const elements = JSON.stringify(list);
  // each is the text of a list, with other ids
  const more = copies(elements, growth, bytes).flatMap(copy => JSON.parse(copy) as unknown[]);
  list.splice(0, list.length);
  more.forEach(element => list.push(element));
  return `${JSON.stringify(document)}\n`;
}

function copies(text: string, growth: Growth, bytes: number): readonly string[] {
  const count = Math.ceil(bytes / Math.max(1, text.length));
  return Array.from({ length: count }, (_, copy) => variedCopy(text, copy, growth));
}

function writeFolders(seed: Seed, growth: Growth, bytes: number, target: string): void {
  const sizes = seed.files.map(file => fs.statSync(file).size);
  const size = sizes.reduce((sum, each) => sum + each, 0);
  const count = Math.min(Math.ceil(bytes / size), Math.ceil(maxFiles / seed.files.length));
  const common = path.dirname(seed.files[0] ?? '');
  for (let copy = 0; copy < count; copy++) {
    for (const file of seed.files) {
      const place = path.join(target, String(copy), path.relative(common, file));
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, variedCopy(fs.readFileSync(file, 'utf8'), copy, growth));
    }
  }
}

/** The list of a document that takes most room; of lists within lists the outer one. */
function largestList(document: unknown): unknown[] | undefined {
  if (Array.isArray(document)) {
    // of what `JSON.parse` made
    return document.length > 0 ? (document as unknown[]) : undefined;
  }
  const inner = typeof document === 'object' && document !== null ? Object.values(document) : [];
  const room = (list: unknown[]) => JSON.stringify(list).length;
  return inner
    .flatMap(value => {
      const list = largestList(value);
      return list === undefined ? [] : [list];
    })
    .toSorted((one, other) => room(other) - room(one))[0];
}

function isDocument(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) {
    return false;
  }
  try {
    JSON.parse(text);
    return text.trimEnd().includes('\n') || text.trimStart().startsWith('[');
  } catch {
    return false;
  }
}

function nameBelow(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/');
}
