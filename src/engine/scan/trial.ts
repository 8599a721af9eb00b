import { toTime } from '../../formats/fields/time';
import type { SpanPatch } from '../../model/span';
import type { FieldPath, FieldPaths, Magnitude } from './fieldPaths';
import { isSameButForText, isSamePatch } from './patches';
import { patchOf, type Plan, type SlotValues } from './plan';
import { derivePlan, type SlotPair } from './planDerivation';
import { type Leaf, leavesOf, replaceLeaves } from './recordLeaves';
import { listsOf, longerLists, withList } from './recordLists';
import { isTimeText, nonsense, numbers, otherNumber, scramble, words } from './sentinels';
import type { WordsOfShape } from './shapeWords';

/** `again`: the fields are told apart in another way now, so the line has another shape. */
export type Learnt = Plan | 'plain' | 'again';

/** With other values of the same kinds: what a plan says of a record must be what its format says. */
const trials = words.length;

/** What the format makes of a record like the one under trial. */
type Read = (record: unknown) => SpanPatch | 'other' | undefined;

/** One record under trial. */
export class Trial {
  readonly #leaves: readonly Leaf[];

  constructor(
    private readonly record: unknown,
    private readonly patch: SpanPatch | undefined,
    private readonly format: number,
    private readonly paths: FieldPaths,
    private readonly words: WordsOfShape,
    private readonly read: Read,
  ) {
    this.#leaves = leavesOf(record, paths);
  }

  run(): Learnt {
    const judged = this.#judgeWords();
    if (judged !== undefined) {
      return judged;
    }
    const plan = this.#derive();
    if (plan === undefined) {
      return this.#findCulprit(() => this.patch, 1);
    }
    for (let round = 2; round < 2 + trials; round++) {
      const changed = this.#changed(round, () => true);
      const said = this.read(changed.record);
      if (said === 'other' || !isSamePatch(said, patchOf(plan, changed.values))) {
        return this.#findCulprit(values => patchOf(plan, values), round);
      }
    }
    return this.#isFreeOfLengths(plan);
  }

