import { Column } from '../store/columns';
import type { SpanError } from '../../model/span';
import { once } from '../../model/once';
import { errorBook } from '../../rules/errorBook';
import type { SpanStore } from '../store/spanStore';
import type { TextShape } from '../store/textPacker';

const kinds = ['call', 'embedding', 'tool', 'agent', 'retrieval', 'chain', 'event'];
const fields = ['name', 'model', 'requestId', 'traceId', 'spanId', 'sessionId', 'userId'] as const;
const states = { notAsked: 0, absent: 1, there: 2 } as const;

/**
 * Whether what is kept of a span may hold a text, told without making the span: the same names and ids stand in many rows, and
 * each is looked at once. It may say yes where `readFreeText` says no, never the other way round.
 */
export class SummaryText {
  readonly #store: SpanStore;
  readonly #text: string;
  /** By number of the text in the table of strings. */
  #states = new Column('id');
  /** See `StringTable.sweeps`. */
  #sweeps = 0;
  readonly #isInKinds: boolean;
  readonly #isInCategories = once(() =>
    // what an error is called is worked out when the span is made
    errorBook().categoryIds.some(id => id.includes(this.#text)),
  );
  /** Whether errors that are told in the same words hold it. */
  readonly #errors = new Map<string, boolean>();
  /** Whether texts of a shape may hold it. */
  readonly #shapes = new Map<TextShape, boolean>();

  /** `text`: in lower case. */
  constructor(store: SpanStore, text: string) {
    this.#store = store;
    this.#text = text;
    // a span without a name is called what it is
    this.#isInKinds = kinds.some(kind => kind.includes(text));
  }

  mayBeIn(rows: readonly number[]): boolean {
    const { sweeps } = this.#store.strings;
    if (this.#sweeps !== sweeps) {
      this.#sweeps = sweeps;
      this.#states = new Column('id');
      this.#errors.clear();
    }
    return this.#isInKinds || rows.some(row => this.#isInRow(row));
  }

  #isInRow(row: number): boolean {
    const { table } = this.#store;
    const error = table.error(row);
    if (error !== undefined && (this.#isInCategories() || this.#isInError(row, error))) {
      return true;
    }
    for (const field of fields) {
      if (this.#isInText(table.textId(row, field))) {
        return true;
      }
    }
    return (
      table.toolCallNames(row).some(name => this.#isIn(name)) ||
      (table.hasTags(row) &&
        table
          .tags(row)
          .flat()
          .some(text => this.#isIn(text)))
    );
  }

  #isInError(row: number, { type = '', message = '' }: Partial<SpanError>): boolean {
    const label = this.#store.table.errorLabel(row);
    const known = label === undefined ? undefined : this.#errors.get(label);
    if (known !== undefined) {
      return known;
    }
    const isIn = this.#isIn(type) || this.#isIn(message);
    if (label !== undefined) {
      this.#errors.set(label, isIn);
    }
    return isIn;
  }

  #isInText(id: number): boolean {
    let state = this.#states.get(id);
    if (state === states.notAsked) {
      const { strings } = this.#store;
      const shape = strings.shapeOf(id);
      // most texts are ids of hex digits: a word has other letters, too, which tells it without making the id
      if (shape !== undefined && !this.#mayBeInShape(shape)) {
        return false;
      }
      const text = strings.text(id);
      state = text !== undefined && this.#isIn(text) ? states.there : states.absent;
      this.#states.set(id, state);
    }
    return state === states.there;
  }

  #mayBeInShape(shape: TextShape): boolean {
    let mayBe = this.#shapes.get(shape);
    if (mayBe === undefined) {
      const letters = new Set(`${shape.prefix.toLowerCase()}0123456789abcdef-`);
      mayBe = [...this.#text].every(letter => letters.has(letter));
      this.#shapes.set(shape, mayBe);
    }
    return mayBe;
  }

  #isIn(text: string): boolean {
    return text.toLowerCase().includes(this.#text);
  }
}
