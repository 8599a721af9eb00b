import { type ListField, listsOf, longerLists, withList } from './recordLists';
import type { TriedRecord } from './triedRecord';

/** Whether it matters how long the lists of a record under trial are. */
export class ListTrial {
  /** Ways in which the lists can be made longer. */
  readonly ways: number;
  readonly #lists: readonly ListField[];

  constructor(private readonly record: TriedRecord) {
    this.#lists = listsOf(record.value, [], record.paths);
    this.ways = waysOf(this.#lists);
  }

  /** The record with the same lists and other values, all of its lists longer in one of the ways. */
  longer(changed: unknown, way: number): unknown {
    return longer(changed, this.#lists, way);
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
    for (let way = 0; way < waysOf([list]); way++) {
      if (!this.record.isLike(this.record.read(longer(this.record.value, [list], way)))) {
        return false;
      }
    }
    return true;
  }
}

function waysOf(lists: readonly ListField[]): number {
  return Math.max(0, ...lists.map(({ field, value }) => longerLists(value, field).length));
}

function longer(record: unknown, lists: readonly ListField[], way: number): unknown {
  let longest = record;
  for (const { field } of lists) {
    longest = withList(longest, field.path, list => longerLists(list, field)[way] ?? list);
  }
  return longest;
}
