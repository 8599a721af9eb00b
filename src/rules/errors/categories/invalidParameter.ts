import type { ErrorCategory } from '../category';
import { litellmExceptions, openaiErrors, xaiDocs } from '../links';
import { amount, count, named, sentences, theModel } from '../say';

const name = String.raw`(?:temperature|top_?p|top_?k|min_p|max_(?:completion_|output_|new_)?tokens|maxOutputTokens|maxTokens|(?:presence|frequency|repetition)_?penalty|stop(?:_sequences)?|seed|(?:top_)?logprobs|logit_bias|stream_options|reasoning[._ ]effort|reasoning|thinking(?:\.budget_tokens|[._]type)?|budget_tokens|thinking_?budget|response_format|parallel_tool_calls|tool_choice|verbosity|service_tier|modalities|num_ctx|dimensions|encoding_format|best_of|top_n_tokens|typical_p|truncate|do_sample|decoder_input_details|n)`;

export const invalidParameter: ErrorCategory = {
  id: 'invalid_parameter',
  group: 'request',
  title: 'Parameter not accepted',
  definition:
    'A parameter is unsupported, in conflict with another, or out of range, including max_tokens above what the model can write.',
  retryable: false,
  facts: ['param', 'amounts', 'model'],
  decisive: {
    codes: [
      'UnsupportedParamsError',
      'unsupported_parameter',
      'unknown_parameter',
      'integer_above_max_value',
      'integer_below_min_value',
      'decimal_above_max_value',
      'decimal_below_min_value',
      'invalid_temperature',
      'mutually_exclusive_parameters',
    ],
    words: [
      /\bmust contain the word ['"`]?json\b/i,
      new RegExp(
        String.raw`(?:^|[^\w.])${name}["'\x60]{0,2} (?:supports (?:up to|at most|only)|unsupported)\b`,
      ),
      /\bmaximum allowed number of output tokens\b|\bmaximum tokens you requested exceeds\b/i,
      {
        words: /\bmax_(?:completion_|output_)?tokens\b.{0,24}\bis too large\b/i,
        unless: /context length/i,
      },
      { words: /\bsupports at most \S{1,12} (?:completion|output) tokens\b/i },
      /\bmaximum value for `?max_(?:completion_|output_)?tokens\b/i,
      {
        words: /\bstring too long\b|\bstring_above_max_length\b/i,
        unless: /\b(?:messages|input|content)\b/i,
      },
      /\bunsupported (?:parameter|value|argument|option)s?\b/i,
      /\b(?:unknown|unrecogni[sz]ed|unexpected) (?:request )?(?:parameter|argument|option)s?\b(?! name)/i,
      /\bdoes not support parameters?\b|\bargument not supported on this model\b/i,
      /\bcannot be (?:used|combined|set|specified) (?:together )?with\b/i,
      /\bmax_(?:completion_|output_)?tokens: \d{1,9} > \d{1,9}\b/i,
      /\bcannot (?:both )?be (?:set|specified|used|provided|given) (?:at the same time|together|simultaneously)\b/i,
      /\bcannot both be (?:specified|set|used)\b|\bcannot specify both\b|\bmutually exclusive\b/i,
      /\breasoning is mandatory\b|\bbudget_tokens\b.{0,60}\b(?:must|greater|less|at least)\b/i,
      new RegExp(
        String.raw`(?:^|[^\w.])${name}["'\x60]{0,2}:? .{0,24}\b(?:is|are|was|be|does|do|may|cannot|can)\b.{0,12}\b(?:not supported|not support|unsupported|deprecated|not allowed|only|too large|too small|out of range|not available|not compatible|incompatible|ignored|disabled)`,
      ),
      new RegExp(
        String.raw`(?:^|[^\w.])${name}["'\x60]{0,2}:? .{0,24}\b(?:must|should|has to|needs to) (?:not )?be\b`,
      ),
      new RegExp(
        String.raw`\b(?:invalid|illegal|bad|incorrect|out[- ]of[- ]range)(?: \S{1,14}){0,3} ["'\x60]?${name}["'\x60]?(?:[^\w.\[]|$)`,
        'i',
      ),
      new RegExp(
        String.raw`(?:^|[^\w.])${name}["'\x60]{0,2}:? .{0,16}\b(?:input should be|range\b|extra inputs are not permitted|not in range|invalid)`,
        'i',
      ),
    ],
  },
  strong: {
    codes: [
      'unsupported_value',
      'invalid_value',
      'AI_InvalidArgumentError',
      'invalid_parameter_error',
      'InvalidParameter',
      'invalid_parameter',
    ],
    words: [
      {
        words:
          /\b(?!tool_|message|content|reasoning_content|image|model_|file_|input_|system_|user_|function_)[a-z]{2,20}(?:_[a-z]{2,20}){1,3}\b["'`]{0,2}(?: parameter)? (?:must|should|has to|is not (?:supported|allowed)|only|cannot|may not|is deprecated|is out of range|is invalid)/,
      },

      /\b(?:parameter|argument|param|option)s?\b.{0,60}\b(?:not supported|unsupported|not allowed|invalid|not permitted|deprecated|unknown|out of range|cannot be|is not|mutually exclusive|incorrect)/i,
      /\binvalid (?:value|parameter|argument|params?)\b|\billegal (?:value|parameter|argument)\b/i,
      /\bextra inputs are not permitted\b/i,
      /\binvalid \w{1,30} value\b/i,
      /\binvalid '(?!tools|messages|input)[\w.]{1,60}'/i,
      /\b(?:must|should) be (?:in the range|between|one of|less than|greater than|at (?:least|most)|a (?:positive|number|integer)|>=|<=|>|<)/i,
      /\bis not supported (?:with|on|by|for|when using) this model\b/i,
      /参数.{0,16}(?:错误|无效|不支持|非法|不合法|有误|不正确|超)|不支持.{0,12}参数/,
    ],
  },
  hint: {
    words: [
      {
        words: /\b(?:parameters?|params?|arguments?|out of range|thinking budget)\b/i,
        along:
          /\b(?:must|should|invalid|not|range|only|unsupported|unknown|unexpected|between|incorrect)\b/i,
      },
    ],
  },
  explain: facts => {
    const requested = amount(facts, 'requested');
    const limit = amount(facts, 'limit');
    return sentences(
      `${theModel(facts).replace(/^t/, 'T')} does not accept ${named(facts, 'param', 'a parameter of the request')} as it was sent.`,
      requested !== undefined && limit !== undefined
        ? `${count(requested)} was asked for, ${count(limit)} is the most.`
        : limit === undefined
          ? undefined
          : `The limit is ${count(limit)}.`,
    );
  },
  fixes: facts => {
    const param = named(facts, 'param', 'the parameter');
    const limit = amount(facts, 'limit');
    return [
      limit === undefined
        ? `Leave ${param} out, or change it to what this model accepts.`
        : `Set ${param} to ${count(limit)} or less.`,
      'Reasoning models: max_completion_tokens instead of max_tokens, and no temperature, top_p or penalties at all.',
      'Claude: not temperature and top_p together; max_tokens has to exceed thinking.budget_tokens.',
      'Behind LiteLLM: drop_params removes what a model does not support.',
    ];
  },
  links: [openaiErrors, xaiDocs, litellmExceptions],
};
