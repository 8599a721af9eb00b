/** The runs of three characters that a text has, upper and lower case alike. */
export type Grams = Uint8Array;

/** Whether a pattern may match a text with these grams; it says yes too often, and never wrongly no. */
export type MayMatch = (grams: Grams) => boolean;

const gramLength = 3;
// Two runs may share a slot: then a pattern is tried in vain.
const slots = 1 << 14;

function slotAt(text: string, index: number): number {
  const first = text.charCodeAt(index);
  const second = text.charCodeAt(index + 1);
  const third = text.charCodeAt(index + 2);
  return (first ^ (second << 4) ^ (third << 8) ^ (third >> 6)) & (slots - 1);
}

export function readGrams(text: string): Grams {
  const grams = new Uint8Array(slots);
  const lower = text.toLowerCase();
  for (let index = 0; index + gramLength <= lower.length; index++) {
    grams[slotAt(lower, index)] = 1;
  }
  return grams;
}

/**
 * Reads out of a pattern the texts that no match can do without. Hundreds of patterns are held against every message and a
 * handful can match: looking up grams costs a tenth of running them.
 */
export function mayMatch(pattern: RegExp): MayMatch {
  return new NeedReader(pattern.source).read() ?? always;
}

const always: MayMatch = () => true;

// Loops, because these run five hundred times a message: `every` and `some` take three times as long.

function has(literal: string): MayMatch {
  const wanted = new Uint16Array(literal.length - gramLength + 1);
  for (let index = 0; index < wanted.length; index++) {
    wanted[index] = slotAt(literal, index);
  }
  return grams => {
    for (let index = 0; index < wanted.length; index++) {
      if (grams[wanted[index] ?? 0] === 0) {
        return false;
      }
    }
    return true;
  };
}

function all(needs: readonly MayMatch[]): MayMatch | undefined {
  return needs.length < 2 ? needs[0] : grams => !someSays(false, needs, grams);
}

function any(needs: readonly MayMatch[]): MayMatch | undefined {
  return needs.length < 2 ? needs[0] : grams => someSays(true, needs, grams);
}

function someSays(answer: boolean, needs: readonly MayMatch[], grams: Grams): boolean {
  for (let index = 0; index < needs.length; index++) {
    if (needs[index]?.(grams) === answer) {
      return true;
    }
  }
  return false;
}

/** Walks the source of a pattern; whatever it does not know asks for nothing. */
class NeedReader {
  private position = 0;

  constructor(private readonly source: string) {}

  /** Alternatives up to a closing bracket or the end; undefined when one of them can match anything. */
  read(): MayMatch | undefined {
    const alternatives: (MayMatch | undefined)[] = [this.readSequence()];
    while (this.source[this.position] === '|') {
      this.position++;
      alternatives.push(this.readSequence());
    }
    const needs = alternatives.filter(need => need !== undefined);
    return needs.length < alternatives.length ? undefined : any(needs);
  }

  private readSequence(): MayMatch | undefined {
    const needs: MayMatch[] = [];
    let literal = '';
    const endLiteral = (): void => {
      if (literal.length >= gramLength) {
        needs.push(has(literal.toLowerCase()));
      }
      literal = '';
    };
    while (
      this.position < this.source.length &&
      !'|)'.includes(this.source.charAt(this.position))
    ) {
      if (this.source[this.position] === '(') {
        const group = this.readGroup();
        if (group === 'zero width') {
          continue;
        }
        endLiteral();
        if (!this.skipQuantifier().optional && group !== undefined) {
          needs.push(group);
        }
        continue;
      }
      const character = this.readCharacter();
      if (character === 'zero width') {
        continue;
      }
      const { repeated, optional } = this.skipQuantifier();
      if (character === undefined || optional) {
        endLiteral();
        continue;
      }
      literal += character;
      if (repeated) {
        endLiteral();
      }
    }
    endLiteral();
    return all(needs);
  }

  private readGroup(): MayMatch | 'zero width' | undefined {
    const look = /^\(\?<?[=!]/.exec(this.source.slice(this.position, this.position + 4))?.[0];
    const open = look ?? /^\((?:\?:|\?<\w+>)?/.exec(this.source.slice(this.position))?.[0] ?? '(';
    this.position += open.length;
    const need = this.read();
    this.position++;
    if (look === undefined) {
      return need;
    }
    this.skipQuantifier();
    return 'zero width';
  }

  /** The character that is next in every match; undefined when it may be one of many. */
  private readCharacter(): string | undefined {
    const character = this.source.charAt(this.position++);
    if (character === '^' || character === '$') {
      return 'zero width';
    }
    if (character === '[') {
      this.skipClass();
      return undefined;
    }
    // A tilde stands for what maskEchoes blanked out; the grams are of the text before that.
    if (character === '.' || character === '~') {
      return undefined;
    }
    return character === '\\' ? this.readEscape() : character;
  }

  private readEscape(): string | undefined {
    const escaped = this.source.charAt(this.position++);
    if (escaped === 'b' || escaped === 'B') {
      return 'zero width';
    }
    if (escaped === 'u' || escaped === 'x') {
      this.position += escaped === 'u' ? 4 : 2;
      return undefined;
    }
    return /\w/.test(escaped) ? undefined : escaped;
  }

  private skipClass(): void {
    while (this.position < this.source.length && this.source[this.position] !== ']') {
      this.position += this.source[this.position] === '\\' ? 2 : 1;
    }
    this.position++;
  }

  private skipQuantifier(): { readonly repeated: boolean; readonly optional: boolean } {
    const found = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(
      this.source.slice(this.position, this.position + 16),
    );
    if (found === null) {
      return { repeated: false, optional: false };
    }
    this.position += found[0].length;
    const [sign] = found[0];
    return { repeated: true, optional: sign === '?' || sign === '*' || found[1] === '0' };
  }
}
