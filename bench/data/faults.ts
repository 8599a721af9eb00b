import type { Random } from '../../test/fuzz/random';

/** What a line became instead of a record. */
export interface Fault {
  readonly kind: 'invalid' | 'blank';
  readonly line: string;
}

const minKept = 20; // characters of a line that was cut

const makers: readonly ((line: string, random: Random) => Fault)[] = [
  (line, random) => ({
    kind: 'invalid',
    line: line.slice(0, minKept + random.below(line.length - minKept - 1)),
  }),
  () => ({ kind: 'invalid', line: '  File "app.py", line 12, in <module>' }),
  () => ({ kind: 'blank', line: '' }),
  line => ({ kind: 'invalid', line: `{${line}` }),
  () => ({ kind: 'invalid', line: '["cut' }),
];

/**
 * What stands in a log when its writer dies, or something else prints into it. Not a whole record with something behind it:
 * Callsight keeps the record and skips the rest, who goes line by line refuses both, and neither is wrong.
 */
export function spoil(line: string, random: Random): Fault {
  return random.pick(makers)(line, random);
}
