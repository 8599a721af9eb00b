/** A run of characters that reads as it is, or of ones that hide or mislead and are named instead. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'special';
      /** The characters themselves. */
      readonly text: string;
      /** Short sign for the badge: `RLO`, `ESC ×3`. */
      readonly label: string;
      /** For the tooltip: `U+202E right-to-left override`. */
      readonly title: string;
    };

// controls but tab, line feed and carriage return; soft hyphen; zero-width and bidi; line and paragraph separators;
// invisible operators; byte order mark; interlinear annotation; lone surrogates; tag characters and the variation
// selectors of plane 14, which smuggle text past the reader
const special =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\uD800-\uDFFF\u{E0000}-\u{E01EF}]/u;

const names = new Map<number, readonly [string, string]>([
  [0x00, ['NUL', 'null']],
  [0x07, ['BEL', 'bell']],
  [0x08, ['BS', 'backspace']],
  [0x1b, ['ESC', 'escape: starts a terminal command']],
  [0x7f, ['DEL', 'delete']],
  [0x9b, ['CSI', 'starts a terminal command']],
  [0xad, ['SHY', 'soft hyphen']],
  [0x061c, ['ALM', 'Arabic letter mark']],
  [0x200b, ['ZWSP', 'zero-width space']],
  [0x200c, ['ZWNJ', 'zero-width non-joiner']],
  [0x200d, ['ZWJ', 'zero-width joiner']],
  [0x200e, ['LRM', 'left-to-right mark']],
  [0x200f, ['RLM', 'right-to-left mark']],
  [0x2028, ['LS', 'line separator']],
  [0x2029, ['PS', 'paragraph separator']],
  [0x202a, ['LRE', 'left-to-right embedding']],
  [0x202b, ['RLE', 'right-to-left embedding']],
  [0x202c, ['PDF', 'end of a direction change']],
  [0x202d, ['LRO', 'left-to-right override']],
  [0x202e, ['RLO', 'right-to-left override']],
  [0x2060, ['WJ', 'word joiner']],
  [0x2066, ['LRI', 'left-to-right isolate']],
  [0x2067, ['RLI', 'right-to-left isolate']],
  [0x2068, ['FSI', 'first strong isolate']],
  [0x2069, ['PDI', 'end of an isolate']],
  [0xfeff, ['BOM', 'byte order mark']],
]);

/** Scripts that need a joiner or non-joiner inside words. */
const joining =
  /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
/** What a joiner binds in an emoji: pictures, skin tones, the variation selector. */
const pictorial = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]$/u;

/** Cuts text into what can be shown as it is and what must be named. Linear; most text is one segment. */
export function toSegments(text: string): readonly Segment[] {
  if (!special.test(text)) {
    return text === '' ? [] : [{ kind: 'text', text }];
  }
  const segments: Segment[] = [];
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0;
    const size = code > 0xffff ? 2 : 1;
    if (!isSpecial(code) || isInPlace(text, at, code)) {
      at += size;
      continue;
    }
    if (at > plainFrom) {
      segments.push({ kind: 'text', text: text.slice(plainFrom, at) });
    }
    let end = at + size;
    while (end < text.length && isSame(code, text.codePointAt(end) ?? 0)) {
      end += size;
    }
    segments.push(toSpecial(text.slice(at, end), code, (end - at) / size));
    plainFrom = end;
    at = end;
  }
  if (plainFrom < text.length) {
    segments.push({ kind: 'text', text: text.slice(plainFrom) });
  }
  return segments;
}

/** Most characters of a tooltip or a name for readers of the screen. */
const attributeCharacters = 1000;

/** Text for places without elements, such as tooltips: hidden characters as `[RLO]`, cut when very long. */
export function visibleText(text: string): string {
  const cut = text.length > attributeCharacters;
  const shown = toSegments(cut ? text.slice(0, attributeCharacters) : text)
    .map(segment => (segment.kind === 'text' ? segment.text : `[${segment.label}]`))
    .join('');
  return cut ? `${shown}…` : shown;
}

function isSpecial(code: number): boolean {
  return special.test(String.fromCodePoint(code));
}

function isTag(code: number): boolean {
  return code >= 0xe0000 && code <= 0xe01ef;
}

function isSame(first: number, code: number): boolean {
  return isTag(first) ? isTag(code) : code === first;
}

/** Joiners do their work between letters of joining scripts and inside emoji: there they are text. */
function isInPlace(text: string, at: number, code: number): boolean {
  if (code !== 0x200c && code !== 0x200d) {
    return false;
  }
  const before = lastCharacter(text, at);
  const after = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
  const inWord = joining.test(before) && (joining.test(after) || !/^\p{L}$/u.test(after));
  return inWord || (code === 0x200d && pictorial.test(before) && pictorial.test(after));
}

function lastCharacter(text: string, before: number): string {
  const low = text.charCodeAt(before - 1);
  const isLow = low >= 0xdc00 && low <= 0xdfff;
  return text.slice(Math.max(0, before - (isLow ? 2 : 1)), before);
}

function toSpecial(text: string, code: number, times: number): Segment {
  const repeated = times > 1 ? ` ×${times}` : '';
  if (isTag(code)) {
    const hidden = [...text]
      .map(character => (character.codePointAt(0) ?? 0) - 0xe0000)
      .filter(ascii => ascii >= 0x20 && ascii < 0x7f)
      .map(ascii => String.fromCodePoint(ascii))
      .join('');
    const says = hidden === '' ? '' : `: "${hidden}"`;
    return {
      kind: 'special',
      text,
      label: `${times} invisible`,
      title: `invisible tag characters${says}`,
    };
  }
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const [label, name] = names.get(code) ?? [hex, code < 0xa0 ? 'control character' : 'not visible'];
  return { kind: 'special', text, label: `${label}${repeated}`, title: `${hex} ${name}` };
}
