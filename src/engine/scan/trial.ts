import type { SpanPatch } from '../../model/span';
import { shortWord } from './fieldPaths';
import { all, type FieldChoice, isFreeInOrder, none, otherOrder } from './keyOrder';
import { ListTrial } from './listTrial';
import { isSamePatch } from './patches';
import { patchOf, type Plan, type SlotValues } from './plan';
import { derivePlan, type SlotPair } from './planDerivation';
import { type Leaf, leavesOf, objectsOf, replaceLeaves } from './recordLeaves';
import { Refinement } from './refinement';
import { nonsense, words } from './sentinels';
import type { WordsOfShape } from './shapeWords';
import { type Sum, type SumMemory, withTotals } from './sums';
import { type LeafChange, SumTrial } from './sumTrial';
import { type ChangedRecord, otherValue, pairOf } from './trialValues';
import { isTelling, judgeTexts } from './textTrial';
import type { TriedRecord } from './triedRecord';
import { noWords, type TriedWords, WordsAlong } from './wordsAlong';
import { WordTrial } from './wordTrial';

/** `again`: the fields are told apart in another way now, so the line has another shape. */
export type Learnt = Plan | 'plain' | 'again';

/**
 * With other values of the same kinds: what a plan says of a record must be what its format says. With those by which it is derived each of
 * the words stands once in each text.
 */
const trials = words.length - 1;
const firstRound = 2;

/** One record under trial. */
export class Trial {
  readonly #leaves: readonly Leaf[];
  /** Sums that are told apart, and that the record has. */
  readonly #ownSums: readonly Sum[];

  constructor(
    private readonly record: TriedRecord,
    private readonly format: number,
    private readonly words: WordsOfShape,
    private readonly memory: SumMemory,
  ) {
    this.#leaves = leavesOf(record.value, record.paths);
    this.#ownSums = memory.sums.of(this.#leaves);
  }

  run(): Learnt {
    const words = new WordTrial(this.record, this.#leaves, this.words);
    if (this.#tellWords() || this.#mixNumbers() || words.judge()) {
      return 'again';
    }
    if (judgeTexts(this.record, this.#leaves)) {
      return 'again';
    }
    const plan = this.#derive();
    if (plan === undefined) {
      return this.#findCulprit(undefined, 1);
    }
    const along = new WordsAlong(this.record.patch === undefined ? [] : this.#leaves, this.words);
    const lists = new ListTrial(this.record);
    if (lists.isTooDeep) {
      return 'plain';
    }
    let areFree = true;
    for (let index = 0; index < Math.max(trials, along.rounds, lists.ways); index++) {
      const round = firstRound + index;
      const isRead = (tried: TriedWords, way: number): boolean => {
        const { record, values } = this.#changed(round, all, all, tried);
        return this.#isRead(way < lists.ways ? lists.longer(record, way) : record, plan, values);
      };
      const tried = along.of(index);
      const isFree = isRead(tried, index);
      areFree &&= isFree || index >= lists.ways;
      if (isFree || (tried.size > 0 && isRead(tried, lists.ways))) {
        tried.forEach((word, field) => this.words.note(field, word, true));
        continue;
      }
      if (!isRead(noWords, lists.ways)) {
        return this.#findCulprit(values => patchOf(plan, values), round);
      }
      tried.forEach((word, field) => words.judgeOther(field, word));
    }
    const judged = areFree ? 'free' : lists.judge();
    return judged === 'free' ? this.#judgeSums(plan) : judged;
  }

  #judgeSums(plan: Plan): Learnt {
    if (this.record.patch === undefined) {
      return plan;
    }
    const trial = new SumTrial(this.record, this.#leaves, this.memory.sums, change => {
      const { record, values, leaves } = this.#changed(firstRound, all, none, noWords, change);
      return { leaves, isRead: this.#isRead(record, plan, values) };
    });
    const key = `${this.format} ${trial.key}`;
    if (this.#ownSums.length === 0 && this.memory.freeSums.has(key)) {
      return plan;
    }
    const judged = trial.judge(this.#ownSums);
    if (judged !== 'free') {
      return judged;
    }
    if (this.#ownSums.length === 0) {
      this.memory.freeSums.add(key);
    }
    return plan;
  }

  #isRead(record: unknown, plan: Plan, values: SlotValues): boolean {
    const said = this.record.read(record);
    return said !== 'other' && isSamePatch(said, patchOf(plan, values));
  }

  /** Where there is no patch, any text may be why. One that may be a word is told apart as such, though the first of its field was none. */
  #tellWords(): boolean {
    const untold = this.#leaves.filter(
      ({ field, value }) =>
        this.record.patch === undefined &&
        typeof value === 'string' &&
        value.length <= shortWord &&
        field.reading === 'opaque' &&
        field.labels.size === 0 &&
        !field.isInArray,
    );
    for (const { field } of untold) {
      this.record.paths.change(field, { reading: 'word' });
    }
    return untold.length > 0;
  }

