import type { Span } from '../model/span';
import { findFilterField, nearestFilterField, readFreeText } from './filterFields';
import type { FilterField } from './filterFields';
import { FilterProblem, parseFilterSyntax } from './filterSyntax';
import type { FilterNode, Literal, Operator, RangeValue } from './filterSyntax';

export type Filter =
  | {
      readonly ok: true;
      /**
       * Whether a span is let through, by its summary. `containsText` may look into the bodies: it is asked for a free word
       * or phrase only when the summary does not hold it and the answer depends on it. undefined: it is not known (yet), and
       * nothing is let through because of it.
       */
      matches(span: Span, containsText?: ContainsText): boolean;
      /** Free words and phrases without `*`, asked for or excluded. Empty: bodies do not matter. */
      readonly textTerms: readonly string[];
      /** Some of them are excluded. */
      readonly excludesText: boolean;
      /** Nothing is let through that holds none of them. */
      readonly requiresText: boolean;
    }
  | { readonly ok: false; readonly message: string; readonly start: number; readonly end: number };

export type ContainsText = (term: string) => boolean | undefined;
type Predicate = (span: Span, containsText: ContainsText) => boolean;

/** Free words and phrases of a filter. */
interface Terms {
  readonly all: string[];
  isAnyExcluded: boolean;
}

/** Reads a filter such as `status:error model:gpt-4o* latency:>2s "free text"`. Empty: everything. Never throws. */
export function parseFilter(text: string): Filter {
  try {
    const node = parseFilterSyntax(text);
    const terms: Terms = { all: [], isAnyExcluded: false };
    const predicate: Predicate = node ? compile(node, terms, false) : () => true;
    return {
      ok: true,
      matches: (span, containsText = () => false) => predicate(span, containsText),
      textTerms: terms.all,
      excludesText: terms.isAnyExcluded,
      requiresText: node !== undefined && requiresText(node),
    };
  } catch (error) {
    if (error instanceof FilterProblem) {
      return { ok: false, message: error.message, ...error.place };
    }
    throw error;
  }
}

function compile(node: FilterNode, terms: Terms, negated: boolean): Predicate {
  switch (node.type) {
    case 'and': {
      const parts = node.parts.map(part => compile(part, terms, negated));
      return (span, containsText) => parts.every(part => part(span, containsText));
    }
    case 'or': {
      const parts = node.parts.map(part => compile(part, terms, negated));
      return (span, containsText) => parts.some(part => part(span, containsText));
    }
    case 'not': {
      const part = compile(node.part, terms, !negated);
      return (span, containsText) => !part(span, containsText);
    }
    case 'text':
      return compileText(node.value, terms, negated);
    case 'field':
      return compileField(node);
  }
}

/** Whether a span must hold one of the free words at least. */
function requiresText(node: FilterNode): boolean {
  switch (node.type) {
    case 'and':
      return node.parts.some(requiresText);
    case 'or':
      return node.parts.every(requiresText);
    case 'text':
      return !hasStar(node.value);
    case 'not':
    case 'field':
      return false;
  }
}

function compileText(value: Literal, terms: Terms, negated: boolean): Predicate {
  const test = textTest(value, 'part');
  if (hasStar(value)) {
    return span => readFreeText(span).some(test);
  }
  terms.all.push(value.text);
  terms.isAnyExcluded ||= negated;
  // what is not known lets nothing through: under a `not` it counts as found
  return (span, containsText) =>
    readFreeText(span).some(test) || (containsText(value.text) ?? negated);
}

function compileField(node: FilterNode & { readonly type: 'field' }): Predicate {
  const field = findFilterField(node.field.text.toLowerCase()) ?? findFilterField(node.field.text);
  if (!field) {
    const nearest = nearestFilterField(node.field.text);
    throw new FilterProblem(
      `There is no field "${node.field.text}". Did you mean "${nearest}"? Text with a colon goes in quotes.`,
      node.field,
    );
  }
  return field.type === 'number'
    ? compileNumber(field, node.operator, node.value)
    : compileTextField(field, node.field, node.operator, node.value);
}

