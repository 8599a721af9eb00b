import { findContextWindow } from '../analysis/priceBook';
import { isCall, type Span } from '../model/span';
import type { LogRule } from './rule';
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
    const talks = new Map<string, Talk>();
    return {
      see: span => addTurn(span, talks),
      conclude() {
        const runs = growingRuns(talks);
        return span => {
          const run = runs.get(span.key);
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

interface Turn {
  readonly key: string;
  readonly at: number;
  readonly tokens: number;
}

interface Talk {
  readonly turns: Turn[];
  readonly window: number | undefined;
}

interface Run {
  readonly turns: number;
  readonly from: number;
  readonly to: number;
  readonly window: number | undefined;
}

function growingRuns(talks: ReadonlyMap<string, Talk>): ReadonlyMap<string, Run> {
  const found = new Map<string, Run>();
  for (const { turns: all, window } of talks.values()) {
    const sorted = all.toSorted((one, other) => one.at - other.at);
    let start = 0;
    for (const [at, turn] of sorted.entries()) {
      const next = sorted[at + 1];
      if (next && next.tokens > turn.tokens) {
        continue;
      }
      const run = sorted.slice(start, at + 1);
      const from = run[0]?.tokens ?? 0;
      const large = window === undefined ? largeTokens : largeShare * window;
      if (run.length >= turns && turn.tokens >= factor * from && turn.tokens >= large) {
        found.set(turn.key, { turns: run.length, from, to: turn.tokens, window });
      }
      start = at + 1;
    }
  }
  return found;
}

/** The prompts of each session by operation, model and parent: agents beside each other have histories of their own. */
function addTurn(span: Span, talks: Map<string, Talk>): void {
  const tokens = span.usage.inputTokens;
  if (!isCall(span) || !tokens || span.startTime === undefined) {
    return;
  }
  const { model = '', name, parentSpanId } = span;
  const lane = JSON.stringify([span.sessionId ?? span.traceKey, name, model, parentSpanId]);
  const known = talks.get(lane) ?? { turns: [], window: findContextWindow(model, span.provider) };
  talks.set(lane, known);
  known.turns.push({ key: span.key, at: span.startTime, tokens });
}
