import { gramLength, slotAt } from './grams';
import { needOf } from './needOf';
import { patterns } from './patterns';
import { rarestTable } from './rarest.table';

/** By pattern: the runs of characters of which a text must have at least one, in one string. */
let known: ReadonlyMap<RegExp, string> | undefined;

/**
 * Slots of which a text must have at least one for a pattern to match; none: it may match anything. Of those patterns that
 * every message meets, the build has worked them out: that took a fresh thread 35 ms before its first error had a name.
 */
export function rarestOf(pattern: RegExp): readonly number[] {
  known ??= new Map(
    patterns.flatMap((each, index) => {
      const runs = rarestTable[index];
      return runs === undefined ? [] : [[each, runs]];
    }),
  );
  const runs = known.get(pattern) ?? readRarest(pattern);
  const slots: number[] = [];
  for (let index = 0; index < runs.length; index += gramLength) {
    slots.push(slotAt(runs, index));
  }
  return slots;
}

function readRarest(pattern: RegExp): string {
  return needOf(pattern)?.oneOf.join('') ?? '';
}

/** What `rarestTable` is; the build runs this. */
export function makeTable(): readonly string[] {
  return patterns.map(readRarest);
}
