import type { Span } from '../model/span';
import { operationJumps } from './operationJumps';
import type { LogRule } from './rule';
import { count, dollars } from './say';
import { tokenLimits } from './tokenJump';

/** US dollars. */
const limits = { floor: 0.05, factor: 3 };

/** A call that costs far more than those of the same operation before it. */
export const costJump: LogRule = {
  id: 'cost-jump',
  title: 'Call suddenly much more expensive',
  severity: 'warning',
  docs: `A call costs more than ${limits.factor} times the 95th percentile of the calls of its operation before it (of 20 or more), and $${limits.floor} or more, and its prompt is not the reason.`,
  looksAt: 'log',
  compare() {
    const costs = operationJumps(span => span.cost?.usd, limits);
    const tokens = operationJumps(span => span.usage.inputTokens, tokenLimits);
    return {
      see(span, place) {
        costs.see(span, place);
        tokens.see(span, place);
      },
      *prepare() {
        yield* costs.prepare();
        yield* tokens.prepare();
      },
      conclude() {
        const jumps = costs.conclude();
        // a longer prompt costs more: that is the finding then
        const longer = tokens.conclude();
        return (span, { id }) => {
          const jump = longer.has(id) ? undefined : jumps.get(id);
          return (
            jump && {
              message: `It cost ${dollars(jump.value)}; of the ${count(jump.before)} calls of "${span.name}" before it, half cost at most ${dollars(jump.median)} and 95 of 100 at most ${dollars(jump.p95)}.${because(span)}`,
              fixes: [
                'Compare model, input and output tokens with those of the call before: one of them is the cause.',
                'Cap the output (max_tokens) and what goes into the prompt.',
                'If the prompt is long and mostly the same, see whether it was read from the cache.',
              ],
              links: [],
              facts: { cost_usd: jump.value, median_usd: jump.median, p95_usd: jump.p95 },
            }
          );
        };
      },
    };
  },
};

function because({ model, usage }: Span): string {
  const parts = [
    model,
    usage.inputTokens === undefined ? undefined : `${count(usage.inputTokens)} tokens in`,
    usage.outputTokens === undefined ? undefined : `${count(usage.outputTokens)} out`,
  ];
  return ` This call: ${parts.filter(part => part !== undefined).join(', ')}.`;
}
