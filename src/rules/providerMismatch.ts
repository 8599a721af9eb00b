import { isCall } from '../model/span';
import { keyOf } from './keyOf';
import type { Collector, LogRule } from './rule';

// Only vendors that serve nobody's models but their own; clouds and gateways serve everybody's.
const vendors: readonly {
  readonly vendor: string;
  readonly provider: RegExp;
  readonly model: RegExp;
}[] = [
  {
    vendor: 'OpenAI',
    provider: /^openai$/,
    model: /^(?:gpt-[345]|chatgpt-|o[134](?:-|$)|text-embedding-)/,
  },
  { vendor: 'Anthropic', provider: /^anthropic$/, model: /^claude-/ },
  { vendor: 'Google', provider: /^(?:gcp\.gemini|gemini|google_genai)$/, model: /^gemini-/ },
  { vendor: 'xAI', provider: /^x_?ai$/, model: /^grok-/ },
  { vendor: 'DeepSeek', provider: /^deepseek$/, model: /^deepseek-(?:chat|reasoner|v\d)/ },
  {
    vendor: 'Mistral',
    provider: /^mistral(?:_?ai)?$/,
    model: /^(?:mistral|codestral|magistral|pixtral)-/,
  },
  { vendor: 'Cohere', provider: /^cohere$/, model: /^command-/ },
];

interface Pair {
  readonly firstKey: string;
  readonly provider: string;
  readonly model: string;
  readonly owner: string;
  calls: number;
}

/** The provider in the log is one vendor, the model plainly another's: prices and limits will be wrong. Told once a pair. */
export const providerMismatch: LogRule = {
  id: 'provider-mismatch',
  title: 'Provider and model do not belong together',
  severity: 'info',
  docs: 'Provider and model of calls name two vendors of which each serves only its own models; told at the first such call.',
  looksAt: 'log',
  compare() {
    const collected = mismatches();
    return {
      see: (span, place) => collected.see(span, place),
      conclude() {
        const pairs = collected.conclude();
        return span => {
          const pair = pairs.get(span.key);
          return (
            pair && {
              message: `The log says provider "${pair.provider}" of ${pair.calls === 1 ? 'this call' : `${pair.calls} calls`}, but "${pair.model}" is a model of ${pair.owner}. Most likely a gateway with an API of the other kind stands between.`,
              fixes: [
                'Log the provider that answers, not the SDK that asks: cost and limits depend on it.',
                'If it is a gateway, log its name as the provider.',
              ],
              links: [],
              facts: { provider: pair.provider, model: pair.model, calls: pair.calls },
            }
          );
        };
      },
    };
  },
};

/** Every pair that does not fit, by the key of its first call. */
function mismatches(): Collector<ReadonlyMap<string, Pair>> {
  const pairs = new Map<string, Pair | undefined>();
  return {
    see(span) {
      const { provider, model } = span;
      if (!isCall(span) || provider === undefined || model === undefined) {
        return;
      }
      const name = keyOf(provider, model);
      if (!pairs.has(name)) {
        const owner = otherOwner(provider, model);
        pairs.set(
          name,
          owner === undefined
            ? undefined
            : { firstKey: span.key, provider, model, owner, calls: 0 },
        );
      }
      const pair = pairs.get(name);
      if (pair) {
        pair.calls++;
      }
    },
    conclude() {
      const found = [...pairs.values()].filter(pair => pair !== undefined);
      pairs.clear();
      return new Map(found.map(pair => [pair.firstKey, pair]));
    },
  };
}

/** The vendor whose model it is, when the provider is another vendor. */
function otherOwner(providerName: string, modelName: string): string | undefined {
  const provider = providerName.toLowerCase();
  const model = modelName.toLowerCase().slice(modelName.lastIndexOf('/') + 1);
  const logged = vendors.find(entry => entry.provider.test(provider));
  const owner = vendors.find(entry => entry.model.test(model));
  return logged === undefined || logged === owner ? undefined : owner?.vendor;
}
