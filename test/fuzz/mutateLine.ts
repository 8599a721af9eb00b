import type { Random } from './random';

/** Bytes that mean something in JSON, or nothing. */
const tellingBytes = Buffer.from('{}[]",:\\ 09aeEtfnu-.+/\t\r\0\u0001\u007fbx\u00e9\ufeff\u2028');
/** What a number may be that no reader should take for another one. */
const tellingNumbers: readonly string[] = [
  ...['9007199254740993', '12345678901234567890', '-9007199254740993', '1e400', '-1e400', '1E5'],
  ...['-0', '0.1', '1e-7', '01', '1.', '.5', '+1', '0x10', 'NaN', 'Infinity', '-', '4294967296'],
];
const tellingMembers: readonly string[] = [
  ...['"__proto__":{"model":"x","usage":{"prompt_tokens":7}}', '"constructor":{"prototype":1}'],
  ...['"":1', '"\\u0000":"x"', '"toString":null', '"__proto__":null', '"a":{"__proto__":[1]}'],
];

/** A line of JSON with one to three faults, or written in another way: whether it still is JSON, `JSON.parse` says. */
export function mutateLine(line: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  let mutated = line;
  const count = 1 + (random.below(4) === 0 ? random.below(3) : 0);
  for (let fault = 0; fault < count; fault++) {
    mutated = mutateOnce(mutated, random, others);
  }
  // a line feed would make two lines of it, which are less of a mutation each
  return mutated.includes(0x0a) ? Buffer.from(mutated.filter(byte => byte !== 0x0a)) : mutated;
}

function mutateOnce(line: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  const at = random.below(line.length + 1);
  const end = Math.min(line.length, at + 1 + random.below(12));
  const put = (piece: Uint8Array | string, upTo = at): Buffer =>
    Buffer.concat([line.subarray(0, at), Buffer.from(piece), line.subarray(upTo)]);
  const byte = (): Uint8Array =>
    Uint8Array.of(tellingBytes[random.below(tellingBytes.length)] ?? 0);
  return random.pick<() => Buffer>([
    () => put(byte(), at + 1),
    () => put(byte(), at + 1),
    () => put(byte()),
    () => put('', at + 1),
    () => put('', end),
    () => put(line.subarray(at, end)),
    () => put(Uint8Array.of((line[at] ?? 0) ^ (1 << random.below(8))), at + 1),
    () => line.subarray(0, at),
    () => Buffer.concat([line, random.pick(others)]),
    () => replaced(line, /"([A-Za-z])([A-Za-z_]*)":/g, random, escapedKey),
    () => replaced(line, /-?\d+(?:\.\d+)?(?=[,}\]])/g, random, () => random.pick(tellingNumbers)),
    () => replaced(line, /\{(?="|\})/g, random, () => `{${random.pick(tellingMembers)},`),
    () => replaced(line, /"[A-Za-z_]+":(?:"[^"\\]*"|-?\d+)(?=[,}])/g, random, twice),
    () =>
      replaced(line, /"[A-Za-z_]+":(?:"[^"\\]*"|-?\d+)(?=[,}])/g, random, member => {
        const other = /"[A-Za-z_]+":/.exec(random.pick(others).toString('latin1'));
        return `${other?.[0] ?? ''}${member.slice(member.indexOf(':') + 1)},${member}`;
      }),
    () =>
      replaced(line, /[,:]/g, random, sign => `${random.pick([' ', '\t', '\r', '  '])}${sign} `),
  ])();
}

/** The same key, of which `JSON.parse` makes the same text. */
function escapedKey(key: string): string {
  return `"\\u${key.charCodeAt(1).toString(16).padStart(4, '0')}${key.slice(2)}`;
}

function twice(member: string): string {
  return `${member},${member.replace(/\d(?=\D*$)/, '7')}`;
}

/** One place of those that the pattern finds is written in another way. */
function replaced(
  line: Buffer,
  pattern: RegExp,
  random: Random,
  write: (found: string) => string,
): Buffer {
  const text = line.toString('latin1');
  const places = [...text.matchAll(pattern)];
  if (places.length === 0) {
    return line;
  }
  const { 0: found, index } = random.pick(places);
  return Buffer.from(
    text.slice(0, index) + write(found) + text.slice(index + found.length),
    'latin1',
  );
}
