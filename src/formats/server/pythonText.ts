const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['0', '\0'],
]);

export interface PythonText {
  readonly text: string;
  /** Position after the closing quote. */
  readonly end: number;
}

/** A text as Python's `repr` writes it, from its opening quote on; undefined when none begins there. */
export function readPythonText(source: string, start: number): PythonText | undefined {
  const quote = source[start];
  if (quote !== "'" && quote !== '"') {
    return undefined;
  }
  const pieces: string[] = [];
  let from = start + 1;
  for (let at = from; at < source.length; at++) {
    const character = source[at];
    if (character === quote) {
      pieces.push(source.slice(from, at));
      return { text: pieces.join(''), end: at + 1 };
    }
    if (character === '\\') {
      pieces.push(source.slice(from, at));
      const { text, length } = unescape(source, at + 1);
      pieces.push(text);
      at += length;
      from = at + 1;
    }
  }
  // cut off
  return { text: pieces.join('') + source.slice(from), end: source.length };
}

function unescape(source: string, at: number): { readonly text: string; readonly length: number } {
  const hex = /^(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})/i.exec(source.slice(at, at + 9))?.[0];
  if (hex !== undefined) {
    const code = Number.parseInt(hex.slice(1), 16);
    return { text: code <= 0x10_ffff ? String.fromCodePoint(code) : '\ufffd', length: hex.length };
  }
  const character = source[at] ?? '';
  return { text: escapes.get(character) ?? character, length: character.length };
}
