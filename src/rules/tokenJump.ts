import { operationJumps } from './operationJumps';
import { count, dollars } from './say';
import type { LogRule } from './rule';

/** Tokens. */
export const tokenLimits = { floor: 4000, factor: 3 };

/** A prompt far longer than those of the same operation before it. */
export const tokenJump: LogRule = {
  id: 'token-jump',
  title: 'Prompt suddenly much longer',
  severity: 'info',
  docs: `The input of a call has more than ${tokenLimits.factor} times the 95th percentile of the calls of its operation before it (of 20 or more), and ${tokenLimits.floor} tokens or more, and did not grow to that within its conversation.`,
  looksAt: 'log',
  compare() {
    const collected = operationJumps(span => span.usage.inputTokens, tokenLimits);
    return {
      see: (span, place) => collected.see(span, place),
      prepare: () => collected.prepare(),
      conclude() {
        const jumps = collected.conclude();
        return (span, { id }) => {
          const jump = jumps.get(id);
          return (
            jump && {
              message: `The input has ${count(jump.value)} tokens; of the ${count(jump.before)} calls of "${span.name}" before it, half have at most ${count(jump.median)} and 95 of 100 at most ${count(jump.p95)}.${span.cost ? ` This one cost ${dollars(span.cost.usd)}.` : ''}`,
              fixes: [
                'Compare the prompt with that of the call before: a document, a tool result or a whole table got in.',
                'Cap what goes into the prompt: length of each tool result, number of documents, turns of history.',
                'If it is meant to be so long, cache the part that stays the same.',
              ],
              links: [],
              facts: { input_tokens: jump.value, median_tokens: jump.median, p95_tokens: jump.p95 },
            }
          );
        };
      },
    };
  },
};
