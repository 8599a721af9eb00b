/** What an address says of a request to a provider. */
export interface Endpoint {
  /** As OpenTelemetry calls it; undefined for an address that anybody could have. */
  readonly provider?: string | undefined;
  readonly kind: 'call' | 'embedding';
  /** For APIs that name the model in the address. */
  readonly model?: string | undefined;
}

const hosts: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)openai\.azure\.com$|\.azure\.com$/, 'azure.ai.openai'],
  [/(?:^|\.)openai\.com$/, 'openai'],
  [/(?:^|\.)anthropic\.com$/, 'anthropic'],
  [/aiplatform\.googleapis\.com$/, 'vertex_ai'],
  [/generativelanguage\.googleapis\.com$/, 'google'],
  [/^bedrock-runtime\./, 'aws.bedrock'],
  [/(?:^|\.)cohere\.(?:com|ai)$/, 'cohere'],
  [/(?:^|\.)mistral\.ai$/, 'mistral'],
  [/(?:^|\.)groq\.com$/, 'groq'],
  [/(?:^|\.)deepseek\.com$/, 'deepseek'],
  [/(?:^|\.)x\.ai$/, 'xai'],
  [/(?:^|\.)openrouter\.ai$/, 'openrouter'],
  [/(?:^|\.)perplexity\.ai$/, 'perplexity'],
  [/(?:^|\.)together\.(?:xyz|ai)$/, 'together'],
  [/(?:^|\.)fireworks\.ai$/, 'fireworks'],
  [/(?:^|\.)aliyuncs\.com$/, 'alibaba'],
  [/(?:^|\.)moonshot\.(?:ai|cn)$/, 'moonshot'],
  [/(?:^|\.)githubcopilot\.com$/, 'github_copilot'],
];
const callPath =
  /\/(?:chat\/completions|completions|responses|messages|complete|interactions|api\/chat|api\/generate|v[12]\/chat|converse(?:-stream)?|invoke(?:-with-response-stream)?)$|:(?:stream)?(?:generateContent|GenerateContent|rawPredict|RawPredict|generateAnswer|predict)$/;
const embeddingPath =
  /\/(?:embeddings|embed|api\/embed|api\/embeddings)$|:(?:batch)?(?:embedContents?|EmbedContents?)$/;
const modelInPath =
  /\/(?:models|model|deployments)\/([^/:?]{1,200})(?::[A-Za-z]+)?(?:\/(?:converse|invoke|chat|completions|embeddings|responses)[\w/-]{0,60})?$/;

/** The endpoint of a model behind an address; undefined for all other addresses (lists of models, files, counts). */
export function readEndpoint(url: string): Endpoint | undefined {
  const parts = /^(?:[a-z]+:\/\/([^/?#]{1,300}))?([^?#]{0,2000})/i.exec(url.slice(0, 2400));
  const path = (parts?.[2] ?? '').replace(/\/+$/, '');
  const isEmbedding = embeddingPath.test(path);
  if (!isEmbedding && !callPath.test(path)) {
    return undefined;
  }
  const host = (parts?.[1] ?? '')
    .replace(/^[^@]*@/, '')
    .replace(/:\d+$/, '')
    .toLowerCase();
  return {
    provider: hosts.find(([pattern]) => pattern.test(host))?.[1],
    kind: isEmbedding ? 'embedding' : 'call',
    model: decoded(modelInPath.exec(path)?.[1]),
  };
}

function decoded(model: string | undefined): string | undefined {
  try {
    return model === undefined ? undefined : decodeURIComponent(model);
  } catch {
    return model;
  }
}
