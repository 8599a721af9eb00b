import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  FileReader,
  JsonFormat,
  LogFormat,
  ReadContext,
  Reading,
  TextFormat,
} from '../../../src/formats/format';
import { stripAnsi } from '../../../src/engine/read/ansi';
import { formats } from '../../../src/formats/index';

/** One record of a fixture and what the formats make of it. */
export interface ReadRecord {
  readonly line: number;
  readonly value: unknown;
  /** Formats that claim it, the fallback only when no other does. */
  readonly claimedBy: readonly LogFormat[];
  readonly reading?: Reading | undefined;
}

export const jsonFormats = formats.filter(
  (format): format is JsonFormat => format.container === 'json',
);
export const textFormats = formats.filter(
  (format): format is TextFormat => format.container === 'text',
);

/** Path of a fixture; tests run from the root of the repository. */
export function fixturePath(name: string): string {
  return path.resolve('test/fixtures', name);
}

const foldersWithoutLogs = new Set(['cli', 'findings', 'golden', 'mapping', 'rules']);

/** Every log among the fixtures, as `folder/file`; a new folder is in it by being there. */
export const logFixtures: readonly string[] = readdirSync(fixturePath('.'), { withFileTypes: true })
  .filter(entry => entry.isDirectory() && !foldersWithoutLogs.has(entry.name))
  .flatMap(({ name }) => readdirSync(fixturePath(name)).map(file => `${name}/${file}`))
  .sort();

/** Reads a fixture as the engine does, in the smallest way: a document, lines of JSON, or lines of text. */
export function readFixture(name: string, fileName = path.basename(name)): ReadRecord[] {
  return readText(readFileSync(fixturePath(name), 'utf8'), fileName);
}

export function readText(text: string, fileName: string): ReadRecord[] {
  const context: ReadContext = { fileName };
  const document = parse(text);
  if (document !== undefined) {
    return readDocument(document.value, context);
  }
  const lines = text.split(/\r?\n/);
  const isJson = lines.some(line => line.startsWith('{'));
  return isJson ? readJsonLines(lines, context) : readTextLines(lines.map(stripAnsi), context);
}

/** A list that no format claims as a whole is a record an element. */
function readDocument(value: unknown, context: ReadContext): ReadRecord[] {
  const whole = readValue(value, 1, context);
  const readers: Readers = new Map();
  return Array.isArray(value) && whole.claimedBy.length === 0
    ? value.map((element, index) => readValue(element, index + 1, context, readers))
    : [whole];
}

/** Readers of the formats that remember what a file said before. */
type Readers = Map<JsonFormat, FileReader>;

export function readValue(
  value: unknown,
  line: number,
  context: ReadContext,
  readers: Readers = new Map(),
): ReadRecord {
  const claims = (format: JsonFormat): boolean =>
    readers.get(format)?.matches?.(value) ?? format.matches(value, context);
  const specific = jsonFormats.filter(format => format.fallback !== true && claims(format));
  const general = jsonFormats.filter(format => format.fallback === true && claims(format));
  const claimedBy = specific.length > 0 ? specific : general;
  const [format] = claimedBy;
  return { line, value, claimedBy, reading: format && readWith(format, value, context, readers) };
}

function readWith(
  format: JsonFormat,
  value: unknown,
  context: ReadContext,
  readers: Readers,
): Reading {
  const reader = readers.get(format) ?? format.open?.(context);
  if (reader) {
    readers.set(format, reader);
  }
  return reader ? reader.read(value) : format.read(value, context);
}

/** Objects one a line, or printed over several lines one after the other. */
function readJsonLines(lines: readonly string[], context: ReadContext): ReadRecord[] {
  const records: ReadRecord[] = [];
  const readers: Readers = new Map();
  let open: { text: string; line: number } | undefined;
  for (const [index, line] of lines.entries()) {
    if (open === undefined && line.trim() === '') {
      continue;
    }
    open = open
      ? { text: `${open.text}\n${line}`, line: open.line }
      : { text: line, line: index + 1 };
    const parsed = parse(open.text);
    if (parsed !== undefined) {
      records.push(readValue(parsed.value, open.line, context, readers));
      open = undefined;
    }
  }
  return records;
}

function readTextLines(lines: readonly string[], context: ReadContext): ReadRecord[] {
  const framers = textFormats.map(format => ({ format, next: format.createFramer() }));
  const records: ReadRecord[] = [];
  let open: { lines: string[]; line: number; format: TextFormat } | undefined;
  const close = (): void => {
    if (open) {
      const value = open.lines.join('\n');
      records.push({
        line: open.line,
        value,
        claimedBy: [open.format],
        reading: open.format.read(value, context),
      });
      open = undefined;
    }
  };
  for (const [index, line] of lines.entries()) {
    const roles = framers.map(({ format, next }) => ({ format, role: next(line) }));
    const owner = roles.find(
      ({ format, role }) => role !== 'none' && (role === 'start' || format === open?.format),
    );
    if (owner?.role === 'start') {
      close();
      open = { lines: [line], line: index + 1, format: owner.format };
    } else if (owner && open) {
      open.lines.push(line);
      if (owner.role === 'end') {
        close();
      }
    }
  }
  close();
  return records;
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
