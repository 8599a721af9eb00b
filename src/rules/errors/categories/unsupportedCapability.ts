import type { ErrorCategory } from '../category';
import { ollamaFaq, vllmDocs } from '../links';
import { theModel } from '../say';

const feature = String.raw`(?:tools?|tool calling|tool use|function(?:s| calling)?|images?|image input|vision|audio|videos?|pdfs?|documents?|files?|thinking|reasoning|chat|embeddings?|stream(?:ing)?|system (?:prompts?|messages?|instructions?|role)|developer (?:messages?|instructions?)|json mode|json_object|json_schema|structured outputs?|prefill|multimodal|multi-modal|prompt caching|caching|web search|search|grounding|code execution|insert|generate|completions?|fim|batch(?:ing)?|logprobs|computer use|citations|grammars?|guided decoding|modality)`;

export const unsupportedCapability: ErrorCategory = {
  id: 'unsupported_capability',
  group: 'request',
  title: 'Model cannot do this',
  definition: 'The model or the server lacks a feature: tools, vision, thinking, prefill, chat.',
  retryable: false,
  facts: ['model', 'amounts'],
  decisive: {
    codes: [
      'AI_UnsupportedFunctionalityError',
      'UnsupportedFunctionalityError',
      'UnsupportedFeatureException',
      'AI_UnsupportedModelVersionError',
    ],
    words: [
      new RegExp(
        String.raw`\b(?:does(?: not|n't)|do(?: not|n't)|cannot|can't|not currently|not yet) (?:currently |yet )?support(?: \S{1,16}){0,4} ["'\x60]?${feature}\b`,
        'i',
      ),
      new RegExp(
        String.raw`["'\x60]?\b${feature}\b["'\x60]?(?: \S{1,16}){0,3} (?:is|are) (?:not|only) (?:currently |yet )?(?:supported|enabled|available|allowed|implemented)\b`,
        'i',
      ),
      new RegExp(String.raw`\b${feature} not supported (?:by|on|with)\b`, 'i'),
      /\bmodel must be (?:created|loaded|started) with\b/i,
      /\bnot a (?:VLM|multi-?modal model|vision model|reasoning model|chat model|embedding model)\b/i,
      /\bonly supported by certain models\b|\bonly available through the batch api\b|\btext-only (?:model|prompts)\b/i,
      /--enable-auto-tool-choice|--tool-call-parser|--jinja\b|--mmproj\b|--embeddings?\b|--reasoning-parser/i,
      /\b(?:model|this model|it) (?:has no|lacks|is missing) (?:support for )?(?:a )?(?:tool|vision|image|chat template)/i,
      /\bcontext window too small\b/i,
      /不支持.{0,10}(?:工具|函数|图[片像]|视觉|流式|思考|多模态|视频|音频)/,
    ],
  },
  strong: {
    words: [
      new RegExp(
        String.raw`\b(?:only supports?|unsupported|not support(?:ed)?)(?: \S{1,16}){0,3} ${feature}\b`,
        'i',
      ),
      /\bcurrent user api does not support\b/i,
    ],
  },
  hint: {
    codes: ['unsupported_operation', 'not_supported', 'UNIMPLEMENTED', 'NotImplementedError'],
  },
  explain: facts =>
    `The request uses a feature that ${theModel(facts)}, or the server that runs it, does not have.`,
  fixes: facts => [
    `Use a model that has it instead of ${facts.model === undefined ? 'this one' : String(facts.model)}, or leave the feature out.`,
    'vLLM: start with --enable-auto-tool-choice and --tool-call-parser. llama.cpp: --jinja, --mmproj.',
    'Ollama: the page of the model says whether it has tools, vision, thinking.',
    'Keep a table of what each model can do, and build requests by it.',
  ],
  links: [vllmDocs, ollamaFaq],
};
