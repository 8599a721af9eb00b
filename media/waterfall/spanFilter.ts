import type { Row } from './rows';
import { fieldTests, type RowTest } from './filterFields';

/** One word of the filter, at its place in what was typed. */
export interface FilterTerm {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type SpanFilter =
  | {
      readonly ok: true;
      readonly terms: readonly FilterTerm[];
      readonly matches: RowTest | undefined;
    }
  | { readonly ok: false; readonly message: string; readonly start: number; readonly end: number };

/**
 * `status:error tool:search latency:>2s -model:gpt* "free text"`: all must hold, `-` turns one around. Linear in the
 * length of the text.
 */
export function parseSpanFilter(text: string): SpanFilter {
  const terms: FilterTerm[] = [];
  const tests: RowTest[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ' || text[at] === '\t') {
      at++;
      continue;
    }
    const end = endOfTerm(text, at);
    if (end === undefined) {
      return { ok: false, message: 'The quote is not closed.', start: at, end: text.length };
    }
    const term = { text: text.slice(at, end), start: at, end };
    const test = toTest(term);
    if (typeof test === 'string') {
      return { ok: false, message: test, start: at, end };
    }
    terms.push(term);
    tests.push(test);
    at = end;
  }
  if (tests.length === 0) {
    return { ok: true, terms, matches: undefined };
  }
  return { ok: true, terms, matches: row => tests.every(test => test(row)) };
}

function endOfTerm(text: string, start: number): number | undefined {
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '"') {
      quoted = !quoted;
    } else if (!quoted && (text[at] === ' ' || text[at] === '\t')) {
      return at;
    }
  }
  return quoted ? undefined : text.length;
}

function toTest(term: FilterTerm): RowTest | string {
  const negated = term.text.length > 1 && term.text.startsWith('-');
  const body = negated ? term.text.slice(1) : term.text;
  const test = toPlainTest(body);
  if (typeof test === 'string' || !negated) {
    return test;
  }
  return row => !test(row);
}

function toPlainTest(body: string): RowTest | string {
  const colon = body.startsWith('"') ? -1 : body.indexOf(':');
  if (colon <= 0) {
    const wanted = unquote(body).toLowerCase();
    return row => searchText(row).includes(wanted);
  }
  const field = body.slice(0, colon).toLowerCase();
  const make = fieldTests.get(field);
  if (!make) {
    const names = [...fieldTests.keys()].join(', ');
    return `There is no field "${field}". Fields: ${names}. For text with a colon use quotes.`;
  }
  return make(unquote(body.slice(colon + 1)));
}

function unquote(text: string): string {
  return text.replaceAll('"', '');
}

/** All that free text is looked for in, in lower case. */
function searchText(row: Row): string {
  if (row.type === 'span') {
    const { span } = row;
    const { error } = span;
    return [
      span.name,
      span.model,
      span.provider,
      error?.type,
      error?.message,
      error?.category,
      span.finishReason,
      span.requestId,
      span.spanId,
      span.userId,
      ...span.toolCallNames,
      ...Object.values(span.tags),
    ]
      .join('\n')
      .toLowerCase();
  }
  if (row.type === 'toolCall') {
    return row.name.toLowerCase();
  }
  if (row.type === 'audit') {
    return [row.entry.action, row.entry.resource, row.entry.userId].join('\n').toLowerCase();
  }
  return '';
}