  /** Where there are numbers with decimals, there will be whole ones. */
  #mixNumbers(): boolean {
    const untried = this.#leaves.filter(
      ({ field, value }) =>
        typeof value === 'number' &&
        !Number.isInteger(value) &&
        field.reading === 'kind' &&
        field.mixing === 'untried' &&
        !field.isInArray,
    );
    for (const { field } of untried) {
      this.record.paths.change(field, { mixing: 'mixed' });
    }
    return untried.length > 0;
  }

  #derive(): Plan | undefined {
    if (this.record.patch === undefined) {
      const said = this.record.read(this.#changed(1).record);
      return said === undefined
        ? { format: this.format, constant: undefined, texts: [], numbers: [] }
        : undefined;
    }
    const changed = this.#changed(1);
    const said = this.record.read(changed.record);
    if (said === 'other' || said === undefined) {
      return undefined;
    }
    return derivePlan(this.format, [this.record.patch, said], changed.pairs);
  }

  /** The record with other values at the fields that vary and its keys in another order, and what would be in its slots. */
  #changed(
    round: number,
    isChanged = all,
    isTurned = all,
    tried = noWords,
    change: LeafChange = noChange,
  ): TriedChange {
    const pairs = new Map<number, SlotPair>();
    const changed = this.#leaves.map((leaf, place): Leaf => {
      const { field, value } = leaf;
      // a field has the same value whether the others are changed or not
      const other = isChanged(field)
        ? (change(leaf) ?? tried.get(field) ?? this.#other(leaf, round, place))
        : value;
      return { field, value: other };
    });
    const leaves = withTotals(changed, this.#ownSums);
    let count = 0;
    const replace = ({ field, value }: Leaf): string | number => {
      const other = leaves[count++]?.value ?? value;
      const isKept = field.reading === 'kind' || field.reading === 'word';
      if (field.slot !== undefined && isKept) {
        pairs.set(field.slot, pairOf(field, field.slot, value, other));
      }
      return other;
    };
    const order = otherOrder(round, isTurned);
    const record = replaceLeaves(this.record.value, this.record.paths, replace, order);
    const values: SlotValues = {
      text: slot => pairs.get(slot)?.texts?.[1] ?? '',
      number: slot => pairs.get(slot)?.numbers?.[1] ?? Number.NaN,
    };
    return { record, values, pairs: [...pairs.values()], leaves };
  }

  /** In every second round the values of a record fall where they rise in the others: what is compared comes in both orders. */
  #other(leaf: Leaf, round: number, count: number): string | number {
    // from an even number down, so that the rounds in which they fall have the values that those in which they rise have not
    const fields = this.#leaves.length + (this.#leaves.length % 2);
    const step = 3 * (round % 2 === 0 ? count : fields - count);
    const { field, value } = leaf;
    if (field.reading === 'opaque' && typeof value === 'string') {
      // in as many rounds as there are words, each of them once
      return value.trim() === '' || isTelling(field, value)
        ? value
        : (words[(round + count) % words.length] ?? value);
    }
    if (field.reading === 'word' && typeof value === 'string') {
      // each another one, or two slots would hold the same
      return !this.words.isNeutral(field, value)
        ? value
        : `${nonsense[round % nonsense.length] ?? ''}${count}`;
    }
    return otherValue(leaf, round + step, round % 4 < 2);
  }

  /**
   * The fields that are not read as was thought are told apart more finely from now on. Where what is made of one field depends on
   * others, all of them look to blame: those that are told apart least are refined, and the rest is seen with them again. `expected`:
   * by the plan, if there is one.
   */
  #findCulprit(expected: Expected | undefined, round: number): Learnt {
    const culprits = [...new Set(this.#leaves.map(leaf => leaf.field))].filter(field => {
      const changed = this.#changed(round, other => other === field, none);
      const said = this.record.read(changed.record);
      const isFine = this.#isAs(said, changed, expected) || this.#isAs(said, changed, undefined);
      return !isFine && !field.isInArray;
    });
    if (new Refinement(this.record.paths, this.#leaves).refine(culprits)) {
      return 'again';
    }
    return this.#refineOrder(expected, round) ? 'again' : 'plain';
  }

  /** Whether a changed record is read as expected; without a plan, as the record is but for what stands in a slot. */
  #isAs(
    said: SpanPatch | 'other' | undefined,
    { values, pairs }: ChangedRecord,
    expected: Expected | undefined,
  ): boolean {
    if (said === 'other') {
      return false;
    }
    return expected === undefined
      ? this.record.isLike(said) || this.#passes(said, pairs)
      : isSamePatch(said, expected(values));
  }

  /** The same for the objects whose keys come in another order: of some of them it matters, or of all. */
  #refineOrder(expected: Expected | undefined, round: number): boolean {
    const free = objectsOf(this.record.value, this.record.paths).filter(isFreeInOrder);
    const isFine = (isTurned: FieldChoice): boolean => {
      const changed = this.#changed(round, all, isTurned);
      return this.#isAs(this.record.read(changed.record), changed, expected);
    };
    if (free.length === 0 || !isFine(none)) {
      return false;
    }
    const told = free.filter(field => !isFine(other => other === field));
    for (const field of told.length > 0 ? told : free) {
      this.record.paths.change(field, { isOrdered: true });
    }
    return true;
  }

  /** Whether the patch is the first one, but for what stands in a slot. */
  #passes(said: SpanPatch | undefined, pairs: readonly SlotPair[]): boolean {
    return (
      said !== undefined &&
      this.record.patch !== undefined &&
      derivePlan(this.format, [this.record.patch, said], pairs) !== undefined
    );
  }
}

interface TriedChange extends ChangedRecord {
  readonly leaves: readonly Leaf[];
}

const noChange: LeafChange = () => undefined;

type Expected = (values: SlotValues) => SpanPatch | undefined;
