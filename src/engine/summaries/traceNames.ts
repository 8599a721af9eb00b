import { LRUCache } from 'lru-cache';
import type { Span } from '../../model/span';
import { messageText, type Message } from '../../model/message';
import type { Trace } from '../../model/trace';
import type { TraceGroup } from '../grouping/traceGroup';
import type { ContentReader } from './contentReader';
import { fewTurns } from './history';
import type { HeadedSpan, TraceSpans } from './traceSpans';

const maxNames = 5000;
const maxNameLength = 80; // characters
const maxTextRead = 1000; // characters of a message that are looked at for its first words

interface Name {
  readonly version: number;
  readonly name: string;
  /** What was said in the calls that were opened; undefined: nothing. As long as they are the same, so is this; of few spans all are read anew. */
  readonly words: string | undefined;
  readonly openings: readonly Span[] | undefined;
}

/** What a trace is called: the first words of the user, read from disk when its row is shown. */
export class TraceNames {
  readonly #content: ContentReader;
  readonly #names = new LRUCache<string, Name>({ max: maxNames });

  constructor(content: ContentReader) {
    this.#content = content;
  }

  /** The name, if it was found before and the trace is still the same. */
  known(group: TraceGroup): string | undefined {
    const known = this.#names.get(group.key);
    return known?.version === group.version ? known.name : undefined;
  }

  find(group: TraceGroup, trace: Omit<Trace, 'name'>, spans: TraceSpans): string {
    const { openings } = spans.digest;
    const before = this.#names.get(group.key);
    const known = before?.openings;
    const isSame =
      known?.length === openings.length && openings.every((span, at) => span === known[at]);
    const words = isSame ? before?.words : this.#firstWords(openings, spans.headed);
    const name = words ?? nameWithoutText(trace, spans.first(1)[0]);
    this.#names.set(group.key, {
      version: group.version,
      name,
      words,
      openings: spans.isWatched ? openings : undefined,
    });
    return name;
  }

  #firstWords(openings: readonly Span[], headed: readonly HeadedSpan[]): string | undefined {
    for (const { head } of openings.flatMap(
      span => headed.find(each => each.span === span) ?? [],
    )) {
      // what was said before this trace began names an earlier one
      const text =
        firstUserText(this.#content.readNew(head).content?.inputMessages ?? []) ??
        firstUserText(this.#content.read(head, fewTurns).content?.inputMessages ?? []);
      if (text !== undefined) {
        return shorten(text);
      }
    }
    return undefined;
  }
}

/**
 * The first words that a person wrote. What an agent puts in front of them, and its commands, stand between tags
 * (`<environment_context>…`): they name a trace only when there is nothing else, and then without the tags.
 */
function firstUserText(messages: readonly Message[]): string | undefined {
  const texts = messages
    .filter(message => message.role === 'user')
    .map(message => collapse(messageText(message).trimStart().slice(0, maxTextRead)))
    .filter(text => text !== '');
  return (
    texts.find(text => !text.startsWith('<')) ??
    texts
      .map(text => collapse(text.replaceAll(/<\/?[\w-]{1,60}>/g, ' ')))
      .find(text => text !== '') ??
    texts[0]
  );
}

/** White space collapsed and trimmed. */
export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function shorten(text: string): string {
  const characters = [...text.slice(0, maxNameLength * 2)];
  return characters.length <= maxNameLength
    ? text
    : `${characters.slice(0, maxNameLength - 1).join('')}…`;
}

function nameWithoutText(trace: Omit<Trace, 'name'>, first: Span | undefined): string {
  const [model, ...others] = trace.models;
  if (trace.calls === 0) {
    return first?.name ?? '';
  }
  const count = trace.calls === 1 ? '1 call' : `${trace.calls} calls`;
  if (model === undefined) {
    return `${count} to an unknown model`;
  }
  return others.length === 0 ? `${count} to ${model}` : `${count} to ${trace.models.length} models`;
}
