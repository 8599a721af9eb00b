import type { ErrorCategory } from '../category';
import { groqErrors } from '../links';
import { named, sentences } from '../say';

export const toolCallInvalid: ErrorCategory = {
  id: 'tool_call_invalid',
  group: 'output',
  title: 'Model made a bad tool call',
  definition: 'The model called a tool that does not exist, or with arguments that do not fit.',
  retryable: true,
  facts: ['tool', 'toolCallId'],
  decisive: {
    codes: [
      'tool_use_failed',
      'AI_NoSuchToolError',
      'NoSuchToolError',
      'AI_InvalidToolInputError',
      'AI_InvalidToolArgumentsError',
      'InvalidToolArgumentsError',
      'AI_ToolCallRepairError',
      'MALFORMED_FUNCTION_CALL',
      'UNEXPECTED_TOOL_CALL',
      'malformed_tool_use',
      'TOO_MANY_TOOL_CALLS',
      'ToolInputParsingException',
    ],
    words: [
      /\bMCP error -32602\b/i,
      /\b(?:tool|function) name does not match\b(?! (?:the )?(?:pattern|regex))/i,
      /\bfailed to call a function\b|\btool call validation failed\b|\btool_use_failed\b/i,
      /\b(?:unavailable|unknown|unrecogni[sz]ed|nonexistent|non-existent|undefined|no such|hallucinated|invalid) (?:tool|function)\b(?!s?\[| names? (?:must|in)|(?<=invalid (?:tool|function)) names?|_choice| (?:choice|schema|definition|parameters?|message|result))/i,
      /\bmalformed (?:function|tool)[ _]call\b|\bmalformed_function_call\b/i,
      /\b(?:tool|function)\b.{0,80}\b(?:was not found|is not found|not found in|does not exist|is not available|is not registered|is not a valid tool|not in request\.tools|is not defined|is not in the list)\b/i,
      /\b(?:attempted|tried|attempting) to (?:call|use|invoke) (?:the )?(?:an? )?(?:\S{1,20} )?(?:tool|function)\b/i,
      /\binvalid (?:arguments|input|parameters|args|json)\b.{0,24}\b(?:tool|function)\b|\b(?:tool|function)[ _]?(?:call )?(?:arguments?|input|args)\b.{0,40}\b(?:invalid|not valid|malformed|json|parse|schema|validation|fail)/i,
      /\b(?:failed to|error|could not|unable to|cannot) (?:parse|parsing|repair|repairing|decode|validate)\b(?: the)? (?:tool|function)[ _]?(?:call|arguments|input)/i,
      /\btool\b.{0,60}\bexceeded max(?:imum)? retries\b|\binvalid function arguments\b/i,
      /\breceived tool input did not match expected schema\b|\binput validation error: .{0,40}\btool\b/i,
      /工具调用.{0,8}(?:参数|格式|失败|错误|无效)/,
    ],
  },
  hint: {
    words: [
      {
        words: /\b(?:tool|function)[ _-]?calls?\b|\btool (?:arguments?|input)\b/i,
        along:
          /\b(?:invalid|malformed|fail\w*|unknown|parse|not found|does not exist|hallucinat\w*|unexpected)\b/i,
      },
    ],
  },
  explain: facts =>
    sentences(
      `The model called ${facts.tool === undefined ? 'a tool' : `the tool "${facts.tool}"`} in a way that does not work: the tool does not exist, or its arguments do not fit.`,
      'Sampling again often gives a good call.',
    ),
  fixes: facts => [
    'Give the error back to the model as the result of the call: it usually corrects itself.',
    `Check that ${named(facts, 'tool', 'the tool')} is in the list sent with this very request, and keep the list stable over the turns.`,
    'Use strict tools where the provider has them, fewer tools, a lower temperature.',
    'Repair JSON that is almost right; force tool_choice when only one tool makes sense.',
  ],
  links: [groqErrors],
};
