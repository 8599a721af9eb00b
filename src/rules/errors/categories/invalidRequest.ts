import type { ErrorCategory } from '../category';
import { anthropicErrors, geminiTroubleshooting, openaiErrors } from '../links';
import { sentences } from '../say';

export const invalidRequest: ErrorCategory = {
  id: 'invalid_request',
  group: 'request',
  title: 'Invalid request',
  definition: 'The request is malformed in another way, or the provider only says 400.',
  retryable: false,
  facts: ['param', 'messageIndex'],
  decisive: {
    words: [
      /\brequest contains an invalid argument\b/i,
      /\bvalidation errors? for request body\b/i,
      /\binvalid format: /i,
      /\bparam(?:eter)?s? (?:incorrect|error)\b/i,
      /\b(?:could not|couldn't|unable to|failed to) parse\b.{0,24}\b(?:json body|request body|body of your request|your request|the json)/i,
    ],
  },
  strong: {
    words: [
      /\bmissing (?:a )?required (?:parameter|field|property|argument|key|body)/i,
      /\bmissing (?:a |the )?required ['"`]?\w{1,40}['"`]? (?:parameter|field|property|argument|key)\b/i,
      /\bmissing request body\b/i,
      /\bmodel is required\b|\bmust provide a model\b|\bmodel (?:parameter|field) is required\b/i,
      /\binvalid json payload\b|\bmalformed (?:json|request|input|body)\b|\binvalid (?:request )?body\b/i,
      /\b(?:field|property|body) required\b|\bis a required property\b/i,
      /\brequest body\b.{0,40}\b(?:invalid|malformed|not valid|empty|missing|must)/i,
      /\binvalid request\b|\bbad request\b|\breq(?:uest)? parameter error\b/i,
      /\bunprocessable\b/i,
      /请求(?:格式|参数|体).{0,8}(?:错误|无效|不正确|有误)|非法请求/,
    ],
  },
  hint: {
    codes: [
      'BadRequestError',
      'BadRequest',
      'bad_request',
      'invalid_request_error',
      'invalid_request',
      'InvalidRequestError',
      'ValidationException',
      'INVALID_ARGUMENT',
      'InvalidArgument',
      'UnprocessableEntityError',
      'unprocessable_entity',
      'malformed_request',
      'FAILED_PRECONDITION',
      'invalid_prompt',
    ],
  },
  status: [400, 409, 415, 422],
  explain: facts =>
    sentences(
      'The provider could not make sense of the request.',
      facts.param === undefined ? undefined : `It complains about ${facts.param}.`,
    ),
  fixes: facts => [
    facts.param === undefined
      ? 'Halve the request: without tools, then without history, then without options, until it passes; the part left out last is the culprit.'
      : `Correct ${facts.param}.`,
    'Compare the raw body that was sent with the reference of the API.',
    'Update the SDK: an old one sends what a new API no longer takes.',
  ],
  links: [openaiErrors, anthropicErrors, geminiTroubleshooting],
};
