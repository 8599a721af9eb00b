import type { ErrorCategory } from '../category';
import { anthropicErrors, geminiTroubleshooting } from '../links';
import { amount, count, sentences } from '../say';

export const toolPairing: ErrorCategory = {
  id: 'tool_pairing',
  group: 'request',
  title: 'Tool call without its result',
  definition: 'The history holds a tool call without its result, or a result without its call.',
  retryable: false,
  facts: ['toolCallId', 'messageIndex'],
  decisive: {
    codes: [
      'AI_MissingToolResultsError',
      'MissingToolResultsError',
      'INVALID_TOOL_RESULTS',
      'INVALID_CHAT_HISTORY',
    ],
    words: [
      /\btool (?:messages?|results?|outputs?|responses?)\b.{0,40}\b(?:preceded|follow|match|pair|correspond|unmatched|single result)/i,
      /\bsingle result\b|\bmultiple `?tool_result/i,

      /\btool_use\b.{0,80}\b(?:without|corresponding|ids? (?:were )?found|must have|immediately after|unique)\b/i,
      /\btool_result\b.{0,100}\b(?:corresponding|without|previous|matching|must|unexpected|missing|multiple)\b/i,
      /\bunexpected `?tool_(?:use_id|result)|\bmissing (?:a )?(?:corresponding )?`?tool_result/i,
      /\bmust be followed by tool messages\b|\bmust be a response to a prec/i,
      /\btool (?:call )?(?:outputs?|results?|responses?|messages?)\b.{0,40}\b(?:missing|not found|is missing|required|must follow|without|for (?:tool|function) call)\b/i,
      /\b(?:no|missing) (?:tool|function)(?: call)? (?:outputs?|results?|responses?|call)\b.{0,24}\b(?:found|for)\b/i,
      /\bdid not have response messages\b|\binsufficient tool messages\b|\bdo not have a corresponding toolmessage\b/i,
      /\bfunction (?:call|response) turn comes immediately\b|\bnumber of function (?:response|call)s?(?: parts)?\b/i,
      /\bnot the same number of function calls and responses\b|\bnumber of tool(?:result|use)\b|\bexpected toolresult\b|\btoolresult blocks\b|\btooluse blocks\b/i,
      /\btool_call_ids?\b.{0,80}\b(?:not found|no matching|missing|does not match|not match|unknown|duplicate|must match)/i,
      /\btool (?:call )?id\b.{0,60}\b(?:not found|no matching|missing|does not match|unknown|previous)/i,
      /\bunexpected role\b.{0,12}\btool\b|\bafter role '?tool\b/i,
      /\b(?:unprocessed|unanswered|unresolved|unexecuted) (?:tool|function) calls?\b/i,
      /\bno function call found\b|\bno tool call found\b|\bunmatched tool\b|\borphan(?:ed)? tool\b|\bdangling tool\b/i,
      /\bmessages with role '?tool'? must\b/i,
      /工具(?:调用)?(?:结果|响应|消息).{0,12}(?:缺|不匹配|没有|未找到|必须)/,
    ],
  },
  hint: {
    words: [
      {
        words:
          /\b(?:tool_call_ids?|tool_use_ids?|tool[ _]results?|function responses?|tool messages?|tool outputs?)\b/i,
        along:
          /\b(?:must|preced\w*|follow\w*|match\w*|missing|not|without|expected|invalid|require\w*|no)\b/i,
      },
    ],
  },
  explain: facts =>
    sentences(
      'In the history a tool call has no result, or a result has no call, or they are not next to each other.',
      facts.tool_call_id === undefined ? undefined : `It is the call ${facts.tool_call_id}.`,
      amount(facts, 'message_index') === undefined
        ? undefined
        : `It is about message ${count(amount(facts, 'message_index') ?? 0)}, counted from 0.`,
    ),
  fixes: facts => [
    `Append a result for ${facts.tool_call_id === undefined ? 'each open call' : `${facts.tool_call_id}`} directly after the call, an error text if the tool was interrupted.`,
    'Never cut the history between a call and its result: drop both or none.',
    'Keep the results of parallel calls together in one user message (Anthropic); function responses alone, without text (Gemini).',
    'Mistral wants an assistant message after the tool result, before the next user message.',
  ],
  links: [anthropicErrors, geminiTroubleshooting],
};