  /** Words that are read like any other are no part of a shape. */
  #judgeWords(): 'again' | undefined {
    let hasNews = false;
    for (const { field, value } of this.#leaves) {
      const isFew = field.reading === 'word' || field.reading === 'label';
      if (isFew && !this.paths.addLabel(field, String(value))) {
        this.paths.change(field, { reading: 'opaque' });
        hasNews = true;
      }
    }
    hasNews = this.#judgeOwnWords() || hasNews;
    this.#judgeOtherWords();
    return hasNews ? 'again' : undefined;
  }

  /** Those of the line: in one go if they have not mattered in any other, else one by one. True when there are some that do not matter. */
  #judgeOwnWords(): boolean {
    const open = this.#leaves.flatMap(({ field, value }) =>
      field.reading === 'word' && typeof value === 'string' && this.words.isOpen(field, value)
        ? [{ field, word: value }]
        : [],
    );
    const quiet = open.filter(({ field, word }) => !this.words.hasMattered(field, word));
    const fields = quiet.map(({ field }) => field);
    const texts = quiet.map(({ word }) => word);
    const areQuiet =
      quiet.length > 1 && this.#areLikeAny(fields, texts, this.#readNonsense(fields));
    let hasNews = false;
    for (const { field, word } of open) {
      const isLikeAny = (areQuiet && fields.includes(field)) || this.#isLikeAny(field, word);
      this.words.note(field, word, isLikeAny);
      hasNews ||= isLikeAny;
    }
    return hasNews;
  }

  /**
   * Words that other lines have had at these fields are judged along, so that not each of them costs a look at a line of its own: one of
   * each field in one go, and one by one where that does not come out.
   */
  #judgeOtherWords(): void {
    const open = [...new Set(this.#leaves.map(leaf => leaf.field))]
      .filter(field => field.reading === 'word')
      .map(field => ({ field, words: this.words.openWords(field) }))
      .filter(({ words: known }) => known.length > 0);
    const rounds = Math.max(0, ...open.map(({ words: known }) => known.length));
    const fields = open.map(({ field }) => field);
    const plain = this.#readNonsense(fields);
    for (let round = 0; round < rounds; round++) {
      const tried = open.map(({ words: known }) => known[Math.min(round, known.length - 1)] ?? '');
      const areAll = this.#areLikeAny(fields, tried, plain);
      fields.forEach((field, index) => {
        const word = tried[index] ?? '';
        const isLikeAny = areAll || (fields.length > 1 && this.#isLikeAny(field, word));
        this.words.note(field, word, isLikeAny);
      });
    }
  }

  #isLikeAny(field: FieldPath, word: string): boolean {
    return this.#areLikeAny([field], [word], this.#readNonsense([field]));
  }

  /**
   * Whether words are read like nonsense, but for being repeated in the patch. Where there is no patch, any word may be why. `plain`:
   * what was made of nonsense at these fields.
   */
  #areLikeAny(
    fields: readonly FieldPath[],
    tried: readonly string[],
    plain: readonly (SpanPatch | 'other' | undefined)[],
  ): boolean {
    const patch = this.#readWith(fields, tried);
    return (
      patch !== undefined &&
      patch !== 'other' &&
      plain.every(
        (said, index) =>
          said !== undefined &&
          said !== 'other' &&
          isSameButForText(patch, said, tried, nonsense[index] ?? ''),
      )
    );
  }

  #readNonsense(fields: readonly FieldPath[]): readonly (SpanPatch | 'other' | undefined)[] {
    return nonsense.map(other =>
      this.#readWith(
        fields,
        fields.map(() => other),
      ),
    );
  }

  /** What is made of the record with these texts at these fields. */
  #readWith(
    fields: readonly FieldPath[],
    texts: readonly string[],
  ): SpanPatch | 'other' | undefined {
    return this.read(
      replaceLeaves(
        this.record,
        this.paths,
        ({ field, value }) => texts[fields.indexOf(field)] ?? value,
      ),
    );
  }

  #derive(): Plan | undefined {
    if (this.patch === undefined) {
      const said = this.read(this.#changed(1, () => true).record);
      return said === undefined
        ? { format: this.format, constant: undefined, texts: [], numbers: [] }
        : undefined;
    }
    const changed = this.#changed(1, () => true);
    const said = this.read(changed.record);
    if (said === 'other' || said === undefined) {
      return undefined;
    }
    return derivePlan(this.format, [this.patch, said], changed.pairs);
  }

  /** The record with other values at the fields that vary, and what would be in their slots. */
  #changed(
    round: number,
    isChanged: (field: FieldPath) => boolean,
  ): {
    readonly record: unknown;
    readonly values: SlotValues;
    readonly pairs: readonly SlotPair[];
  } {
    const pairs = new Map<number, SlotPair>();
    let count = 0;
    const record = replaceLeaves(this.record, this.paths, leaf => {
      const { field, value } = leaf;
      // a field has the same value whether the others are changed or not
      const place = count++;
      const other = isChanged(field) ? this.#other(leaf, round, place) : value;
      const isKept = field.reading === 'kind' || field.reading === 'word';
      if (field.slot !== undefined && isKept) {
        pairs.set(field.slot, pairOf(field, field.slot, value, other));
      }
      return other;
    });
    const values: SlotValues = {
      text: slot => pairs.get(slot)?.texts?.[1] ?? '',
      number: slot => pairs.get(slot)?.numbers?.[1] ?? Number.NaN,
    };
    return { record, values, pairs: [...pairs.values()] };
  }

  /** In every second round the values of a record fall where they rise in the others: what is compared comes in both orders. */
  #other(leaf: Leaf, round: number, count: number): string | number {
    const step = 3 * (round % 2 === 0 ? count : this.#leaves.length - count);
    const { field, value } = leaf;
    const isFixed = field.reading === 'word' && !this.words.isNeutral(field, String(value));
    if (field.reading === 'opaque' && typeof value === 'string') {
      // in as many rounds as there are words, each of them once
      return value.trim() === '' ? value : (words[(round + count) % words.length] ?? value);
    }
    return isFixed ? value : otherValue(leaf, round + step);
  }

  /**
   * The fields that are not read as was thought are told apart more finely from now on. Where what is made of one field depends on
   * others, all of them look to blame: those that are told apart least are refined, and the rest is seen with them again.
   */
  #findCulprit(expected: (values: SlotValues) => SpanPatch | undefined, round: number): Learnt {
    const culprits = [...new Set(this.#leaves.map(leaf => leaf.field))].filter(field => {
      const changed = this.#changed(round, other => other === field);
      const said = this.read(changed.record);
      const isFine =
        said !== 'other' &&
        (isSamePatch(said, expected(changed.values)) || this.#passes(said, changed.pairs));
      return !isFine && !field.isInArray;
    });
    for (const refine of [this.#toKind, this.#toRange, this.#toStep, this.#toLabel]) {
      const refined = culprits.filter(field => refine(field));
      if (refined.length > 0) {
        return 'again';
      }
    }
    return 'plain';
  }

  /** Whether the patch is the first one, but for what stands in a slot. */
  #passes(said: SpanPatch | undefined, pairs: readonly SlotPair[]): boolean {
    return (
      said !== undefined &&
      this.patch !== undefined &&
      derivePlan(this.format, [this.patch, said], pairs) !== undefined
    );
  }

  readonly #toKind = (field: FieldPath): boolean => {
    if (field.reading !== 'opaque') {
      return false;
    }
    this.paths.change(field, { reading: 'kind' });
    return true;
  };

  readonly #toRange = (field: FieldPath): boolean => this.#toMagnitude(field, 'any', 'range');

  readonly #toStep = (field: FieldPath): boolean => this.#toMagnitude(field, 'range', 'step');

  #toMagnitude(field: FieldPath, from: Magnitude, magnitude: Magnitude): boolean {
    const isNumber = this.#leaves.some(
      leaf => leaf.field === field && typeof leaf.value === 'number',
    );
    if (!isNumber || field.magnitude !== from) {
      return false;
    }
    this.paths.change(field, { magnitude });
    return true;
  }

  /** What was a label before has too many values for one. */
  readonly #toLabel = (field: FieldPath): boolean => {
    if (field.reading !== 'kind' || field.labels.size > 0) {
      return false;
    }
    this.paths.change(field, { reading: 'label' });
    return true;
  };

  /** Lists in which only the sorts of elements matter may be longer; in others what comes after the last one that was looked at. */
  #isFreeOfLengths(plan: Plan): Learnt {
    const lists = listsOf(this.record, [], this.paths);
    for (const { field, value } of lists) {
      const isFree = longerLists(value, field).every(list =>
        isSamePatch(this.patch, notOther(this.read(withList(this.record, field.path, list)))),
      );
      if (isFree) {
        continue;
      }
      if (field.isOrdered) {
        return 'plain';
      }
      this.paths.change(field, { isOrdered: true });
      return 'again';
    }
    return plan;
  }
}

function notOther(said: SpanPatch | 'other' | undefined): SpanPatch | undefined {
  return said === 'other' ? undefined : said;
}

function otherValue({ field, value }: Leaf, round: number): string | number {
  if (typeof value === 'number') {
    if (field.reading === 'opaque') {
      return numbers[round % numbers.length] ?? value;
    }
    return field.reading === 'label' ? value : otherNumber(value, round, field.magnitude);
  }
  if (field.reading === 'label') {
    return value;
  }
  if (field.reading === 'word') {
    return nonsense[round % nonsense.length] ?? value;
  }
  return value === '' ? value : scramble(value, round);
}

function pairOf(
  { reading }: FieldPath,
  slot: number,
  one: string | number,
  other: string | number,
): SlotPair {
  if (typeof one === 'number' && typeof other === 'number') {
    return { slot, texts: undefined, numbers: [one, other] };
  }
  const times = [one, other].map(value =>
    reading === 'kind' && typeof value === 'string' && isTimeText(value)
      ? toTime(value)
      : undefined,
  );
  const [first, second] = times;
  return {
    slot,
    texts: [String(one), String(other)],
    numbers: first === undefined || second === undefined ? undefined : [first, second],
  };
}
