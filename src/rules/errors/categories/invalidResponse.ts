import type { ErrorCategory } from '../category';

export const invalidResponse: ErrorCategory = {
  id: 'invalid_response',
  group: 'availability',
  title: 'The reply was not understood',
  definition: 'The reply is empty, not JSON, or not of the shape that the API promises.',
  retryable: true,
  facts: ['host'],
  decisive: {
    words: [
      /\bunexpected token '?<|\binvalid character '<'|\bunexpected character.{0,12}'?</i,
      /<!doctype\b.{0,80}\bnot valid json/i,
    ],
  },
  strong: {
    codes: [
      'AI_EmptyResponseBodyError',
      'AI_InvalidResponseDataError',
      'AI_NoContentGeneratedError',
      'AI_NoOutputGeneratedError',
      'AI_NoTranscriptGeneratedError',
      'AI_NoSpeechGeneratedError',
      'AI_NoImageGeneratedError',
      'AI_NoTranslationGeneratedError',
      'AI_JSONParseError',
      'AI_TypeValidationError',
      'APIResponseValidationError',
      'MALFORMED_RESPONSE',
      'invalid_api_response',
      'InvalidResponseError',
      'EmptyResponseError',
    ],
    words: [
      /\b(?:expected|wanted) (?:json|application\/json)\b.{0,40}\b(?:but|got|received|text\/html)\b/i,

      /\bempty (?:response|body|reply|completion|message|stream|output|choices|answer)\b|\bresponse (?:body )?(?:is|was) (?:empty|null|undefined)\b/i,
      /\b(?:returned|received|got|produced|sent) (?:an? )?(?:empty|no|null) (?:response|content|choices|output|body|candidates|message|completion)\b/i,
      /\bended without (?:any )?(?:content|output|text|an? (?:answer|response|message))\b/i,
      /\bno (?:candidates|choices|content|images?|audio|transcript|response|output|generations?|completion)\b.{0,24}\b(?:in|returned|generated|received|found|was|from)\b/i,
      /\b(?:choices|candidates|content)\b.{0,12}\b(?:is|was|are|were) (?:empty|null|missing|undefined)\b|\bnull value for 'choices'/i,
      /\b(?:invalid|malformed|unexpected|unrecognized|unparseable) (?:json |api |server |http |sse |streaming )?(?:response|reply|chunk|content[- ]type|payload from)\b/i,
      /\bnon-json\b|\bunmarshal(?:l?ing)?\b/i,
      /\bfailed to (?:parse|decode|deserialize|process|read) (?:the )?(?:api |server |http |sse |successful |error )?(?:response|stream|reply|chunk|body)\b/i,
      /\bserde(?: ?json)? error\b/i,
      /\berror decoding response body\b|\bresponse (?:did not contain|does not contain|contained no|missing|has no)\b/i,
      /\b(?:could|can) ?not (?:parse|decode) (?:the )?(?:api |server )?response\b(?! content)/i,
      /\bmalformed_response\b/i,
      {
        words:
          /\bexpecting value: line 1 column 1 \(char 0\)|\bunexpected end of json input\b|\bis not valid json\b/i,
        unless:
          /request body|your request|tool|arguments|output|schema|\b(?:reading|loading|parsing|opening) (?:the )?(?:file|config|settings|~{3})/i,
      },
      /响应(?:为空|格式|解析)|返回(?:为空|内容为空|空)|空响应/,
    ],
  },
  hint: {
    words: [
      {
        words: /\b(?:response|reply|response body|completion|chunk)\b/i,
        along:
          /\b(?:empty|invalid|malformed|missing|unparse\w*|undefined|null|not json|text\/html|decode|parse)\b/i,
      },
      /<!doctype html|<html\b/i,
    ],
  },
  explain: () =>
    'An answer came, but it is empty or not what the API promises: an error page, cut JSON, or a shape that the client does not know.',
  fixes: () => [
    'Log status, content type and the first 500 bytes of the reply: they name the culprit.',
    'HTML means a wrong base_url, a login page or an error page of a proxy.',
    '200 with nothing in it: a gateway that swallowed an error, or a safety block.',
    'Retry once; update the client when the shape is new.',
  ],
  links: [],
};
