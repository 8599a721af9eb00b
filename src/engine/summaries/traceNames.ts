import { LRUCache } from 'lru-cache';
import { isCall, type Span } from '../../model/span';
import { messageText, type Message } from '../../model/message';
import type { Trace } from '../../model/trace';
import type { TraceGroup } from '../grouping/traceGroup';
import type { ContentReader } from './contentReader';
import { fewTurns } from './history';

const maxNames = 5000;
const maxNameLength = 80; // characters
const maxTextRead = 1000; // characters of a message that are looked at for its first words
const maxCallsTried = 3; // calls of a trace that are opened to find a word of the user

/** What a trace is called: the first words of the user, read from disk when its row is shown. */
export class TraceNames {
  readonly #content: ContentReader;
  readonly #names = new LRUCache<string, { readonly version: number; readonly name: string }>({
    max: maxNames,
  });

  constructor(content: ContentReader) {
    this.#content = content;
  }

  /** The name, if it was found before and the trace is still the same. */
  known(group: TraceGroup): string | undefined {
    const known = this.#names.get(group.key);
    return known?.version === group.version ? known.name : undefined;
  }

  /** `spans` in time order. */
  find(
    group: TraceGroup,
    trace: Omit<Trace, 'name'>,
    spans: readonly { readonly head: number; readonly span: Span }[],
  ): string {
    const name =
      this.#firstWords(spans) ??
      nameWithoutText(
        trace,
        spans.map(({ span }) => span),
      );
    this.#names.set(group.key, { version: group.version, name });
    return name;
  }

  #firstWords(
    spans: readonly { readonly head: number; readonly span: Span }[],
  ): string | undefined {
    const withText = spans.filter(({ span }) => isCall(span) && span.hasInput);
    for (const { head } of withText.slice(0, maxCallsTried)) {
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

function nameWithoutText(trace: Omit<Trace, 'name'>, spans: readonly Span[]): string {
  const [model, ...others] = trace.models;
  if (trace.calls === 0) {
    return spans[0]?.name ?? '';
  }
  const count = trace.calls === 1 ? '1 call' : `${trace.calls} calls`;
  if (model === undefined) {
    return `${count} to an unknown model`;
  }
  return others.length === 0 ? `${count} to ${model}` : `${count} to ${trace.models.length} models`;
}
