import { type Fields, isFields, parseJson } from '../fields/values';

/** Lines of one event that are looked at for its end: each look takes time that grows with all of them. */
const maxDataLines = 50;
/** A line of an event stream: a field or a comment. https://html.spec.whatwg.org/multipage/server-sent-events.html */
const fieldLine = /^(?:event|data|id|retry): ?/;

export function isEventStream(text: string): boolean {
  const head = text.slice(0, 2000).trimStart();
  return /^(?::|event:|data:|id:|retry:)/.test(head) && /^data: ?[{[]/m.test(text.slice(0, 65_536));
}

/** Whether a line can stand within an event stream. */
export function isEventLine(line: string): boolean {
  return line === '' || line.startsWith(':') || fieldLine.test(line);
}

/** The JSON values of an event stream. An event that names itself only in its `event:` line has that as `type`. */
export function readEventStream(text: string): Fields[] {
  const events: Fields[] = [];
  let name: string | undefined;
  let data: string[] = [];
  const finish = (): void => {
    const value = data.length > 0 ? parseJson(data.join('\n')) : undefined;
    if (isFields(value)) {
      events.push(named(value, name));
    }
    name = undefined;
    data = [];
  };
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line === '') {
      finish();
    } else if (line.startsWith('event:')) {
      // a recording without the empty lines
      if (data.length > 0) {
        finish();
      }
      name = line.slice('event:'.length).trim();
    } else if (line.startsWith('data:')) {
      const value = line.slice('data:'.length).trimStart();
      if (data.length > 0 && isComplete(data)) {
        finish();
      }
      data.push(value);
    }
  }
  finish();
  return events;
}

/** Whether another line begins the next event of a recording without empty lines. */
function isComplete(data: readonly string[]): boolean {
  if (data.length > maxDataLines) {
    return false;
  }
  const text = data.join('\n');
  return text === '[DONE]' || (text.endsWith('}') && parseJson(text) !== undefined);
}

function named(value: Fields, name: string | undefined): Fields {
  const isNameless =
    name !== undefined && value['type'] === undefined && value['event_type'] === undefined;
  return isNameless && /^[a-z]+[-_.][a-z-_.]+$/.test(name) ? { type: name, ...value } : value;
}
