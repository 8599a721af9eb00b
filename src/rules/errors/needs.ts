import { gramLength, slotAt } from './grams';
import { type MayMatch, type Need, rarestRuns, testOf } from './need';
import { needOf } from './needOf';
import { needTable } from './needs.table';
import { patterns } from './patterns';

/**
 * By pattern its place in the table. Of those patterns that every message meets, the build has worked out what they need: that took a fresh
 * thread 45 ms before its first error had a name.
 */
let places: ReadonlyMap<RegExp, number> | undefined;

function placeOf(pattern: RegExp): number {
  places ??= new Map(needTable.needs.flatMap((_need, index) => entryOf(index)));
  return places.get(pattern) ?? -1;
}

function entryOf(index: number): readonly (readonly [RegExp, number])[] {
  const pattern = patterns[index];
  return pattern === undefined ? [] : [[pattern, index]];
}

/** Slots of which a text must have at least one for a pattern to match; none: it may match anything. */
export function rarestOf(pattern: RegExp): readonly number[] {
  const runs = needTable.rarest[placeOf(pattern)] ?? rarestRuns(needOf(pattern)).join('');
  const slots: number[] = [];
  for (let index = 0; index < runs.length; index += gramLength) {
    slots.push(slotAt(runs, index));
  }
  return slots;
}

/** All that a pattern needs, each branch of it by itself. */
export function testFor(pattern: RegExp): MayMatch {
  const known = needTable.needs[placeOf(pattern)];
  // the build wrote down what `needOf` gave it
  return testOf(known === undefined ? needOf(pattern) : (JSON.parse(known) as Need));
}

/** What `needTable` is; the build runs this. */
export function makeTable(): typeof needTable {
  const needs = patterns.map(needOf);
  return {
    rarest: needs.map(need => rarestRuns(need).join('')),
    needs: needs.map(need => JSON.stringify(need)),
  };
}
