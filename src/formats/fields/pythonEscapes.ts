const escapePattern =
  /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g;
const controls: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);
const maxCodePoint = 0x10ffff;

/** The text that stands between two quotes of Python's `repr`; undefined when there is an escape that `repr` never writes. */
export function unescape(text: string, isBytes: boolean): string | undefined {
  let isFine = true;
  const result = text.replace(
    escapePattern,
    (_all, simple?: string, byte?: string, unit?: string, point?: string, other?: string) => {
      if (simple !== undefined) {
        return controls.get(simple) ?? simple;
      }
      const code = Number.parseInt(byte ?? unit ?? point ?? '', 16);
      isFine &&= other === undefined && code <= maxCodePoint && (!isBytes || byte !== undefined);
      return isFine ? String.fromCodePoint(code) : '';
    },
  );
  return isFine ? result : undefined;
}

/** Bytes as Python prints them, a character each, read as UTF-8; broken ones become U+FFFD. */
export function textOfBytes(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, character => character.charCodeAt(0)));
}
