import type { ErrorCategory } from '../category';
import { groqErrors, openaiStructuredOutputs, vercelNoObject } from '../links';

export const structuredOutput: ErrorCategory = {
  id: 'structured_output',
  group: 'output',
  title: 'Answer is not the JSON that was asked for',
  definition: 'The answer of the model fails JSON or schema parsing.',
  retryable: true,
  facts: ['model'],
  decisive: {
    codes: [
      'OutputParserException',
      'AI_NoObjectGeneratedError',
      'NoObjectGeneratedError',
      'json_validate_failed',
      'InstructorRetryException',
      'StructuredOutputValidationError',
      'StructuredOutputError',
      'OUTPUT_PARSING_FAILURE',
      'json_invalid',
      'OutputValidationError',
      'AdapterParseError',
    ],
    words: [
      /\b(?:response|output|answer|completion)\b.{0,30}\b(?:not valid|invalid|conform|fails?|failed|violates)\b.{0,30}\b(?:schema|expected format)\b/i,

      /\bcould not parse (?:llm|the llm|model|the model|response content|output)\b/i,
      /\b(?:error|failed|failure|unable to|cannot) pars(?:e|ing) (?:the )?(?:lm|llm|model)(?:'s)? (?:output|response)\b/i,
      /\bfailed to parse (?:field|value|answer|response|output)\b.{0,80}\bfrom the (?:lm|llm|model|original completion|completion)\b/i,
      /\binstructor does not support multiple tool calls\b/i,
      /\b(?:llm|model) (?:returned|produced|generated|selected) an? (?:unknown|invalid|unexpected)\b/i,
      /\berror in code parsing\b|\bcode (?:snippet|blob|block) is invalid\b/i,
      /\bno object generated\b|\bgenerated json does not match\b|\bfailed to (?:generate|validate) json\b/i,
      /\b(?:response|output|object|answer|completion|result)\b.{0,24}\b(?:did|does|do)(?: not|n't) match\b.{0,24}\b(?:schema|format|type)/i,
      /\b(?:model|llm|completion|generation|assistant)(?:'s)? (?:output|response|returned|produced|generated|answer)\b.{0,40}\b(?:invalid json|not valid json|not json|valid json|schema|parse|parseable)/i,
      /\binvalid json (?:in|from|returned by|when parsing)\b.{0,24}\b(?:model|output|response|llm|completion|answer|\w+ for)/i,
      /\bfailed to parse\b.{0,60}\b(?:from completion|model output|llm output|output|as json|structured)\b/i,
      /\boutput (?:parser|parsing|validation)\b/i,
    ],
  },
  strong: {
    codes: ['ModelBehaviorError', 'UnexpectedModelBehavior'],
    words: [
      {
        words: /\bvalidation errors? for [A-Z]\w{1,60}\b/,
        unless:
          /request body|settings|config|ChatOpenAI|ChatAnthropic|Request\b|Params\b|Client\b/i,
      },
      /\binvalid json: (?:eof|expected|trailing|control|key)/i,
      /\bJSONDecodeError\b.{0,40}\b(?:expecting (?:property|',' delimiter|':' delimiter)|extra data|invalid control)/i,
      /\bzoderror\b/i,
    ],
  },
  hint: {
    words: [
      {
        words: /\bjson\b|\bstructured (?:output|response)\b/i,
        along: /\b(?:llm|model|output|completion|assistant|generated)\b/i,
        unless: /\b(?:request|body|payload)\b/i,
      },
    ],
  },
  explain: () => 'The model answered, but not with JSON of the shape that was asked for.',
  fixes: () => [
    'Look at the finish reason first: an answer cut at its token limit never parses.',
    'Use the strict JSON schema mode of the provider, with a schema as small as it can be.',
    'Take code fences and text around the JSON off before parsing.',
    'Ask again with the parse error in the prompt.',
  ],
  links: [openaiStructuredOutputs, vercelNoObject, groqErrors],
};
