/** Longest text that a row, a title or a message shows. */
const maxLineCharacters = 200;

/** Joiners (U+200C, U+200D) stay: emoji, Persian and Indic scripts need them. */
const hiding =
  /[\u0080-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
/** In a `u` pattern, surrogates that have a partner are one character and do not match. */
const loneSurrogate = /[\ud800-\udfff]/gu;
const deleteCode = 0x7f;

/** Log text with line breaks and tabs as they are; what would hide or reorder text is written out (`[U+202E]`, `␛`). */
export function toVisibleText(text: string): string {
  return text
    .replace(loneSurrogate, '\ufffd')
    .replace(control, character => {
      const code = character.charCodeAt(0);
      return code === deleteCode ? '\u2421' : String.fromCharCode(0x2400 + code);
    })
    .replace(
      hiding,
      character =>
        `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
}

/** The same on one line, cut with an ellipsis. */
export function toVisibleLine(text: string, maxCharacters = maxLineCharacters): string {
  // twice the room: white space that goes away must not count
  const line = toVisibleText(text.slice(0, maxCharacters * 2).replace(/\s+/g, ' ')).trim();
  const whole = text.length <= maxCharacters * 2;
  if (whole && line.length <= maxCharacters) {
    return line;
  }
  // a cut may split a pair
  return `${line
    .slice(0, maxCharacters - 1)
    .replace(loneSurrogate, '')
    .trimEnd()}…`;
}

/** For places where `$(name)` draws an icon: quick picks, the status bar. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

/** For notifications and input validation, where `[text](command:…)` would be a link and `$(name)` an icon. */
export function forNotification(text: string): string {
  return toVisibleLine(text, 300).replaceAll('](', '] (').replaceAll('$(', '$ (');
}
