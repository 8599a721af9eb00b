import { type ListField, listsOf, longerLists, waysOfList, withLists } from './recordLists';
import type { TriedRecord } from './triedRecord';

/** Records with lists in more lists than these are parsed: each depth is a few trials more. */
const maxDepth = 10;

/** Whether it matters how long the lists of a record under trial are. */
export class ListTrial {
  /** Ways in which the lists can be made longer: those of one depth in each, for both of two within each other would be longer by square. */
  readonly ways: number;
  readonly isTooDeep: boolean;
  readonly #lists: readonly ListField[];

  constructor(private readonly record: TriedRecord) {
    this.#lists = listsOf(record.value, record.paths).filter(list => waysOf(list) > 0);
    const depths = Math.max(0, ...this.#lists.map(({ depth }) => depth + 1));
    this.ways = depths * waysOfList;
    this.isTooDeep = depths > maxDepth;
  }

  /** The record with the same lists and other values, its lists of one depth longer. */
  longer(changed: unknown, way: number): unknown {
    const depth = Math.floor(way / waysOfList);
    const lists = this.#lists.filter(list => list.depth === depth);
    return longer(changed, lists, way % waysOfList);
  }

  /** Lists in which only the sorts of elements matter may be longer; in others what comes after the last one that was looked at. */
  judge(): 'free' | 'again' | 'plain' {
    const told = this.#lists.find(list => !this.#isFree(list));
    if (told === undefined) {
      return 'free';
    }
    if (told.field.isOrdered) {
      return 'plain';
    }
    this.record.paths.change(told.field, { isOrdered: true });
    return 'again';
  }

  #isFree(list: ListField): boolean {
    for (let way = 0; way < waysOf(list); way++) {
      if (!this.record.isLike(this.record.read(longer(this.record.value, [list], way)))) {
        return false;
      }
    }
    return true;
  }
}

function waysOf({ field, values }: ListField): number {
  return Math.max(0, ...values.map(list => longerLists(list, field).length));
}

function longer(record: unknown, lists: readonly ListField[], way: number): unknown {
  let longest = record;
  for (const { field } of lists) {
    longest = withLists(longest, field.path, list => longerLists(list, field)[way] ?? list);
  }
  return longest;
}
