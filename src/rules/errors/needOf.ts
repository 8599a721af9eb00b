import { gramLength } from './grams';
import { all, any, type Need } from './need';

/** Reads out of a pattern the texts that no match can do without. */
export function needOf(pattern: RegExp): Need {
  return new NeedReader(pattern.source).read();
}

/** Walks the source of a pattern; whatever it does not know asks for nothing. */
class NeedReader {
  private position = 0;

  constructor(private readonly source: string) {}

  /** Alternatives up to a closing bracket or the end. */
  read(): Need {
    const alternatives = [this.readSequence()];
    while (this.source[this.position] === '|') {
      this.position++;
      alternatives.push(this.readSequence());
    }
    return any(alternatives);
  }

  private readSequence(): Need {
    const needs: Need[] = [];
    let literal = '';
    const endLiteral = (): void => {
      if (literal.length >= gramLength) {
        needs.push([literal.toLowerCase()]);
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
        if (!this.skipQuantifier().optional) {
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

  private readGroup(): Need | 'zero width' {
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
