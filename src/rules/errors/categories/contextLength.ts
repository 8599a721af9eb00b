import type { ErrorCategory } from '../category';
import { anthropicErrors, ollamaFaq, openaiErrors, vllmDocs } from '../links';
import { amount, count, overflow, sentences, theModel } from '../say';

export const contextLength: ErrorCategory = {
  id: 'context_length',
  group: 'size',
  title: 'Prompt exceeds the context window',
  definition: 'The input, or input plus max_tokens, is longer than the window of the model.',
  retryable: false,
  facts: ['amounts', 'model'],
  decisive: {
    codes: [
      'context_length_exceeded',
      'exceed_context_size_error',
      'ContextWindowExceededError',
      'ContextOverflowError',
      'context_window_exceeded',
      'CONTEXT_OVERFLOW',
      'prompt_too_long',
      'input_too_long',
      'PromptTooLongError',
      'ContextLengthExceededError',
    ],
    words: [
      /\bprompt is too long\b/i,
      /\btokens?\b.{0,8}\+.{0,30}\bmax_(?:new_|completion_|output_)?tokens\b/i,
      /\binput length and `?max_tokens`? exceed context limit\b/i,
      /\bexceeds the available context size\b/i,
      /\bextra usage is required for long context\b|\blong context (?:beta|requests?)\b/i,
    ],
  },
  strong: {
    words: [
      { words: /\btoken limit (?:exceeded|reached)\b/i, exceptStatus: [402, 429] },

      /\b(?:conversation|context|chat|prompt) length limit\b/i,
      /\bmodel max(?:imum)? (?:context )?length exceeded\b/i,
      /\bmaximum context (?:length|window|size)\b/i,
      /\bcontext[ _-]?(?:length|window|size|limit)\b.{0,60}\b(?:exceed|overflow|too (?:long|large)|reached|full|is only|was)/i,
      /\b(?:exceed|overflow|longer than|larger than|greater than|beyond|outside|over|fit)\w*\b.{0,60}\bcontext[ _-]?(?:length|window|size|limit)\b/i,
      /\bcontext window (?:is|of) \S{1,12} tokens\b/i,
      /\b(?:prompt|input|inputs|conversation|context|request|messages?) (?:is|are|was|were) too (?:long|large) for\b/i,
      /\b(?:prompt|input|conversation|context|query|chat history) (?:is |was |has become )?too (?:long|large)\b/i,
      /\b(?:prompt|input|inputs|message|messages|conversation|query)\b.{0,40}\bexceeds?\b.{0,60}\b(?:tokens?|limit|length|maximum|window)\b/i,
      /\btokens?\b.{0,50}\bexceed\w*\b.{0,60}\b(?:limit|maximum|max|allowed|capacity|length|size)\b/i,
      /\bexceed\w*\b.{0,60}\b(?:maximum|max|limit|allowed|permitted|model)\b.{0,30}\btokens?\b/i,
      /\bexceed\w*\b.{0,20}\bmodel token limit\b|\b(?:model|input|context|prompt) token limit\b/i,
      /\bmaximum (?:prompt|input|sequence|model|allowed input) (?:length|size|tokens)\b/i,
      /\bmax(?:imum)?[ _](?:model|seq|sequence|input|prompt)[ _](?:len|length|tokens)\b/i,
      /\breduce (?:the |your )?(?:length|size|number)? ?(?:of )?(?:the |your )?(?:messages|prompt|input|context|conversation)\b/i,
      /\btoo many (?:input |prompt )?tokens\b/i,
      /\b(?:inputs?|prompt|request)\b.{0,30}\bmust have (?:less than|fewer than|at most) \S{1,12} tokens\b/i,
      /\brange of input length should be\b/i,
      /\bsequence length\b.{0,40}\b(?:longer|exceed|larger)/i,
      /\bn_ctx\b|\bcontext (?:shift|overflow)(?: is disabled|:|ed\b)/i,
      /上下文.{0,16}(?:过长|超|长度|上限|限制|太长)|(?:输入|提示词|内容|请求|消息|文本).{0,10}(?:过长|太长|超长|超过.{0,12}长度|长度超)|超(?:出|过).{0,16}(?:上下文|最大长度|token|tokens|最大输入)|コンテキスト.{0,10}(?:超|長)|컨텍스트.{0,10}(?:초과|길)/i,
    ],
  },
  hint: {
    words: [
      {
        words:
          /\b(?:\d[\d,]{0,12}k? (?:input |prompt )?tokens?|tokens|context (?:window|length|size|limit))\b/i,
        along:
          /\b(?:exceed\w*|too (?:long|large|many|big)|over|maximum|max|longer|larger|greater|more than|beyond|at most|fits?|allowed|only)\b/i,
        exceptStatus: [429, 401, 402, 403],
      },
    ],
  },
  explain: facts =>
    sentences(
      `The request is longer than the context window of ${theModel(facts)}.`,
      overflow(facts, 'tokens', 'sent', 'fit'),
    ),
  fixes: facts => {
    const requested = amount(facts, 'requested');
    const limit = amount(facts, 'limit');
    const over = requested !== undefined && limit !== undefined ? requested - limit : 0;
    return [
      over > 0
        ? `Cut at least ${count(over)} tokens: compact old turns, drop old tool results, retrieve fewer or shorter chunks.`
        : 'Cut the prompt: compact old turns, drop old tool results, retrieve fewer or shorter chunks.',
      'Lower max_tokens: the answer has to fit into the same window.',
      'Use a model with a larger window.',
      "Count with the provider's own tokenizer before sending.",
      'Local servers have a window of their own: -c (llama.cpp), OLLAMA_CONTEXT_LENGTH, --max-model-len (vLLM), the load setting in LM Studio.',
    ];
  },
  links: [openaiErrors, anthropicErrors, ollamaFaq, vllmDocs],
};
