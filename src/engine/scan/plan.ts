import type { SpanPatch } from '../../model/span';
import { type NumberField, tokenFields } from '../store/rowValues';

export const planTexts = [
  'identity',
  'name',
  'requestId',
  'traceId',
  'spanId',
  'parentSpanId',
  'sessionId',
  'provider',
  'model',
  'finishReason',
  'userId',
] as const satisfies readonly (keyof SpanPatch)[];
export type PlanText = (typeof planTexts)[number];

/** A piece of a text: what is always there, or the text of a slot. */
export type TextPiece = string | { readonly slot: number };

/** A number out of slots: `slot times scale`, perhaps less or more another one. */
export interface NumberTerm {
  readonly slot: number;
  readonly scale: number;
}
export interface NumberSum {
  readonly first: NumberTerm;
  readonly second?: (NumberTerm & { readonly sign: 1 | -1 }) | undefined;
}

/** How the records of one shape are read: what they all say, and what each says of its own. */
export interface Plan {
  /** Index in the list of formats. */
  readonly format: number;
  /** What all say. undefined: the record holds no span. */
  readonly constant: SpanPatch | undefined;
  readonly texts: readonly (readonly [PlanText, readonly TextPiece[]])[];
  readonly numbers: readonly (readonly [NumberField, NumberSum])[];
}

/** Where the values of a line are: the scanner's slots, or a record's own fields when a plan is tried. */
export interface SlotValues {
  text(slot: number): string;
  number(slot: number): number;
}

export function textOf(pieces: readonly TextPiece[], values: SlotValues): string {
  let text = '';
  for (const piece of pieces) {
    text += typeof piece === 'string' ? piece : values.text(piece.slot);
  }
  return text;
}

function numberOf({ first, second }: NumberSum, values: SlotValues): number {
  const value = scaled(values.number(first.slot), first.scale);
  return second === undefined
    ? value
    : value + second.sign * scaled(values.number(second.slot), second.scale);
}

/** Dividing by 1000 is not multiplying by 0.001: the last bit must be that of the format's own reading. */
export function scaled(value: number, scale: number): number {
  return scale < 0 ? value / -scale : value * scale;
}

/** The patch that a line says by its plan; undefined when the lines of the plan hold no span. */
export function patchOf(plan: Plan, values: SlotValues): SpanPatch | undefined {
  if (plan.constant === undefined) {
    return undefined;
  }
  const patch: Record<string, unknown> = { ...plan.constant };
  for (const [field, pieces] of plan.texts) {
    patch[field] = textOf(pieces, values);
  }
  let usage: Record<string, unknown> | undefined;
  for (const [field, sum] of plan.numbers) {
    if (isTokenField(field)) {
      usage ??= { ...plan.constant.usage };
      usage[field] = numberOf(sum, values);
    } else {
      patch[field] = numberOf(sum, values);
    }
  }
  if (usage !== undefined) {
    patch['usage'] = usage;
  }
  // a patch with some of its fields filled in is a patch
  return patch as unknown as SpanPatch;
}

function isTokenField(field: NumberField): field is (typeof tokenFields)[number] {
  return (tokenFields as readonly string[]).includes(field);
}
