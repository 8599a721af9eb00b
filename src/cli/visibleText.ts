/** What can command a terminal or reorder a line: C0 but tab and line break, DEL, C1, separators, overrides of direction. */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const unsafeInJson = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const invisible = /^\p{Mark}$|^\p{Format}$/u;

/** Makes control characters visible: `␛` for escape, `\x9b` for those without a picture. Tabs and line breaks stay. */
export function makeVisible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unsafe, character => {
    const code = character.charCodeAt(0);
    if (code < 0x20) {
      return String.fromCharCode(0x2400 + code);
    }
    return code > 0xff ? toEscape(character) : `\\x${code.toString(16)}`;
  });
}

/** The same JSON, with what JSON lets through but a terminal obeys written as `\u009b`. */
export function escapeInJson(json: string): string {
  return json.replace(unsafeInJson, toEscape);
}

/** One line: white space collapsed. */
export function toOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Columns that a terminal takes for the text: two for East Asian wide characters and emoji, none for marks. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
  }
  return width;
}

/** Cuts to so many columns, the last one being `…`. */
export function cutToWidth(text: string, columns: number): string {
  let width = 0;
  let kept = '';
  for (const character of text) {
    const next = characterWidth(character);
    if (width + next > columns - 1) {
      return displayWidth(text) <= columns ? text : `${kept}…`;
    }
    width += next;
    kept += character;
  }
  return text;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) {
    return 1;
  }
  if (invisible.test(character)) {
    return 0;
  }
  return wideRanges.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** The blocks of Unicode's EastAsianWidth that are wide (W, F), taken whole; close enough for a table. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function toEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
