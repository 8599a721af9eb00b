import type { FieldPath } from './fieldPaths';
import type { Leaf } from './recordLeaves';
import { isSameKind, isTimeText, scramble } from './sentinels';
import { mostParts, type Sum, type Sums } from './sums';
import type { TriedRecord } from './triedRecord';

/** What leaves of a record become; undefined: what they do in other trials. */
export type LeafChange = (leaf: Leaf) => string | number | undefined;

/** What comes of a change: all leaves of the record, and whether it is read by the plan. */
export interface SumOutcome {
  readonly leaves: readonly Leaf[];
  readonly isRead: boolean;
}

interface Round {
  readonly change: LeafChange;
  readonly parts: number;
  /** Fields that are a sum. */
  readonly totals: ReadonlySet<FieldPath | undefined>;
}

/** Numbers of one object that are tried as sums of others. */
const mostTotals = 12;
/** All parts of a sum: so a number is that of any two or three of the others at once. Sums are as large as most numbers are. */
const part = 1201;
const timeRound = 5;

/**
 * Whether it matters that numbers or times of a record are equal, or that a number is the sum of others: a total may tell whether one count is
 * part of another. Values that have nothing to do with each other never show that.
 */
export class SumTrial {
  /** Records with the same fields, told apart in the same way, have the same. */
  readonly key: string;
  readonly #fields: readonly FieldPath[];
  readonly #rounds: readonly Round[];

  constructor(
    private readonly record: TriedRecord,
    leaves: readonly Leaf[],
    private readonly sums: Sums,
    private readonly tryOut: (change: LeafChange) => SumOutcome,
  ) {
    const numbers = leaves.filter(leaf => canBe(leaf, part));
    this.#fields = [...numbers, ...leaves.filter(isTime)].map(({ field }) => field);
    this.#rounds = [...(this.#fields.length > 1 ? [equal] : []), ...roundsOf(numbers)];
    this.key = JSON.stringify(
      this.#fields.map(({ key, reading, magnitude }) => [key, reading, magnitude]),
    );
  }

  /** `own`: sums that the record has in all trials. */
  judge(own: readonly Sum[]): 'free' | 'again' | 'plain' {
    for (const round of this.#rounds) {
      const judged = this.#judgeRound(round, new Set(), own);
      if (judged !== 'free') {
        return judged;
      }
    }
    return 'free';
  }

  /** `kept`: fields that are not part of it. A sum that is told apart already is broken, in each of its parts: others may hide behind it. */
  #judgeRound(
    round: Round,
    kept: ReadonlySet<FieldPath>,
    own: readonly Sum[],
  ): 'free' | 'again' | 'plain' {
    const without = (fields: ReadonlySet<FieldPath>): SumOutcome =>
      this.tryOut(leaf => (fields.has(leaf.field) ? undefined : round.change(leaf)));
    const outcome = without(kept);
    const known = this.sums.of(outcome.leaves).find(sum => !own.includes(sum));
    if (known !== undefined) {
      const judged = known.parts
        .filter(field => !kept.has(field))
        .map(field => this.#judgeRound(round, new Set([...kept, field]), own));
      return judged.find(one => one !== 'free') ?? 'free';
    }
    if (outcome.isRead) {
      return 'free';
    }
    const members = this.#fields.filter(
      field => !kept.has(field) && without(new Set([...kept, field])).isRead,
    );
    return this.#tell(members, round);
  }

  /** `members`: without one of them it would not matter. */
  #tell(members: readonly FieldPath[], { parts, totals }: Round): 'again' | 'plain' {
    const total = members.find(field => totals.has(field)) ?? members[0];
    const others = members.filter(field => field !== total);
    if (total === undefined || others.length !== parts) {
      return 'plain';
    }
    const opaque = members.filter(({ reading }) => reading === 'opaque');
    for (const field of opaque) {
      this.record.paths.change(field, { reading: 'kind' });
    }
    return opaque.length > 0 || this.sums.add(total, others) ? 'again' : 'plain';
  }
}

const equal: Round = {
  change: leaf => (isTime(leaf) ? scramble(String(leaf.value), timeRound) : numberIn(leaf, part)),
  parts: 1,
  totals: new Set(),
};

/** In each, one number of each object is a sum. */
function roundsOf(numbers: readonly Leaf[]): readonly Round[] {
  const groups = byParent(numbers);
  const most = Math.min(mostTotals, Math.max(0, ...groups.map(({ length }) => length)));
  const rounds: Round[] = [];
  for (let at = 0; at < most; at++) {
    const totals = new Set(groups.map(group => group[at]?.field));
    for (let parts = 2; parts <= mostParts && parts < numbers.length; parts++) {
      const change: LeafChange = leaf =>
        numberIn(leaf, totals.has(leaf.field) ? parts * part : part);
      rounds.push({ change, parts, totals });
    }
  }
  return rounds;
}

function numberIn(leaf: Leaf, number: number): number | undefined {
  return canBe(leaf, number) ? number : undefined;
}

function canBe({ field, value }: Leaf, number: number): boolean {
  return (
    typeof value === 'number' &&
    !field.isInArray &&
    (field.reading === 'opaque' || (field.reading === 'kind' && isSameKind(value, number, field)))
  );
}

function isTime({ field, value }: Leaf): boolean {
  return (
    typeof value === 'string' && !field.isInArray && field.reading === 'kind' && isTimeText(value)
  );
}

/** The numbers of each object. */
function byParent(numbers: readonly Leaf[]): readonly (readonly Leaf[])[] {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of numbers) {
    const parent = JSON.stringify(leaf.field.path.slice(0, -1));
    const group = groups.get(parent);
    if (group === undefined) {
      groups.set(parent, [leaf]);
    } else {
      group.push(leaf);
    }
  }
  return [...groups.values()];
}
