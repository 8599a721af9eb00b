/** Characters that are spelled the same in every encoding, however often a text was escaped. */
const plain = /[a-z0-9 _.,:-]+/g;
const kelvinSign = '\u212a'; // its lower case is the letter k
const dottedI = '\u0130'; // its lower case begins with the letter i

/**
 * What the bytes of a record must match, one character a byte (latin1), if a text of it can hold the wanted one, which is in
 * lower case. undefined: that cannot be told from the bytes, any record may hold it. Only literals: it runs in linear time, and
 * V8 makes machine code of it that looks at more than a gigabyte a second.
 */
export function bytePattern(wanted: string): RegExp | undefined {
  const spellings = spellingsOf(wanted);
  return spellings && new RegExp(spellings.map(escaped).join('|'), 'gi');
}

function spellingsOf(wanted: string): readonly string[] | undefined {
  const piece = plainPiece(wanted);
  if (piece !== '') {
    const others = [
      ...(piece.includes('k') ? spellingsOfOne(kelvinSign) : []),
      ...(piece.endsWith('i') ? spellingsOfOne(dottedI) : []),
    ];
    return [piece, ...others];
  }
  const rarest = rarestCharacter(wanted);
  return rarest === undefined ? undefined : spellingsOfCharacter(rarest);
}

/** The longest plain piece of a text; empty when it has none. */
function plainPiece(wanted: string): string {
  const pieces = wanted.match(plain) ?? [];
  return pieces.reduce((one, other) => (other.length > one.length ? other : one), '');
}

/** The character that stands in the fewest texts, as far as its number tells; undefined when there are only signs that are escaped in many ways. */
function rarestCharacter(wanted: string): string | undefined {
  // half of a pair, or what stands for broken bytes, is spelled in no certain way
  const characters = [...wanted].filter(
    character =>
      character > '\u007f' && character !== '\ufffd' && !/[\ud800-\udfff]/u.test(character),
  );
  const codes = characters.map(character => character.codePointAt(0) ?? 0);
  return codes.length === 0 ? undefined : String.fromCodePoint(Math.max(...codes));
}

function spellingsOfCharacter(character: string): readonly string[] {
  return sameInLowerCase(character).flatMap(spellingsOfOne);
}

/** In UTF-8, as an escape of JSON (`\u65e5`) or of Python (`\xe9`, `\U0001f600`, and bytes `\xe6`). */
function spellingsOfOne(character: string): readonly string[] {
  const code = character.codePointAt(0) ?? 0;
  const lastUnit = character.charCodeAt(character.length - 1);
  const firstByte = Buffer.from(character)[0] ?? 0;
  return [
    asBytes(character),
    `u${hex(lastUnit, 4)}`,
    `x${hex(firstByte, 2)}`,
    ...(code > 0xffff ? [`u${hex(code, 8)}`] : []),
    ...(code <= 0xff ? [`x${hex(code, 2)}`] : []),
  ];
}

/** The characters whose lower case has this one: `é` is in those of `é` and `É`. */
function sameInLowerCase(character: string): readonly string[] {
  const isCaseless = character.toLowerCase() === character && character.toUpperCase() === character;
  // a combining dot has no case and is in the lower case of a letter all the same
  if (isCaseless && character !== '\u0307') {
    return [character];
  }
  // the sigma at the end of a word is another one than inside
  const wanted = character === 'ς' ? ['ς', 'σ'] : [character];
  return casedCharacters().filter(one => {
    const lower = one.toLowerCase();
    return wanted.some(each => lower.includes(each));
  });
}

let allCased: readonly string[] | undefined;

/** The characters beyond ASCII that are another one in lower case, or are the lower case of one. */
function casedCharacters(): readonly string[] {
  allCased ??= Array.from({ length: maxCased }, (_, code) => code + 0x80)
    .filter(code => code < 0xd800 || code > 0xdfff)
    .map(code => String.fromCodePoint(code))
    .filter(one => one.toLowerCase() !== one || one.toUpperCase() !== one || one === '\u0307');
  return allCased;
}

const maxCased = 0x1ffff; // the last plane of Unicode that has letters with two cases

function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');
}
