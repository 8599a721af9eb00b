import type { ErrorCategory } from '../category';
import { geminiTroubleshooting, openaiStructuredOutputs } from '../links';
import { named, sentences } from '../say';

export const toolSchema: ErrorCategory = {
  id: 'tool_schema',
  group: 'request',
  title: 'Tool or answer schema rejected',
  definition: 'The JSON Schema of a tool or of response_format was rejected.',
  retryable: false,
  facts: ['tool', 'param', 'amounts'],
  decisive: {
    codes: [
      'invalid_function_parameters',
      'invalid_tool_schema',
      'invalid_json_schema',
      'invalid_schema',
      'INVALID_TOOL_SCHEMA',
    ],
    words: [
      /\binvalid (?:tool|function) name\b|\btoo many tools\b/i,

      /['"`]tools['"`] ?: (?:maximum|minimum|too many|at most)\b/i,
      /\b(?:more than|at most|maximum of|up to|limit of|only) \d{1,5} tools\b/i,
      /['"`] is not strict\b/i,
      /\bonly letters, (?:numbers|digits)\b/i,
      /\binvalid (?:json )?schema\b/i,
      /\binvalid ['"`]?tools\b|\binvalid (?:type|value) for '?tools\[/i,
      /\btools?(?:\[|\.)\d{1,4}\]?\.|\btools(?:\[|\.)\d{1,4}\b/i,
      /\bfunction_?declarations?\b|\binput_schema\b|\btoolspec\b|\bresponse_schema\b/i,
      /\b(?:tool|function) names?\b.{0,60}\b(?:must|unique|pattern|match|invalid|too long|length|duplicate|start with)/i,
      /\bduplicate (?:tool|function)\b|\btoo many tools\b|\bmaximum (?:number of )?tools\b/i,
      /\barray schema missing items\b|\badditionalproperties\b/i,
      /\bjson schema\b.{0,60}\b(?:invalid|not supported|unsupported|draft|not valid|must|too complex)/i,
      /\bschema\b.{0,60}\b(?:too complex|too many states|not supported|must (?:be|have)|is invalid|not permitted|nesting|too large|too deep)/i,
      /\b(?:oneOf|anyOf|allOf|\$ref|\$defs|definitions)\b.{0,60}\b(?:not (?:supported|permitted|allowed)|unsupported|at the top level)/i,
      /\b(?:failed to|error|could not) (?:parse|parsing|convert|converting|compile|compiling|initialize)(?: the)? (?:json schema|grammar|tool|tools|schema|samplers)\b/i,
      /\bunknown name\b.{0,80}\b(?:tools|function|parameters|schema)\b/i,
      /工具.{0,8}(?:定义|参数|schema).{0,10}(?:错误|无效|不合法)/i,
    ],
  },
  hint: {
    words: [
      {
        words:
          /\b(?:schema|tool definitions?|(?:tool|function) (?:parameters|declarations?|descriptions?))\b/i,
        along: /\b(?:invalid|not|must|unsupported|missing|error|fail\w*|too|reject\w*)\b/i,
      },
    ],
  },
  explain: facts =>
    sentences(
      `The description of ${facts.tool === undefined ? 'a tool or of the answer format' : `the tool "${facts.tool}"`} is not a schema that this provider accepts.`,
      facts.param === undefined ? undefined : `It complains about ${facts.param}.`,
    ),
  fixes: facts => [
    `Correct the schema of ${named(facts, 'tool', named(facts, 'param', 'that tool'))}: every array needs items, every object its properties.`,
    'OpenAI strict mode: additionalProperties false and every key in required.',
    'Names of tools: letters, digits, _ and -, at most 64; at most 128 tools.',
    'Gemini knows no $defs, definitions or $ref: write them out.',
    'MCP servers are the usual source: turn them off one by one.',
  ],
  links: [openaiStructuredOutputs, geminiTroubleshooting],
};
