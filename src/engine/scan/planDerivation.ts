import { isDeepStrictEqual } from 'node:util';
import type { SpanPatch } from '../../model/span';
import { type NumberField, timeFields, tokenFields } from '../store/rowValues';
import { tagNames } from './patches';
import {
  type NumberSum,
  type NumberTerm,
  planTexts,
  type Plan,
  scaled,
  type TextPiece,
} from './plan';

/** What a slot held in two readings. */
export interface SlotPair {
  readonly slot: number;
  readonly texts: readonly [string, string] | undefined;
  readonly numbers: readonly [number, number] | undefined;
}

/** Units that readers convert from; below zero: divided by. */
const scales = [1, 1e3, -1e3, 1e-3, 1e-6, -1e6, 60e3];
/** A shorter text may stand in another by chance. */
const shortestPiece = 6;

/**
 * How the second patch was made of its record, when it was made as the first was of its own. undefined: something differs
 * that is neither a text nor a number of a slot.
 */
export function derivePlan(
  format: number,
  [first, second]: readonly [SpanPatch, SpanPatch],
  slots: readonly SlotPair[],
): Plan | undefined {
  const texts: (readonly [(typeof planTexts)[number], readonly TextPiece[]])[] = [];
  for (const field of planTexts) {
    if (first[field] !== second[field]) {
      const pieces = piecesOf(first[field], second[field], slots);
      if (pieces === undefined) {
        return undefined;
      }
      texts.push([field, pieces]);
    }
  }
  const numbers: (readonly [NumberField, NumberSum])[] = [];
  for (const field of [...timeFields, ...tokenFields]) {
    const pair = [numberIn(first, field), numberIn(second, field)] as const;
    if (pair[0] !== pair[1]) {
      const sum = sumOf(pair, slots);
      if (sum === undefined) {
        return undefined;
      }
      numbers.push([field, sum]);
    }
  }
  const isRestSame = isDeepStrictEqual(restOf(first), restOf(second));
  const { content: _content, ...constant } = first;
  return isRestSame ? { format, constant, texts, numbers } : undefined;
}

function numberIn(patch: SpanPatch, field: NumberField): number | undefined {
  const time = timeFields.find(name => name === field);
  return time === undefined
    ? patch.usage?.[tokenFields.find(name => name === field) ?? 'inputTokens']
    : patch[time];
}

/** What a plan has no way to fill in, and which numbers there are. */
function restOf(patch: SpanPatch): unknown {
  const { part, kind, status, error, tags, toolCallNames, hasInput, hasOutput, usage } = patch;
  const rest = { part, kind, status, error, tags, toolCallNames, hasInput, hasOutput };
  const known = (field: string | number | undefined): boolean => field !== undefined;
  return {
    ...rest,
    tagNames: tagNames(patch),
    hasUsage: usage !== undefined,
    texts: planTexts.map(name => known(patch[name])),
    times: timeFields.map(name => known(patch[name])),
    tokens: tokenFields.map(name => known(usage?.[name])),
  };
}

function piecesOf(
  one: string | undefined,
  other: string | undefined,
  slots: readonly SlotPair[],
): readonly TextPiece[] | undefined {
  if (one === undefined || other === undefined) {
    return undefined;
  }
  const whole = slots.find(({ texts }) => texts?.[0] === one && texts[1] === other);
  if (whole !== undefined) {
    return [{ slot: whole.slot }];
  }
  const pieces: TextPiece[] = [];
  let rebuilt = '';
  let literal = '';
  for (let at = 0; at < other.length;) {
    // one that is the same in both is told apart by itself, and stands in its slot as it is written, escapes and all
    const found = slots.find(
      ({ texts }) =>
        texts !== undefined &&
        texts[0] !== texts[1] &&
        texts[1].length >= shortestPiece &&
        other.startsWith(texts[1], at),
    );
    if (found?.texts === undefined) {
      literal += other.charAt(at);
      rebuilt += other.charAt(at);
      at++;
      continue;
    }
    if (literal !== '') {
      pieces.push(literal);
      literal = '';
    }
    pieces.push({ slot: found.slot });
    rebuilt += found.texts[0];
    at += found.texts[1].length;
  }
  if (literal !== '') {
    pieces.push(literal);
  }
  return rebuilt === one ? pieces : undefined;
}

function sumOf(
  [one, other]: readonly [number | undefined, number | undefined],
  slots: readonly SlotPair[],
): NumberSum | undefined {
  if (one === undefined || other === undefined) {
    return undefined;
  }
  const terms = slots.flatMap(({ slot, numbers }) =>
    numbers === undefined ? [] : scales.map(scale => ({ slot, scale, numbers })),
  );
  const valuesOf = (term: (typeof terms)[number]): readonly [number, number] => [
    scaled(term.numbers[0], term.scale),
    scaled(term.numbers[1], term.scale),
  ];
  for (const term of terms) {
    const [first, second] = valuesOf(term);
    if (first === one && second === other) {
      return { first: toTerm(term) };
    }
  }
  for (const term of terms) {
    const [first, second] = valuesOf(term);
    for (const more of terms) {
      const [addedFirst, addedSecond] = valuesOf(more);
      for (const sign of [-1, 1] as const) {
        if (first + sign * addedFirst === one && second + sign * addedSecond === other) {
          return { first: toTerm(term), second: { ...toTerm(more), sign } };
        }
      }
    }
  }
  return undefined;
}

function toTerm({ slot, scale }: NumberTerm): NumberTerm {
  return { slot, scale };
}