function compileTextField(
  field: FilterField & { readonly type: 'text' },
  name: Literal,
  operator: Operator,
  value: Literal | RangeValue,
): Predicate {
  if ('from' in value || (operator !== ':' && operator !== ':=')) {
    throw new FilterProblem(`"${name.text}" is text and cannot be compared by size`, {
      start: name.start,
      end: value.end,
    });
  }
  const { values } = field;
  if (values && !hasStar(value) && !values.includes(value.text.toLowerCase())) {
    throw new FilterProblem(`"${name.text}" is one of ${values.join(', ')}`, value);
  }
  const test = textTest(value, operator === ':=' ? 'whole' : field.match);
  return span => field.read(span).some(test);
}

function compileNumber(
  field: FilterField & { readonly type: 'number' },
  operator: Operator,
  value: Literal | RangeValue,
): Predicate {
  if ('from' in value) {
    const from = toNumber(value.from, field.unit);
    const to = toNumber(value.to, field.unit);
    return span => {
      const actual = field.read(span);
      return (
        actual !== undefined &&
        (value.includesFrom ? actual >= from : actual > from) &&
        (value.includesTo ? actual <= to : actual < to)
      );
    };
  }
  if (value.text === '*' && operator === ':') {
    return span => field.read(span) !== undefined;
  }
  const wanted = toNumber(value, field.unit);
  const compare = comparisons[operator];
  return span => {
    const actual = field.read(span);
    return actual !== undefined && compare(actual, wanted);
  };
}

const comparisons: Record<Operator, (actual: number, wanted: number) => boolean> = {
  ':': (actual, wanted) => actual === wanted,
  ':=': (actual, wanted) => actual === wanted,
  ':>': (actual, wanted) => actual > wanted,
  ':>=': (actual, wanted) => actual >= wanted,
  ':<': (actual, wanted) => actual < wanted,
  ':<=': (actual, wanted) => actual <= wanted,
};

const unitFactors: Record<'duration' | 'count' | 'money', ReadonlyMap<string, number>> = {
  duration: new Map([
    ['', 1],
    ['ms', 1],
    ['s', 1000],
    ['m', 60_000],
    ['min', 60_000],
    ['h', 3_600_000],
  ]),
  count: new Map([
    ['', 1],
    ['k', 1000],
    ['m', 1_000_000],
  ]),
  money: new Map([['', 1]]),
};
const unitExamples = { duration: '500ms, 2s or 1m', count: '500 or 10k', money: '0.01' };

function toNumber(value: Literal, unit: keyof typeof unitFactors): number {
  const match = /^\$?(\d{1,15}(?:\.\d{1,15})?)([a-z]{0,3})$/i.exec(value.text);
  const factor = unitFactors[unit].get((match?.[2] ?? '').toLowerCase());
  if (!match || factor === undefined) {
    throw new FilterProblem(`This is not a number here: write ${unitExamples[unit]}`, value);
  }
  return Number(match[1]) * factor;
}

function hasStar(value: Literal): boolean {
  return !value.quoted && value.text.includes('*');
}

/** A test without regard to case. Pieces between stars are looked for in order, each once: no backtracking. */
function textTest(
  value: Literal,
  match: (FilterField & { readonly type: 'text' })['match'],
): (text: string | undefined) => boolean {
  const wanted = value.text.toLowerCase();
  if (!hasStar(value)) {
    return match === 'whole'
      ? text => text?.toLowerCase() === wanted
      : text => text?.toLowerCase().includes(wanted) === true;
  }
  const pieces = wanted.split('*');
  const anchored = match !== 'part';
  const first = anchored ? (pieces.shift() ?? '') : '';
  const last = anchored ? (pieces.pop() ?? '') : '';
  return text => {
    const lower = text?.toLowerCase();
    if (lower === undefined || !lower.startsWith(first) || !lower.endsWith(last)) {
      return false;
    }
    let at = first.length;
    for (const piece of pieces) {
      const found = lower.indexOf(piece, at);
      if (found < 0) {
        return false;
      }
      at = found + piece.length;
    }
    return at <= lower.length - last.length;
  };
}
