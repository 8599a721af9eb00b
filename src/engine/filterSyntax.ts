/**
 * The grammar of the filter: `field:value`, comparisons, ranges, free words and "phrases", AND, OR, NOT, `-` and ().
 * Our own and not liqe's, which builds a `new Function` for each field while parsing, has no units in ranges and refuses
 * `/` in a value. One pass, no backtracking: linear in the length of the text.
 */
export type Operator = ':' | ':=' | ':>' | ':>=' | ':<' | ':<=';

/** UTF-16 positions in the text of the filter. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Literal extends Place {
  readonly text: string;
  /** In quotes: `*` is a star. */
  readonly quoted: boolean;
}

export interface RangeValue extends Place {
  readonly from: Literal;
  readonly to: Literal;
  readonly includesFrom: boolean;
  readonly includesTo: boolean;
}

export type FilterNode =
  | { readonly type: 'and' | 'or'; readonly parts: readonly FilterNode[] }
  | { readonly type: 'not'; readonly part: FilterNode }
  | { readonly type: 'text'; readonly value: Literal }
  | {
      readonly type: 'field';
      readonly field: Literal;
      readonly operator: Operator;
      readonly value: Literal | RangeValue;
    };

/** What is wrong with a filter and where. Thrown inside the parser, a value outside of it. */
export class FilterProblem extends Error {
  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
  }
}

const maxDepth = 64; // parentheses within parentheses
const fieldName = /^[A-Za-z][\w.-]*$/;
const spaces = /\s/;

