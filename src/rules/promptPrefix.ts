import { type Beginning, findIn, inputOf } from '../model/beginning';
import { messageText, type Message, type SpanContent } from '../model/message';
import { messageParts } from './messageParts';
import { sameMessage, writtenLength } from './sameMessage';
import { shorten } from './say';

/** Where the prompt of a call stops being that of the call before, though the conversation goes on. */
export interface PrefixBreak {
  readonly what: 'tools' | 'volatile' | 'system' | 'history';
  /** In plain words, with what differs. */
  readonly text: string;
  /** Characters before the break, and of the whole prompt before. */
  readonly shared: number;
  readonly whole: number;
}

// What is another one in every call. Everything else that differs was changed by somebody.
const volatile =
  /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?|\b\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{16,64}\b|\b\d{9,19}\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? [A-Z][a-z]{2,8} \d{1,2},? \d{4}|\b[A-Z][a-z]{2,8} \d{1,2}, \d{4}/gi;

const maxDropped = 200; // messages by which a sliding window may have moved

/** undefined: one continues the other, or they are two conversations. */
export function findBreak(before: SpanContent, now: SpanContent): PrefixBreak | undefined {
  const [old, fresh] = [splitSystem(before), splitSystem(now)];
  const whole = () => writtenLength(before.tools) + writtenLength(before.inputMessages);
  if (old.first === undefined || fresh.first === undefined) {
    return undefined;
  }
  const isSameStart = sameMessage(old.first, fresh.first);
  const tools = toolsBreak(before, now);
  if (tools !== undefined) {
    return isSameStart && old.system === fresh.system
      ? { what: 'tools', text: tools, shared: 0, whole: whole() }
      : undefined;
  }
  if (old.input.messages === fresh.input.messages) {
    // beginnings of one list
    return undefined;
  }
  const toolsLength = writtenLength(before.tools);
  if (old.system !== fresh.system) {
    return systemBreak(old.system, fresh.system, isSameStart, toolsLength, whole);
  }
  return historyBreak(turnsOf(old), turnsOf(fresh), toolsLength + old.system.length, whole);
}

/** Whether both have the same system prompt and began with the same message. */
export function isSameTalk(before: SpanContent, now: SpanContent): boolean {
  const [old, fresh] = [splitSystem(before), splitSystem(now)];
  return old.system === fresh.system && sameMessage(old.first, fresh.first);
}

interface SplitPrompt {
  readonly input: Beginning;
  readonly system: string;
  /** The first message that is no system prompt, and its place. */
  readonly first: Message | undefined;
  readonly start: number;
}

function splitSystem(content: SpanContent): SplitPrompt {
  const input = inputOf(content);
  const first = findIn(input, ({ role }) => role !== 'system' && role !== 'developer');
  const start = first < 0 ? input.count : first;
  return {
    input,
    system: input.messages.slice(0, start).map(messageText).join('\n'),
    first: first < 0 ? undefined : input.messages[first],
    start,
  };
}

function turnsOf({ input, start }: SplitPrompt): readonly Message[] {
  return input.messages.slice(start, input.count);
}

function toolsBreak(before: SpanContent, now: SpanContent): string | undefined {
  const [old, fresh] = [before.tools, now.tools].map(tools =>
    tools.map(tool => JSON.stringify(tool)),
  );
  if (!old || !fresh || old.length === 0 || fresh.length === 0 || old.join() === fresh.join()) {
    return undefined;
  }
  const names = ({ tools }: SpanContent) => tools.map(({ name }) => name);
  const added = names(now).filter(name => !names(before).includes(name));
  const removed = names(before).filter(name => !names(now).includes(name));
  if (added.length + removed.length === 0) {
    return old.toSorted().join() === fresh.toSorted().join()
      ? 'the tools come in another order'
      : 'the definition of a tool is another one';
  }
  const list = (label: string, some: readonly string[]) =>
    some.length === 0 ? [] : `${label} ${some.slice(0, 5).join(', ')}`;
  return `the tools are others (${[list('added', added), list('removed', removed)].flat().join('; ')})`;
}

function systemBreak(
  old: string,
  fresh: string,
  isSameStart: boolean,
  toolsLength: number,
  whole: () => number,
): PrefixBreak | undefined {
  const at = firstDifference(old, fresh);
  const shared = toolsLength + at;
  if (old.replace(volatile, '') === fresh.replace(volatile, '')) {
    const [first, second] = [valueAt(old, at), valueAt(fresh, at)];
    const text = `the system prompt holds a value that is another one in every call ("${first}", then "${second}") at character ${at}`;
    return { what: 'volatile', text, shared, whole: whole() };
  }
  const text = `the system prompt is another one from character ${at} on ("${shorten(old.slice(at), 40)}" was there, now "${shorten(fresh.slice(at), 40)}")`;
  return isSameStart ? { what: 'system', text, shared, whole: whole() } : undefined;
}

/** The whole volatile value around a position. */
function valueAt(text: string, at: number): string {
  for (const match of text.matchAll(volatile)) {
    if (match.index + match[0].length > at) {
      return shorten(match[0], 40);
    }
  }
  return shorten(text.slice(at), 40);
}

function historyBreak(
  old: readonly Message[],
  fresh: readonly Message[],
  before: number,
  whole: () => number,
): PrefixBreak | undefined {
  const at = old.findIndex((message, index) => !sameMessage(message, fresh[index]));
  // the last message may be another question, and a conversation that only got shorter went back a step
  if (at < 0 || at >= old.length - 1 || fresh[at] === undefined) {
    return undefined;
  }
  const shared = before + writtenLength(old.slice(0, at));
  if (at > 0 && sameMessage(old[at + 1], fresh[at + 1])) {
    const text = `message ${at + 1} of the history (${old[at]?.role}) was changed: "${wordsOf(old[at])}" was there, now "${wordsOf(fresh[at])}"`;
    return { what: 'history', text, shared, whole: whole() };
  }
  const moved = old
    .slice(at + 1, at + 1 + maxDropped)
    .findIndex(
      (message, index) => sameMessage(message, fresh[at]) && continues(old, fresh, at, index + 1),
    );
  if (moved < 0) {
    return undefined;
  }
  const text = `${moved + 1} messages were dropped from the ${at === 0 ? 'start' : 'middle'} of the history`;
  return { what: 'history', text, shared, whole: whole() };
}

/** Whether what comes after the dropped messages is the same as far as the old prompt went. */
function continues(
  old: readonly Message[],
  fresh: readonly Message[],
  at: number,
  dropped: number,
): boolean {
  const rest = old.slice(at + dropped);
  return rest.length > 1 && rest.every((message, index) => sameMessage(message, fresh[at + index]));
}

function wordsOf(message: Message | undefined): string {
  const text = message === undefined ? '' : messageText(message);
  return shorten(text === '' ? JSON.stringify(messageParts(message ? [message] : [])) : text, 40);
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) {
    at++;
  }
  return at;
}
