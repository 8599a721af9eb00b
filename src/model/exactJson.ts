/** Digits below this number fit a double whatever they are: 2^53 has sixteen. */
const digitsInDoubt = 16;
const wholeNumber = /-?[1-9][0-9]{15,}(?![0-9.eE]|[ \t\r\n]*:)/y;

/**
 * `JSON.parse`, but a whole number beyond 2^53 becomes its digits as a text: ids of 128 bits and times in nanoseconds, which a
 * number of JavaScript would round. Throws as `JSON.parse` does, and accepts the same texts.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(hasLongNumber(text) ? withQuotedNumbers(text) : text);
}

/** Position of the quote that closes the text opened at `start`; the length when none does. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') {
      backslashes++;
    }
    if (backslashes % 2 === 0) {
      return end;
    }
  }
  return text.length;
}

/** Whether a run of digits long enough stands where a number may; every such run covers one of the places looked at. */
function hasLongNumber(text: string): boolean {
  for (let position = digitsInDoubt - 1; position < text.length; position += digitsInDoubt) {
    if (!isDigit(text.charCodeAt(position))) {
      continue;
    }
    let start = position;
    while (isDigit(text.charCodeAt(start - 1))) {
      start--;
    }
    while (isDigit(text.charCodeAt(position + 1))) {
      position++;
    }
    if (position - start + 1 >= digitsInDoubt && mayStartNumber(text, start)) {
      return true;
    }
  }
  return false;
}

/** Whether digits at this place begin a number: not in an id, a fraction, an exponent, or right after a quote. */
function mayStartNumber(text: string, start: number): boolean {
  const before = text[start - 1] === '-' ? start - 2 : start - 1;
  return before < 0 || ' \t\r\n,:['.includes(text.charAt(before));
}

/**
 * Where JSON allows a number it allows a text, and a text alone may stand before a colon, which the pattern rules out: so
 * what was JSON stays JSON, and what was none stays none.
 */
function withQuotedNumbers(text: string): string {
  let result = '';
  let copied = 0;
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code === 0x22) {
      position = endOfString(text, position);
      continue;
    }
    if (code !== 0x2d && !isDigit(code)) {
      continue;
    }
    const digits = mayStartNumber(text, position) ? longNumberAt(text, position) : undefined;
    if (digits !== undefined && !Number.isSafeInteger(Number(digits))) {
      result += `${text.slice(copied, position)}"${digits}"`;
      copied = position + digits.length;
    }
    while (isNumberPart(text.charCodeAt(position + 1))) {
      position++;
    }
  }
  return result + text.slice(copied);
}

function longNumberAt(text: string, position: number): string | undefined {
  wholeNumber.lastIndex = position;
  return wholeNumber.exec(text)?.[0];
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Digits, `+ - .` and letters: what may follow in the same number or word. */
function isNumberPart(code: number): boolean {
  return isDigit(code) || code === 0x2b || code === 0x2d || code === 0x2e || (code | 0x20) === 0x65;
}
