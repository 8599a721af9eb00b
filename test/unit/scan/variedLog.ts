import { mutateJson } from '../../fuzz/mutateJson';
import type { Random } from '../../fuzz/random';

const usualBytes = 60 * 1024; // more than the parser reads line by line

/** A log of records like the given ones, long enough to be scanned: other ids and figures, and some faults. */
export function variedLog(
  records: readonly unknown[],
  random: Random,
  faults: boolean,
  wantedBytes = usualBytes,
): Buffer {
  const lines: Buffer[] = [];
  for (let size = 0; size < wantedBytes;) {
    const record = random.pick(records);
    const isFaulty = faults && random.below(12) === 0;
    const value = isFaulty ? mutateJson(record, random, records) : varied(record, random);
    const line = Buffer.from(
      random.below(6) === 0 ? repetitive(value, random) : JSON.stringify(value),
    );
    lines.push(faults && random.below(25) === 0 ? damaged(line, random) : line);
    size += line.length + 1;
  }
  return Buffer.from(
    lines
      .map(line => line.toString('latin1'))
      .join('\n')
      .concat('\n'),
    'latin1',
  );
}

function varied(value: unknown, random: Random): unknown {
  if (typeof value === 'string') {
    return random.below(3) === 0 ? value : otherText(value, random);
  }
  if (typeof value === 'number') {
    return otherNumber(value, random);
  }
  if (Array.isArray(value)) {
    const elements = value.map(element => varied(element, random));
    return random.below(8) === 0 ? [...elements, ...elements.slice(0, 2)] : elements;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, varied(inner, random)] as const,
  );
  return Object.fromEntries(inSomeOrder(entries, random));
}

function inSomeOrder<Item>(items: readonly Item[], random: Random): readonly Item[] {
  switch (random.below(8)) {
    case 0:
      return items.toReversed();
    case 1:
      return random.shuffled(items);
    default:
      return items;
  }
}

/** As JSON in which some keys stand twice in an object: the last one counts. `limit`: objects of which that may be so. */
function repetitive(value: unknown, random: Random, limit = { left: 3 }): string {
  if (Array.isArray(value)) {
    return `[${value.map(element => repetitive(element, random, limit)).join()}]`;
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const entries = Object.entries(value);
  const members = entries.map(([key, inner]) => memberOf(key, repetitive(inner, random, limit)));
  if (entries.length > 0 && limit.left > 0 && random.below(3) === 0) {
    limit.left--;
    const [key, inner] = random.pick(entries);
    const other = random.below(2) === 0 ? varied(inner, random) : random.pick(entries)[1];
    members.splice(random.below(members.length + 1), 0, memberOf(key, JSON.stringify(other)));
  }
  return `{${members.join()}}`;
}

function memberOf(key: string, json: string): string {
  return `${JSON.stringify(key)}:${json}`;
}

/** A log of records in which numbers are equal, or one the sum of others, much more often than by chance. */
export function summedLog(
  records: readonly unknown[],
  random: Random,
  wantedBytes: number,
): Buffer {
  const lines: string[] = [];
  for (let size = 0; size < wantedBytes;) {
    const record = varied(random.pick(records), random);
    addUp(record, random);
    const line = `${JSON.stringify(record)}\n`;
    lines.push(line);
    size += line.length;
  }
  return Buffer.from(lines.join(''));
}

/** Below an object and those in it. */
function addUp(value: unknown, random: Random): void {
  const numbers = numbersBelow(value);
  if (numbers.length > 1 && random.below(2) === 0) {
    const [total, ...parts] = random.shuffled(numbers).slice(0, 2 + random.below(3));
    total?.set(parts.reduce((sum, part) => sum + part.value, 0));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    Object.values(value).forEach(inner => addUp(inner, random));
  }
}

interface NumberPlace {
  readonly value: number;
  set(value: number): void;
}

function numbersBelow(value: unknown): readonly NumberPlace[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]): readonly NumberPlace[] =>
    typeof inner === 'number'
      ? [{ value: inner, set: other => void Reflect.set(value, key, other) }]
      : numbersBelow(inner),
  );
}

/** Other digits, mostly: names and words of a log stay the same. */
function otherText(text: string, random: Random): string {
  switch (random.below(20)) {
    case 0:
      return '';
    case 1:
      return ` ${text}`;
    case 2:
      return `${text} "${'wörter '.repeat(random.below(40))}"`;
    case 3:
      return text.slice(0, random.below(text.length + 1));
    default:
      return text.replaceAll(/\d/g, digit => (digit === '0' ? digit : String(1 + random.below(9))));
  }
}

function otherNumber(number: number, random: Random): number {
  switch (random.below(12)) {
    case 0:
      return 0;
    case 1:
      return -number;
    case 2:
      return number / 7;
    case 3:
      return number * 1e9;
    case 4:
      return random.below(1000);
    default:
      return Number.isInteger(number) && number > 0
        ? random.below(2 * number) + 1
        : Math.round(number * (0.5 + random.below(100) / 100) * 1000) / 1000;
  }
}

/** One byte of the line is another one. */
function damaged(line: Buffer, random: Random): Buffer {
  const copy = Buffer.from(line);
  const at = random.below(copy.length);
  const bytes = Buffer.from('{}[]",:\\ 09aeEtfn-.+\n\r\t\u0001u\u00e9\u00ff', 'latin1');
  copy[at] = bytes[random.below(bytes.length)] ?? 0;
  return copy;
}
