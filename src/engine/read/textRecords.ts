import type { LogFormat, TextFormat } from '../../formats/format';

/** A text record that may go on in the next line. Offsets and lengths are bytes of the original file. */
export interface OpenTextRecord {
  readonly formatIndex: number;
  readonly format: string;
  readonly offset: number;
  readonly line: number;
  readonly lines: string[];
  end: number;
  /** It was given to the sink before; the next time it replaces itself. */
  wasGiven: boolean;
  /** It has lines that were not given yet. */
  hasNews: boolean;
}

interface Framer {
  readonly id: string;
  readonly roleOf: ReturnType<TextFormat['createFramer']>;
}

/** What became of a line. `closed` must be given before anything else. */
export interface LineVerdict {
  readonly isClaimed: boolean;
  readonly closed?: OpenTextRecord | undefined;
}

/**
 * Puts lines together to text records by the framers of the formats. The first format of the list that wants a line gets
 * it, so a specific format takes its lines out of the middle of a broad one, never the other way round.
 */
export class TextRecords {
  open: OpenTextRecord | undefined;
  private framers: readonly Framer[] | undefined;

  constructor(private readonly formats: readonly LogFormat[]) {}

  /** Takes a whole line from `offset` to `end`. */
  take(text: string, offset: number, end: number, line: number): LineVerdict {
    // most files have no line of text, and there may be ten thousand of them
    this.framers ??= framersOf(this.formats);
    for (const [formatIndex, framer] of this.framers.entries()) {
      const role = framer.roleOf(text);
      if (role === 'start') {
        const closed = this.close();
        const lines = [text];
        this.open = {
          formatIndex,
          format: framer.id,
          offset,
          line,
          lines,
          end,
          wasGiven: false,
          hasNews: true,
        };
        return { isClaimed: true, closed };
      }
      if ((role === 'continue' || role === 'end') && this.open?.formatIndex === formatIndex) {
        this.open.lines.push(text);
        this.open.end = end;
        this.open.hasNews = true;
        return { isClaimed: true, closed: role === 'end' ? this.close() : undefined };
      }
    }
    return { isClaimed: false, closed: this.close() };
  }

  /** Ends the open record; the caller gives it to the sink when it has news. */
  close(): OpenTextRecord | undefined {
    const closed = this.open;
    this.open = undefined;
    return closed;
  }
}

function framersOf(formats: readonly LogFormat[]): readonly Framer[] {
  return formats
    .filter(format => format.container === 'text')
    .map(format => ({ id: format.id, roleOf: format.createFramer() }));
}
