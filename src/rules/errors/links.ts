import type { ProviderLink } from './category';

/** When the addresses were last seen in a provider's own error text, its documentation or its SDK; none is made up from a pattern. */
export const linksSeen = 'November 2026';

function page(provider: string, title: string, url: string): ProviderLink {
  return { provider, title, url };
}

export const openaiErrors = page(
  'openai',
  'OpenAI: error codes',
  'https://platform.openai.com/docs/guides/error-codes/api-errors',
);
export const openaiRateLimits = page(
  'openai',
  'OpenAI: your rate limits',
  'https://platform.openai.com/account/rate-limits',
);
export const openaiVerification = page(
  'openai',
  'OpenAI: organization verification',
  'https://help.openai.com/en/articles/10910291-api-organization-verification',
);
export const openaiStructuredOutputs = page(
  'openai',
  'OpenAI: structured outputs',
  'https://platform.openai.com/docs/guides/structured-outputs',
);
export const azureQuota = page(
  'azure',
  'Azure OpenAI: request more quota',
  'https://aka.ms/oai/quotaincrease',
);
export const azureLimits = page(
  'azure',
  'Azure OpenAI: quotas and limits',
  'https://learn.microsoft.com/azure/ai-services/openai/quotas-limits',
);
export const azureContentFilter = page(
  'azure',
  'Azure OpenAI: content filtering',
  'https://go.microsoft.com/fwlink/?linkid=2198766',
);
export const anthropicErrors = page(
  'anthropic',
  'Anthropic: errors',
  'https://docs.claude.com/en/api/errors',
);
export const anthropicRateLimits = page(
  'anthropic',
  'Anthropic: rate limits',
  'https://docs.claude.com/en/api/rate-limits',
);
export const anthropicThinking = page(
  'anthropic',
  'Anthropic: extended thinking',
  'https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking',
);
export const anthropicCountries = page(
  'anthropic',
  'Anthropic: supported countries',
  'https://www.anthropic.com/supported-countries',
);
export const anthropicOverloaded = page(
  'anthropic',
  'Anthropic: 529, 429 and spend limits compared',
  'https://learn.microsoft.com/microsoft-cloud/dev/dev-proxy/concepts/anthropic-529-overloaded-error',
);
export const geminiTroubleshooting = page(
  'gemini',
  'Gemini API: troubleshooting',
  'https://ai.google.dev/gemini-api/docs/troubleshooting',
);
export const geminiRateLimits = page(
  'gemini',
  'Gemini API: rate limits',
  'https://ai.google.dev/gemini-api/docs/rate-limits',
);
export const geminiRegions = page(
  'gemini',
  'Gemini API: available regions',
  'https://ai.google.dev/gemini-api/docs/available-regions',
);
export const geminiModels = page(
  'gemini',
  'Gemini API: models',
  'https://ai.google.dev/gemini-api/docs/models',
);
export const vertexQuotas = page(
  'vertex',
  'Vertex AI: generative AI quotas',
  'https://cloud.google.com/vertex-ai/docs/generative-ai/quotas-genai',
);
export const vertexModels = page(
  'vertex',
  'Vertex AI: model versions',
  'https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versions',
);
export const bedrockAccess = page(
  'bedrock',
  'Amazon Bedrock: model access',
  'https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html',
);
export const bedrockQuotas = page(
  'bedrock',
  'Amazon Bedrock: runtime quotas',
  'https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-runtime.html',
);
export const bedrockCrossRegion = page(
  'bedrock',
  'Amazon Bedrock: cross-region inference',
  'https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html',
);
export const bedrockErrors = page(
  'bedrock',
  'Amazon Bedrock: API error codes',
  'https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html',
);
export const awsAccessDenied = page(
  'bedrock',
  'AWS IAM: access denied messages',
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
);
export const groqErrors = page('groq', 'Groq: errors', 'https://console.groq.com/docs/errors');
export const groqRateLimits = page(
  'groq',
  'Groq: rate limits',
  'https://console.groq.com/docs/rate-limits',
);
export const togetherErrors = page(
  'together',
  'Together: error codes',
  'https://docs.together.ai/docs/error-codes',
);
export const openrouterErrors = page(
  'openrouter',
  'OpenRouter: errors',
  'https://openrouter.ai/docs/api-reference/errors',
);
export const openrouterRouting = page(
  'openrouter',
  'OpenRouter: provider routing',
  'https://openrouter.ai/docs/provider-routing',
);
export const openrouterPrivacy = page(
  'openrouter',
  'OpenRouter: privacy settings',
  'https://openrouter.ai/settings/privacy',
);
export const openrouterCredits = page(
  'openrouter',
  'OpenRouter: credits',
  'https://openrouter.ai/settings/credits',
);
export const deepseekErrors = page(
  'deepseek',
  'DeepSeek: error codes',
  'https://api-docs.deepseek.com/quick_start/error_codes',
);
export const cohereErrors = page(
  'cohere',
  'Cohere: errors',
  'https://docs.cohere.com/reference/errors',
);
export const huggingfacePricing = page(
  'huggingface',
  'Hugging Face: inference providers, pricing',
  'https://huggingface.co/docs/inference-providers/pricing',
);
export const litellmExceptions = page(
  'litellm',
  'LiteLLM: exception mapping',
  'https://docs.litellm.ai/docs/exception_mapping',
);
export const litellmProviders = page(
  'litellm',
  'LiteLLM: providers and their prefixes',
  'https://docs.litellm.ai/docs/providers',
);
export const litellmErrors = page(
  'litellm',
  'LiteLLM proxy: errors',
  'https://docs.litellm.ai/docs/proxy/error_reference',
);
export const vercelNoObject = page(
  'vercel',
  'AI SDK: no object generated',
  'https://ai-sdk.dev/v5/docs/reference/ai-sdk-errors/ai-no-object-generated-error',
);
export const langgraphRecursion = page(
  'langgraph',
  'LangGraph: recursion limit',
  'https://docs.langchain.com/oss/python/langgraph/errors/GRAPH_RECURSION_LIMIT',
);
export const ollamaFaq = page(
  'ollama',
  'Ollama: frequently asked questions',
  'https://github.com/ollama/ollama/blob/main/docs/faq.md',
);
export const vllmDocs = page('vllm', 'vLLM: documentation', 'https://docs.vllm.ai');
export const mistralDocs = page('mistral', 'Mistral: documentation', 'https://docs.mistral.ai');
export const xaiDocs = page('xai', 'xAI: documentation', 'https://docs.x.ai');
