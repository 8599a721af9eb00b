import { findContextWindow } from '../analysis/priceBook';
import { Series } from '../analysis/series';
import { isCall, type Span } from '../model/span';
import { keyOf } from './keyOf';
import type { LogRule, SpanPlace } from './rule';
import { count } from './say';

const turns = 6;
const factor = 3; // from the first to the last of the turns that grow
const largeTokens = 100_000; // where the window of the model is unknown
const largeShare = 0.7; // of the window

/** A conversation whose prompt only ever grows: nothing of its history is ever dropped. */
export const growingPrompt: LogRule = {
  id: 'growing-prompt',
  title: 'History grows without bound',
  severity: 'info',
  docs: `The input grew in each of ${turns} calls or more of a session (or trace), to ${factor} times and more, and fills ${largeShare * 100} % of the context window (${largeTokens / 1000}k tokens where the window is unknown). Said once, at the last of them.`,
  looksAt: 'log',
  compare() {
    let talks = new Talks();
    return {
      see: (span, place) => talks.add(span, place),
      conclude() {
        const runs = talks.growing();
        talks = new Talks();
        return (span, { id }) => {
          const run = runs.get(id);
          return (
            run && {
              message: `The prompt grew in each of the last ${run.turns} calls of this conversation, from ${count(run.from)} to ${count(run.to)} tokens${run.window === undefined ? '' : ` (the window of ${span.model} has ${count(run.window)})`}, and was never shortened.`,
              fixes: [
                'Bound the history: summarise old turns when it passes a limit, and keep the latest as they are.',
                'Replace tool results that were used already by a line that says what they were.',
                'Start a new conversation for a new task.',
              ],
              links: [],
              facts: { turns: run.turns, first_tokens: run.from, last_tokens: run.to },
            }
          );
        };
      },
    };
  },
};

interface Run {
  readonly turns: number;
  readonly from: number;
  readonly to: number;
  readonly window: number | undefined;
}

/** The prompts of each session by operation, model and parent: agents beside each other have histories of their own. */
class Talks {
  /** Input tokens; its lanes are the sessions. */
  readonly #series = new Series();
  // by place in it
  readonly #kinds: number[] = [];
  readonly #parents: (string | undefined)[] = [];
  /** Operations and models, by `keyOf`. */
  readonly #numbers = new Map<string, number>();
  readonly #models: Pick<Span, 'model' | 'provider'>[] = [];

  add(span: Span, { id, lane }: SpanPlace): void {
    const tokens = span.usage.inputTokens;
    const at = span.startTime;
    if (!isCall(span) || !tokens || at === undefined) {
      return;
    }
    const { model, name, provider } = span;
    const kind = keyOf(name, model, provider);
    const number = this.#numbers.get(kind) ?? this.#numbers.size;
    if (number === this.#numbers.size) {
      this.#numbers.set(kind, number);
      this.#models.push({ model, provider });
    }
    this.#series.add({ id, at, lane, value: tokens });
    this.#kinds.push(number);
    this.#parents.push(span.parentSpanId);
  }

  /** By the id of the last call of each. */
  growing(): ReadonlyMap<number, Run> {
    const { ids, values } = this.#series;
    const found = new Map<number, Run>();
    for (const places of this.#long()) {
      const window = this.#windowOf(places);
      const large = window === undefined ? largeTokens : largeShare * window;
      const tokensAt = (at: number) => values[places[at] ?? -1] ?? 0;
      let start = 0;
      for (const [at, place] of places.entries()) {
        if (tokensAt(at + 1) > tokensAt(at)) {
          continue;
        }
        const [from, to] = [tokensAt(start), tokensAt(at)];
        const length = at + 1 - start;
        if (length >= turns && to >= factor * from && to >= large) {
          found.set(ids[place] ?? 0, { turns: length, from, to, window });
        }
        start = at + 1;
      }
    }
    return found;
  }

  #windowOf([first = 0]: readonly number[]): number | undefined {
    const { model, provider } = this.#models[this.#kinds[first] ?? 0] ?? {};
    return model === undefined ? undefined : findContextWindow(model, provider);
  }

  /** The places of each conversation that may be long enough, in the order of time. Most sessions have too few calls to be looked at. */
  #long(): Iterable<readonly number[]> {
    const { lanes } = this.#series;
    const calls = new Map<number, number>();
    for (const lane of lanes) {
      calls.set(lane, (calls.get(lane) ?? 0) + 1);
    }
    const talks = new Map<string, number[]>();
    for (const place of this.#series.inOrder()) {
      const lane = lanes[place] ?? 0;
      if ((calls.get(lane) ?? 0) >= turns) {
        const talk = `${lane} ${this.#kinds[place]} ${this.#parents[place] ?? ''}`;
        const places = talks.get(talk) ?? [];
        talks.set(talk, places);
        places.push(place);
      }
    }
    return talks.values();
  }
}
