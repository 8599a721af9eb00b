import { isCall } from '../model/span';
import type { SpanRule } from './rule';

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

/** The provider in the log is one vendor, the model plainly another's: prices and limits will be wrong. */
export const providerMismatch: SpanRule = {
  id: 'provider-mismatch',
  title: 'Provider and model do not belong together',
  severity: 'info',
  docs: 'Provider and model name two vendors of which each serves only its own models.',
  looksAt: 'span',
  check(span) {
    if (!isCall(span) || span.provider === undefined || span.model === undefined) {
      return undefined;
    }
    const provider = span.provider.toLowerCase();
    const model = span.model.toLowerCase().slice(span.model.lastIndexOf('/') + 1);
    const logged = vendors.find(entry => entry.provider.test(provider));
    const owner = vendors.find(entry => entry.model.test(model));
    if (logged === undefined || owner === undefined || logged === owner) {
      return undefined;
    }
    return {
      message: `The log says provider "${span.provider}", but "${span.model}" is a model of ${owner.vendor}. Most likely a gateway with an API of the other kind stands between.`,
      fixes: [
        'Log the provider that answers, not the SDK that asks: cost and limits depend on it.',
        'If it is a gateway, log its name as the provider.',
      ],
      links: [],
      facts: { provider: span.provider, model: span.model },
    };
  },
};
