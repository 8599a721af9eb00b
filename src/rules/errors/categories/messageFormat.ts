import type { ErrorCategory } from '../category';
import { mistralDocs } from '../links';
import { amount, count, sentences } from '../say';

export const messageFormat: ErrorCategory = {
  id: 'message_format',
  group: 'request',
  title: 'Messages in a wrong form',
  definition: 'Roles, their order, empty content, or the rule for the last message.',
  retryable: false,
  facts: ['messageIndex', 'param'],
  decisive: {
    codes: [
      'AI_InvalidPromptError',
      'AI_InvalidMessageRoleError',
      'AI_MessageConversionError',
      'invalid_request_message_order',
      'MESSAGE_COERCION_FAILURE',
    ],
    words: [
      /\bsystem (?:message|role|prompt)s? (?:is |are )?not (?:supported|allowed)\b/i,
      /\bcontent\b.{0,12}\b(?:cannot|can't|must not|may not|should not) be (?:null|empty|blank|undefined)\b/i,
      /\bmessages?(?:\[|\.)\d{1,5}\]?\.role\b/i,

      /\broles? must alternate\b|\balternate between\b|\balternating\b.{0,40}\b(?:roles?|user)/i,
      /\b(?:first|last|final) (?:message|role|turn)\b.{0,60}\b(?:must|should|has to|expected|cannot)\b|\bexpected last role\b/i,
      /\bmust (?:start|end|begin) with an? [`'"]?(?:user|assistant|system|tool)/i,
      /\bunexpected role\b|\b(?:invalid|unknown|unsupported|unrecognized) (?:message )?role\b|\binvalid message passed in\b/i,
      /\b(?:messages?|contents?|content blocks?|text content blocks?|text field|parts|prompt|inputs?|content array)\b.{0,60}\b(?:must not be empty|must be non-?empty|must have non-?empty|cannot be empty|can't be empty|is empty|are empty|should not be empty|may not be empty|must contain (?:at least|non-?whitespace|some)|is blank|must contain)\b/i,
      /\b(?:message|prompt|content|text) must (?:be|have|contain) at least (?:1|one)\b/i,
      /\bexpects? .{0,40}\bper message\b/i,
      /\bnon-?empty (?:content|array|string)\b|\bempty (?:content|messages?|text)\b.{0,30}\b(?:not allowed|block|array|is|in)/i,
      /\bat least one (?:message|user|parts? field|content|non-system)\b|\bmust include at least one\b/i,
      /\[\] is too short\b|\bcontents is not specified\b|\btrailing whitespace\b/i,
      /\bsystem (?:message|role|prompt)s?\b.{0,60}\b(?:must be|only|at the beginning|first message|multiple|in the middle)\b/i,
      /\braise_exception\b|\bapplyprompttemplate\b|\bchat template\b|\bno user query found\b|\bjinja (?:template|exception)\b/i,
      /消息.{0,12}(?:不能为空|为空|格式|顺序|角色)|(?:messages|内容).{0,8}不能为空|角色.{0,8}(?:错误|无效|交替)/i,
    ],
  },
  strong: {
    words: [
      {
        words:
          /\b(?:messages|input|contents)(?:\[|\.)\d{1,5}\]?[.\w[\]]{0,60}["'`]?:? .{0,60}\b(?:invalid|expected|required|missing|must|should|got|not permitted|unsupported)/i,
        unless: /tool_use|tool_result|thinking|image|tool_call/i,
      },
      /\binvalid (?:type|value) for '(?:messages|input|contents)\[/i,
      /\bmessages?\b.{0,30}\b(?:invalid|malformed|wrong|bad) (?:format|structure|order)\b/i,
      /\btext is not set\b/i,
    ],
  },
  hint: {
    words: [
      {
        words:
          /\b(?:messages|message content|message role|roles?|content block|chat history|conversation)\b/i,
        along:
          /\b(?:null|empty|blank|must|invalid|alternat\w*|order|expected|missing|unexpected|not allowed)\b/i,
      },
    ],
  },
  explain: facts => {
    const index = amount(facts, 'message_index');
    return sentences(
      'The list of messages breaks a rule of the provider: who speaks after whom, what may be empty, or who speaks last.',
      index === undefined ? undefined : `It is message ${count(index)}, counted from 0.`,
    );
  },
  fixes: facts => {
    const index = amount(facts, 'message_index');
    return [
      `Bring the messages in order before sending${index === undefined ? '' : `, message ${count(index)} first`}: merge neighbours of one role, drop empty texts, one system message at the start.`,
      'Start with the user; end with the user or a tool result.',
      'Mistral: an assistant message between a tool result and the next user message, or prefix: true on the last one.',
      'Open models enforce such rules in their chat template and answer 500.',
    ];
  },
  links: [mistralDocs],
};
