/** A message made easy to search, and where each of its characters was. */
export interface FlatText {
  readonly text: string;
  /** `text`, with line breaks where the message has them. Same length. */
  readonly lines: string;
  /** Position in the original message of each character of `text`, UTF-16. */
  readonly origin: Uint32Array;
}

// Causes stand at the beginning (the message) or at the end (the innermost cause) of long texts.
const headLength = 8 * 1024;
const tailLength = 8 * 1024;

const straight = new Map([
  ['’', "'"],
  ['‘', "'"],
  ['“', '"'],
  ['”', '"'],
  ['：', ':'],
]);
const hexadecimal = /^[0-9a-fA-F]{4}$/;
const ansiEscape = /^\u001b\[[0-9;]{0,16}[a-zA-Z]/;

/**
 * Unwraps without parsing, because logged JSON is often cut: escapes at any depth of JSON in JSON become the characters
 * they stand for, white space becomes one space, typographic quotes straight ones. At most 16 K characters are looked at.
 */
export function flatten(message: string): FlatText {
  const cut = message.length > headLength + tailLength;
  const characters: string[] = [];
  const origin: number[] = [];
  const emit = (character: string, position: number): void => {
    if (character.trim() !== '') {
      characters.push(straight.get(character) ?? character);
      origin.push(position);
      return;
    }
    const blank = character === '\n' ? '\n' : ' ';
    const last = characters.at(-1);
    if (last === ' ' || last === '\n') {
      characters[characters.length - 1] = last === '\n' ? last : blank;
    } else if (last !== undefined) {
      characters.push(blank);
      origin.push(position);
    }
  };

  const read = (from: number, to: number): void => {
    let position = from;
    while (position < to) {
      const character = message.charAt(position);
      if (character === '\\') {
        position = readEscape(message, position, to, emit);
      } else if (character === '\u001b') {
        position += ansiEscape.exec(message.slice(position, position + 20))?.[0].length ?? 1;
      } else {
        emit(character, position);
        position++;
      }
    }
  };

  read(0, cut ? headLength : message.length);
  if (cut) {
    emit(' ', headLength);
    read(message.length - tailLength, message.length);
  }
  const lines = characters.join('');
  return { text: lines.replaceAll('\n', ' '), lines, origin: Uint32Array.from(origin) };
}

/** Reads a run of backslashes and what they escape; returns the position after it. */
function readEscape(
  message: string,
  start: number,
  end: number,
  emit: (character: string, position: number) => void,
): number {
  let next = start;
  while (next < end && message.charAt(next) === '\\') {
    next++;
  }
  const escaped = next < end ? message.charAt(next) : '';
  if (escaped === 'n' || escaped === 'r' || escaped === 't') {
    emit(escaped === 'n' ? '\n' : ' ', start);
    return next + 1;
  }
  const digits = message.slice(next + 1, next + 5);
  if (escaped === 'u' && next + 5 <= end && hexadecimal.test(digits)) {
    emit(String.fromCharCode(Number.parseInt(digits, 16)), start);
    return next + 5;
  }
  if (escaped === '"' || escaped === "'" || escaped === '`' || escaped === '/') {
    emit(escaped, next);
    return next + 1;
  }
  emit('\\', start);
  return next;
}
