import type { Span } from '../../src/model/span';
import type { Row } from './rows';

export type RowTest = (row: Row) => boolean;
/** A test made of what stands behind the colon, or one sentence about why there is none. */
type MakeTest = (value: string) => RowTest | string;

const comparisons = ['>=', '<=', '>', '<', '='] as const;
const timeUnitsMs = new Map([
  ['ms', 1],
  ['s', 1000],
  ['min', 60_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** `*` stands for anything; without one the value may be anywhere in the text. Linear. */
function textMatches(pattern: string): (text: string | undefined) => boolean {
  const parts = pattern.toLowerCase().split('*');
  if (parts.length === 1) {
    return text => text !== undefined && text.toLowerCase().includes(parts[0] ?? '');
  }
  return text => {
    if (text === undefined) {
      return false;
    }
    const lower = text.toLowerCase();
    let at = 0;
    for (const [index, part] of parts.entries()) {
      const found =
        index === parts.length - 1 ? lower.length - part.length : lower.indexOf(part, at);
      const fits =
        index === 0 ? lower.startsWith(part) : found >= at && lower.startsWith(part, found);
      if (!fits) {
        return false;
      }
      at = (index === 0 ? 0 : found) + part.length;
    }
    return true;
  };
}

function spanTest(test: (span: Span) => boolean): RowTest {
  return row => row.type === 'span' && test(row.span);
}

function text(read: (span: Span) => string | undefined): MakeTest {
  return value => {
    const matches = textMatches(value);
    return spanTest(span => matches(read(span)));
  };
}

function number(
  read: (span: Span) => number | undefined,
  units: ReadonlyMap<string, number>,
  example: string,
): MakeTest {
  return value => {
    const sign = comparisons.find(candidate => value.startsWith(candidate));
    const rest = value.slice(sign?.length ?? 0).trim();
    const digits = /^\d+(?:\.\d+)?/.exec(rest)?.[0];
    const factor = digits === undefined ? undefined : units.get(rest.slice(digits.length).trim());
    if (digits === undefined || factor === undefined) {
      return `"${value}" is not a number to compare with, such as ${example}.`;
    }
    const limit = Number(digits) * factor;
    return spanTest(span => {
      const actual = read(span);
      return actual !== undefined && compare(actual, sign ?? '=', limit);
    });
  };
}

function compare(actual: number, sign: (typeof comparisons)[number], limit: number): boolean {
  switch (sign) {
    case '>':
      return actual > limit;
    case '>=':
      return actual >= limit;
    case '<':
      return actual < limit;
    case '<=':
      return actual <= limit;
    case '=':
      return actual === limit;
  }
}

const plain = new Map([['', 1]]);
const time = new Map([...timeUnitsMs, ['', 1]] as const);
const latency = number(span => span.durationMs, time, '>2s');

/** What may stand before the colon. */
export const fieldTests: ReadonlyMap<string, MakeTest> = new Map<string, MakeTest>([
  ['status', text(span => span.status)],
  ['kind', kindTest],
  ['name', text(span => span.name)],
  ['model', text(span => span.model)],
  ['provider', text(span => span.provider)],
  ['tool', toolTest],
  [
    'error',
    text(span => span.error && `${span.error.category}\n${span.error.type}\n${span.error.message}`),
  ],
  ['finish', text(span => span.finishReason)],
  ['user', text(span => span.userId)],
  ['session', text(span => span.sessionId)],
  ['tag', text(span => Object.entries(span.tags).flat().join('\n'))],
  ['latency', latency],
  ['duration', latency],
  ['ttft', number(span => span.timeToFirstTokenMs, time, '>500ms')],
  ['input', number(span => span.usage.inputTokens, plain, '>1000')],
  ['output', number(span => span.usage.outputTokens, plain, '>1000')],
  ['cost', number(span => span.cost?.usd, plain, '>0.01')],
]);

function kindTest(value: string): RowTest {
  const matches = textMatches(value);
  return row =>
    matches(row.type === 'span' ? row.span.kind : row.type === 'toolCall' ? 'tool' : row.type);
}

function toolTest(value: string): RowTest {
  const matches = textMatches(value);
  return row => {
    if (row.type === 'toolCall') {
      return matches(row.name);
    }
    return (
      row.type === 'span' &&
      ((row.span.kind === 'tool' && matches(row.span.name)) || row.span.toolCallNames.some(matches))
    );
  };
}
