import type { Engine } from '../engine/engine';
import type { Message, SpanContent } from '../model/message';
import type { Span } from '../model/span';
import type { Command } from './command';
import { showCount, showText, showTime, toIso } from './display';
import { UsageError } from './io';
import { withLogs } from './openLogs';
import { toSourceLine } from './spanLine';
import { makeVisible, toOneLine } from './visibleText';

const textAround = 40; // characters shown before and behind what was found
const maxDepth = 100; // levels of a tool's arguments that are looked at

export const search: Command = {
  name: 'search',
  usage: 'search PATH… TEXT [--json]',
  summary: 'finds a text in prompts and responses, without regard to case',
  details: [
    'One line a span, as soon as it is found, the newest files first: time, key, where it stands, the text around it.',
    'TEXT is taken as it is; for words combined with fields: calls --filter.',
  ],
  options: {},
  async run(invocation) {
    const { out, json } = invocation;
    const paths = invocation.paths.slice(0, -1);
    const text = invocation.paths.at(-1) ?? '';
    if (paths.length === 0 || text === '') {
      throw new UsageError('search takes a PATH and a TEXT');
    }
    await withLogs({ ...invocation, paths }, { final: true }, async ({ engine, nameOf }) => {
      let count = 0;
      for await (const span of engine.search(text)) {
        count++;
        const place = placeOf(engine, span, text);
        if (json) {
          await out.printJson(toLine(span, place, nameOf));
        } else {
          await out.printText(toText(span, place));
        }
        await out.flush();
      }
      if (!json) {
        await out.printText(`\n${showCount(count, 'span')}`);
      }
    });
  },
};

/** Where in a span a text was found. */
interface Place {
  /** `user 3`: role and number of the message, or `tools`, `parameters`, `summary`. */
  readonly where: string;
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

function placeOf(engine: Engine, span: Span, text: string): Place {
  const content = engine.content(span.key);
  for (const [where, value] of content ? partsOf(content) : []) {
    const around = findAround(value, text.toLowerCase(), 0);
    if (around) {
      return { where, ...around };
    }
  }
  // what is kept of the span holds it: its name, an id, the message of its error
  const around = findAround({ ...span, sources: [] }, text.toLowerCase(), 0);
  return { where: 'summary', ...(around ?? { before: '', found: span.name, after: '' }) };
}

function* partsOf(content: SpanContent): Generator<readonly [string, unknown]> {
  const { inputMessages, outputMessages, tools, params } = content;
  const messages: readonly Message[] = [...inputMessages, ...outputMessages];
  for (const [index, { role, parts }] of messages.entries()) {
    yield [`${role} ${index + 1}`, parts];
  }
  yield ['tools', tools];
  yield ['parameters', params];
}

/** The first text in a value, at whatever depth, that holds the wanted one, cut to what is around it. */
function findAround(
  value: unknown,
  wanted: string,
  depth: number,
): Omit<Place, 'where'> | undefined {
  if (typeof value === 'string') {
    const at = value.toLowerCase().indexOf(wanted);
    return at < 0 ? undefined : cut(value, at, at + wanted.length);
  }
  if (typeof value !== 'object' || value === null || depth > maxDepth) {
    return undefined;
  }
  for (const inner of Object.values(value)) {
    const around = findAround(inner, wanted, depth + 1);
    if (around) {
      return around;
    }
  }
  return undefined;
}

function cut(text: string, start: number, end: number): Omit<Place, 'where'> {
  return {
    before: text.slice(Math.max(0, start - textAround), start),
    found: text.slice(start, end),
    after: text.slice(end, end + textAround),
  };
}

function toLine(span: Span, place: Place, nameOf: (file: string) => string): object {
  return {
    key: span.key,
    traceId: span.traceId ?? span.joinedTraceId ?? null,
    startTime: toIso(span.startTime),
    model: span.model ?? null,
    ...place,
    sources: span.sources.map(source => toSourceLine(source, nameOf)),
  };
}

function toText(span: Span, { where, before, found, after }: Place): string {
  const text = makeVisible(toOneLine(`${before}${found}${after}`));
  return [showTime(span.startTime), span.key, showText(where), text].join('  ');
}