/** The filter that looks for a text as it is, whatever signs are in it. */
export function quoteText(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** Throws FilterProblem. undefined: nothing was asked for. */
export function parseFilterSyntax(text: string): FilterNode | undefined {
  return new Parser(text).parse();
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  parse(): FilterNode | undefined {
    this.skipSpaces();
    if (this.at === this.text.length) {
      return undefined;
    }
    const node = this.readOr();
    if (this.at < this.text.length) {
      throw this.problem('There is no ( for this )', this.at, this.at + 1);
    }
    return node;
  }

  private readOr(): FilterNode {
    const parts = [this.readAnd()];
    while (this.takeKeyword('OR')) {
      parts.push(this.readAnd());
    }
    return join('or', parts);
  }

  private readAnd(): FilterNode {
    const parts = [this.readUnary()];
    while (this.at < this.text.length && this.text[this.at] !== ')' && !this.seesKeyword('OR')) {
      this.takeKeyword('AND');
      parts.push(this.readUnary());
    }
    return join('and', parts);
  }

  private readUnary(): FilterNode {
    let negated = false;
    while (this.takeKeyword('NOT') || this.takeMinus()) {
      negated = !negated;
    }
    const part = this.readPrimary();
    return negated ? { type: 'not', part } : part;
  }

  private readPrimary(): FilterNode {
    const start = this.at;
    if (start >= this.text.length) {
      throw this.problem('Something is missing at the end', Math.max(0, start - 1), start);
    }
    if (this.seesKeyword('AND') || this.seesKeyword('OR') || this.text[start] === ')') {
      throw this.problem('Something is missing before this', start, start + 1);
    }
    if (this.text[start] !== '(') {
      return this.readTerm();
    }
    if (++this.depth > maxDepth) {
      throw this.problem('Too many parentheses', start, start + 1);
    }
    this.at++;
    this.skipSpaces();
    const node = this.readOr();
    if (this.text[this.at] !== ')') {
      throw this.problem('This ( is never closed', start, start + 1);
    }
    this.at++;
    this.depth--;
    this.skipSpaces();
    return node;
  }

  private readTerm(): FilterNode {
    if (this.seesQuote()) {
      const value = this.readQuoted();
      this.skipSpaces();
      return { type: 'text', value };
    }
    const start = this.at;
    const wordEnd = this.endOfWord(start);
    const colon = this.text.slice(start, wordEnd).indexOf(':');
    if (colon < 0 || !fieldName.test(this.text.slice(start, start + colon))) {
      this.at = wordEnd;
      const value = this.literal(start, wordEnd);
      this.skipSpaces();
      return { type: 'text', value };
    }
    const field = this.literal(start, start + colon);
    this.at = start + colon + 1;
    const operator = this.readOperator();
    const value = this.readValue(field);
    this.skipSpaces();
    return { type: 'field', field, operator, value };
  }

  private readOperator(): Operator {
    const [, operator = ''] = /^([<>]=?|=)?/.exec(this.text.slice(this.at, this.at + 2)) ?? [];
    this.at += operator.length;
    // the pattern allows no other
    return `:${operator}` as Operator;
  }

  private readValue(field: Literal): Literal | RangeValue {
    if (this.seesQuote()) {
      return this.readQuoted();
    }
    if (this.text[this.at] === '[' || this.text[this.at] === '{') {
      return this.readRange();
    }
    const start = this.at;
    this.at = this.endOfWord(start);
    if (this.at === start) {
      throw this.problem(`"${field.text}:" needs a value`, field.start, start);
    }
    return this.literal(start, this.at);
  }

  private readRange(): RangeValue {
    const start = this.at;
    const close = this.text.slice(start).search(/[\]}]/);
    if (close < 0) {
      throw this.problem('This range is never closed', start, this.text.length);
    }
    this.at = start + close + 1;
    const inside = this.text.slice(start + 1, this.at - 1);
    const middle = inside.indexOf(' TO ');
    const from = inside.slice(0, Math.max(0, middle)).trim();
    const to = middle < 0 ? '' : inside.slice(middle + 4).trim();
    if (from === '' || to === '') {
      throw this.problem('A range is written [1 TO 2]', start, this.at);
    }
    const place = { start, end: this.at, quoted: false };
    return {
      start,
      end: this.at,
      from: { ...place, text: from },
      to: { ...place, text: to },
      includesFrom: this.text[start] === '[',
      includesTo: this.text[this.at - 1] === ']',
    };
  }

  private readQuoted(): Literal {
    const start = this.at;
    const quote = this.text[start];
    const pieces: string[] = [];
    let at = start + 1;
    while (at < this.text.length && this.text[at] !== quote) {
      if (this.text[at] === '\\' && at + 1 < this.text.length) {
        at++;
      }
      pieces.push(this.text.charAt(at));
      at++;
    }
    if (at >= this.text.length) {
      throw this.problem('This quote is never closed', start, this.text.length);
    }
    this.at = at + 1;
    return { text: pieces.join(''), quoted: true, start, end: this.at };
  }

  private literal(start: number, end: number): Literal {
    return { text: this.text.slice(start, end), quoted: false, start, end };
  }

  private seesQuote(): boolean {
    return this.text[this.at] === '"' || this.text[this.at] === "'";
  }

  private seesKeyword(word: string): boolean {
    const end = this.at + word.length;
    return this.text.startsWith(word, this.at) && this.endOfWord(this.at) === end;
  }

  private takeKeyword(word: string): boolean {
    if (!this.seesKeyword(word)) {
      return false;
    }
    this.at += word.length;
    this.skipSpaces();
    return true;
  }

  private takeMinus(): boolean {
    const next = this.text[this.at + 1];
    if (this.text[this.at] !== '-' || next === undefined || spaces.test(next)) {
      return false;
    }
    this.at++;
    return true;
  }

  private endOfWord(start: number): number {
    let end = start;
    while (end < this.text.length && !/[\s()"]/.test(this.text.charAt(end))) {
      end++;
    }
    return end;
  }

  private skipSpaces(): void {
    while (this.at < this.text.length && spaces.test(this.text.charAt(this.at))) {
      this.at++;
    }
  }

  private problem(message: string, start: number, end: number): FilterProblem {
    return new FilterProblem(message, { start, end });
  }
}

function join(type: 'and' | 'or', parts: readonly FilterNode[]): FilterNode {
  const [first] = parts;
  return parts.length === 1 && first ? first : { type, parts };
}
