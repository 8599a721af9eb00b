import { readFreeText } from '../../../../src/engine/filterFields';
import type { Engine } from '../../../../src/engine/engine';
import type { Span } from '../../../../src/model/span';

/** All that a search may look at of one span, read in the plain way. */
export interface Searched {
  readonly span: Span;
  /** The bytes of its records, as text in lower case. */
  readonly raw: string;
  /** All texts of the bodies. */
  readonly texts: readonly string[];
  /** Those of them that were surely read from the record of a body: a role may be from a record without one. */
  readonly said: readonly string[];
}

export async function everySpan(engine: Engine): Promise<readonly Searched[]> {
  const all: Searched[] = [];
  for (const span of engine.spans()) {
    const detail = await engine.handlers.getSpan({ key: span.key });
    const content = detail?.content;
    const raw = (detail?.raw ?? []).map(record => record.text.toLowerCase()).join('\n');
    const texts = textsIn(content, () => true);
    const spoken = span.sources.length > 1 ? textsIn(content, isSaid) : texts;
    // what is masked is not in the log as it is shown
    const said = spoken.filter(text => !text.endsWith('(masked)'));
    all.push({ span, raw, texts, said });
  }
  return all;
}

/**
 * Whether a search must find the span: what is kept of it holds the text, or its bodies do and its bytes show the longest
 * piece of the text that is never escaped. Slow, and nothing in it is shared with the search.
 */
export function mustFind({ span, raw, said }: Searched, text: string): boolean {
  return findsIn(span, raw, said, text);
}

/** The same for all texts. */
export function mayFind({ span, raw, texts }: Searched, text: string): boolean {
  return findsIn(span, raw, texts, text);
}

function findsIn(span: Span, raw: string, texts: readonly string[], text: string): boolean {
  const wanted = text.toLowerCase();
  const holds = (one: string | undefined): boolean => one?.toLowerCase().includes(wanted) === true;
  if (readFreeText(span).some(holds)) {
    return true;
  }
  const pieces = wanted.split(/[^a-z0-9 _.,:-]/);
  const [longest = ''] = pieces.toSorted((one, other) => other.length - one.length);
  const isShown = raw.includes(longest) || span.format === 'http-recording';
  return (span.hasInput || span.hasOutput) && isShown && texts.some(holds);
}

/** The filter that looks for a text as it is. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

export async function found(engine: Engine, filter: string): Promise<readonly string[]> {
  const spans = await engine.matchingSpans(filter);
  return spans.map(({ key }) => key).toSorted();
}

function isSaid(name: string): boolean {
  return !/^(role|type)$/.test(name);
}

function textsIn(value: unknown, counts: (name: string) => boolean): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => (counts(name) ? textsIn(inner, counts) : []))
    : [];
}
