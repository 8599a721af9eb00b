import type { SpanDetail } from '../src/protocol/engineContract';
import type { panelContract } from '../src/protocol/panelContract';
import type { Client } from '../src/protocol/rpc';

type Asking = Pick<Client<typeof panelContract>, 'getSpan'>;

interface Asked {
  readonly key: string;
  readonly answer: Promise<SpanDetail | null>;
}

/** Asks for a span a moment before it is wanted: while the button is down on its row. */
export class SpanAhead {
  private asked: Asked | undefined;

  constructor(private readonly client: Asking) {}

  ask(key: string): void {
    if (this.asked?.key === key) {
      return;
    }
    const answer = this.client.getSpan({ key });
    // whoever takes it hears of it
    answer.catch(() => {});
    this.asked = { key, answer };
  }

  /** What was asked ahead is given once; anything else is asked now. */
  take(key: string): Promise<SpanDetail | null> {
    const { asked } = this;
    this.asked = undefined;
    return asked?.key === key ? asked.answer : this.client.getSpan({ key });
  }

  /** The log has changed: what was asked may be another thing by now. */
  forget(): void {
    this.asked = undefined;
  }
}
