import { mayMatch } from './prefilter';
import type { Signals } from './signals';

const aliases: readonly (readonly [RegExp, string])[] = [
  [/azure/, 'azure'],
  [/openrouter/, 'openrouter'],
  [/litellm/, 'litellm'],
  [/vertex|aiplatform/, 'vertex'],
  [/gemini|generativelanguage|google/, 'gemini'],
  [/bedrock|botocore|\baws\b|amazonaws/, 'bedrock'],
  [/anthropic|claude/, 'anthropic'],
  [/\bgroq/, 'groq'],
  [/together/, 'together'],
  [/deepseek/, 'deepseek'],
  [/mistral/, 'mistral'],
  [/\bxai\b|\bx\.ai\b|\bgrok/, 'xai'],
  [/cohere/, 'cohere'],
  [/fireworks/, 'fireworks'],
  [/hugging ?face|\bhf\b/, 'huggingface'],
  [/ollama/, 'ollama'],
  [/vllm/, 'vllm'],
  [/langgraph/, 'langgraph'],
  [/vercel|\bai_[a-z]+error/, 'vercel'],
  [/openai/, 'openai'],
];

const tests = aliases.map(([pattern]) => mayMatch(pattern));

/** The provider whose pages to show: as logged, else as the message betrays it. */
export function guessProvider(provider: string | undefined, signals: Signals): string | undefined {
  const logged = provider?.toLowerCase();
  if (logged !== undefined) {
    return aliases.find(([pattern]) => pattern.test(logged))?.[1] ?? logged;
  }
  const lower = signals.flat.text.toLowerCase();
  return aliases.find(
    ([pattern], index) => tests[index]?.(signals.grams) === true && pattern.test(lower),
  )?.[1];
}
