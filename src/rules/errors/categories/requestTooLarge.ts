import type { ErrorCategory } from '../category';
import { anthropicErrors } from '../links';
import { overflow, sentences } from '../say';

export const requestTooLarge: ErrorCategory = {
  id: 'request_too_large',
  group: 'size',
  title: 'Request too large',
  definition: 'The HTTP body has too many bytes, or a list in it too many items.',
  retryable: false,
  facts: ['amounts', 'megabytes', 'model'],
  decisive: {
    codes: ['AI_TooManyEmbeddingValuesForCallError'],
    words: [
      /\b(?:string too long|string_above_max_length)\b(?=.{0,80}\bmaximum length (?:1048576|10485760))/i,
      /\btoo many (?:values|inputs|texts|documents)\b.{0,40}\b(?:embedding|call|batch|request)/i,
      /\bonly supports? (?:one|1|a single) \w{2,20} at a time\b/i,
      /\bclient intended to send too large body\b|\breceived message larger than max\b/i,
    ],
  },
  strong: {
    codes: [
      'request_too_large',
      'RequestTooLargeError',
      'RequestEntityTooLarge',
      'PayloadTooLarge',
      'payload_too_large',
      'PayloadTooLargeError',
      'entity_too_large',
      'content_too_large',
      'FUNCTION_PAYLOAD_TOO_LARGE',
    ],
    words: [
      /\b(?:request|payload|body|entity|content|message)(?: entity| body| payload| size)? (?:is |was )?too large\b/i,
      /\b(?:request|body|payload|message) (?:size|length|body)?.{0,12}\bexceeds?\b.{0,60}\b(?:bytes|size|MB|KB|maximum (?:request|body|payload|allowed size))/i,
      /\bmaximum (?:request|body|payload|message) (?:size|length)\b/i,
      /\bmaximum allowed (?:number of bytes|size)\b/i,
      /\b(?:input )?array\b.{0,60}\b(?:dimensions or less|too long|maximum length|at most|too many)/i,
      /\bbatch size\b.{0,60}\b(?:exceed|large|maximum|limit|invalid|should not)/i,
      /\b(?:max(?:imum)?|limit)\b.{0,20}\btokens per request\b/i,
      /请求(?:体|实体|内容)?(?:过大|太大)/,
    ],
  },
  status: [413],
  explain: facts =>
    sentences(
      'The request is too large to be taken in at all: too many bytes, or too many items in one list.',
      overflow(facts, 'units', 'sent', 'allowed'),
    ),
  fixes: () => [
    'Find what is big: images and files in base64, tool results, long histories. Resize images, upload files instead.',
    'Split embeddings and other lists into batches.',
    'In front of a server of your own raise the body limit (nginx client_max_body_size, ingress proxy-body-size).',
    'If the body is small, the prompt may be too long: some servers say 413 for that.',
  ],
  links: [anthropicErrors],
};
