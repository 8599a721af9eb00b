import type { ErrorCategory } from '../category';
import { litellmErrors, litellmProviders, openrouterPrivacy, openrouterRouting } from '../links';
import { sentences, theModel, wait } from '../say';

export const gatewayRouting: ErrorCategory = {
  id: 'gateway_routing',
  group: 'config',
  title: 'Gateway has no route',
  definition: 'A gateway or aggregator has no usable route for this request.',
  retryable: false,
  retryExceptions: /\btry again in\b|\bcooldown_list\b/i,
  facts: ['model', 'retryAfter'],
  decisive: {
    codes: [
      'RouterRateLimitError',
      'no_deployments_available',
      'model_not_in_group',
      'no_available_channel',
    ],
    words: [
      /\bllm provider not provided\b|\bunable to (?:determine|map)\b.{0,30}\bprovider\b/i,
      /\bno (?:allowed |available |healthy |valid |usable |matching |working |suitable )?(?:endpoints?|deployments?|providers?|channels?|routes?|upstreams?|backends?|fallbacks?|accounts?)\b.{0,60}\b(?:found|available|match|support|configured|exist|left|can handle|for (?:the )?(?:selected )?model)/i,
      /\bno (?:healthy|available) (?:deployments?|channels?|providers?|endpoints?)\b/i,
      /\ball (?:providers|deployments|endpoints|channels|upstreams)\b.{0,30}\b(?:ignored|failed|cool|unavailable|down|exhausted)/i,
      /\bx-[\w-]{1,30}-(?:provider|config|virtual-key)\b/i,
      /\bno (?:provider|route|target) (?:was )?selected\b|\bno such provider\b/i,
      /\bdata policy\b|\bguardrail restrictions\b/i,
      /\binvalid model name passed in\b|\bno fallback model group\b|\bcooldown_list\b/i,
      /无可用(?:渠道|通道|账号)|没有可用(?:渠道|通道|的渠道)|渠道.{0,6}(?:不存在|不可用|已被?禁用)/,
    ],
  },
  hint: {
    words: [
      {
        words:
          /\b(?:no|any|find|select|suitable|eligible|route to) (?:\S{1,16} )?(?:providers?|deployments?|channels?|upstreams?|routes?)\b/i,
        along: /\b(?:no|not|could|unable|fail\w*|cannot|none)\b/i,
      },
    ],
  },
  explain: facts => {
    const pause = wait(facts);
    return sentences(
      `The gateway has nowhere to send a request for ${theModel(facts)} as it is set up now.`,
      pause === undefined ? undefined : `It tries its providers again in ${pause}.`,
    );
  },
  fixes: facts => [
    facts.model === undefined
      ? 'Write the provider before the model name (openai/…, ollama/…), and check the list of models of the gateway.'
      : `Write the provider before "${facts.model}" (openai/…, ollama/…), and check the list of models of the gateway.`,
    'OpenRouter: look at the privacy settings, provider.order, provider.only and require_parameters; choose a model that supports tools when you send them.',
    'All deployments cooling down: the first error in the log of the proxy is the real one.',
  ],
  links: [litellmProviders, litellmErrors, openrouterRouting, openrouterPrivacy],
};
