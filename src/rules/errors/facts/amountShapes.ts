import { numeral } from './numbers';

export type Role = 'limit' | 'requested' | 'used' | 'added' | 'skip';

export interface Shape {
  readonly pattern: RegExp;
  /** What each group of the pattern is; `added` is summed to `requested`. */
  readonly roles: readonly Role[];
}

function shape(source: string, ...roles: readonly Role[]): Shape {
  return { pattern: new RegExp(source.replaceAll('#', `(${numeral})`), 'i'), roles };
}

const unit = String.raw`(?: ?(?:tokens?|bytes|pixels|characters|chars|mb))?`;

/** Most telling first. A shape fills only what is still unknown. */
export const amountShapes: readonly Shape[] = [
  shape(
    String.raw`\blimit:? #(?: / \w{1,8})?[,.;]? (?:used|current):? #[,.;]? requested:? #`,
    'limit',
    'used',
    'requested',
  ),
  shape(String.raw`\blimit:? #[,.;]? requested:? #`, 'limit', 'requested'),
  shape(String.raw`\blimit:? #(?: / \w{1,8})?\.? (?:used|current):? #`, 'limit', 'used'),
  shape(String.raw`\bcurrent:? #,? limit:? #`, 'used', 'limit'),
  shape(String.raw`\blimit:? # \(requested:? #\)`, 'limit', 'requested'),
  shape(String.raw`# ?\+ ?# ?> ?#`, 'requested', 'added', 'limit'),
  shape(String.raw`(?<![\w.])#${unit} ?> ?#(?! ?-)`, 'requested', 'limit'),
  shape(String.raw`(?<![\w.])# ?> ?(?:[a-z]{2,12} ){1,4}#`, 'requested', 'limit'),
  shape(
    String.raw`\binput token count \(?#\)? exceeds? the maximum number of tokens allowed \(?#`,
    'requested',
    'limit',
  ),
  // vLLM, LM Studio and others name both in brackets: `length of prompt_tokens (9) must be less than max_seq_len (8)`.
  shape(
    String.raw`\(#\) ?(?:must be (?:less|smaller) than|>=?|exceeds) (?:\w{1,30} ){0,3}\(#`,
    'requested',
    'limit',
  ),
  shape(
    String.raw`(?:\b(?:less than|fewer than|at most|up to)|<=) #(?: (?!given)\w{1,12}){0,2}[,.;]? given:? #`,
    'limit',
    'requested',
  ),
  shape(String.raw`\b(?:input|prompt|inputs|request|messages) \(# tokens\)`, 'requested'),
  shape(String.raw`\brequested up to #${unit},? but can only afford #`, 'requested', 'limit'),
  shape(String.raw`\(#\) exceeded \(#`, 'limit', 'requested'),
  shape(String.raw`\brequest limit reached \(#/#\)`, 'used', 'limit'),
  shape(String.raw`\brequested #${unit}[, ]{1,2}(?:max|limit)(?:imum)?:? #`, 'requested', 'limit'),
  shape(String.raw`\b(?:up to|maximum of|at most) #[^.\d]{0,40}, but #`, 'limit', 'requested'),
  shape(
    String.raw`\b(?:tokens?|length|size|request|input|prompt|payload|body|file|image)\b[^.\d]{0,40}\(?#\)?[^.\d]{0,20}\bexceed`,
    'requested',
  ),
  shape(
    String.raw`\b(?:has|have|contains?|with) # (?:input |prompt |total )?tokens?\b`,
    'requested',
  ),
  shape(String.raw`\btoo (?:large|long)\b[^.\d]{0,40}: #`, 'requested'),
  shape(String.raw`"?\bn_prompt_tokens"?[:=] ?#`, 'requested'),
  shape(String.raw`"?\bn_ctx"?[:=] ?#`, 'limit'),
  shape(String.raw`\btoo (?:large|long): #`, 'requested'),
  shape(String.raw`\b(?:turns|steps|iterations|rounds) \(#\)`, 'limit'),
  shape(
    String.raw`\b(?:you requested|request contains|request has|requested|your (?:input|prompt|request) (?:contains|has|is)|messages resulted in|resulted in|passed|whereas you provided|you provided|prompt contains|prompt contains at least|(?<!maximum |max )(?:input length|prompt length)|(?<!maximum |max )(?:number of input tokens|token count)|prompt tokens|input tokens|got|received|total of)[:=]?(?: (?:of|about|a total of|at least|is|up to))? \(?#`,
    'requested',
  ),
  shape(
    String.raw`\b(?:max length|maximum(?: (?:context|prompt|input|output|model|allowed|sequence|request))?(?: (?:length|size|tokens|limit|number of (?:items|turns|steps|iterations|tokens)))?|max_model_len|context (?:window|length|size|limit)|token limit|max context|(?<!not )supports?(?: at most| up to)?|at most|up to|less than or equal to|maximum number of (?:items|tokens)|max(?:imum)? turns|recursion limit|request_limit|iterations|limit)(?: (?:of|is|for|allowed|exceeded|to|model|only))*[:=]? ?\(?#`,
    'limit',
  ),
  shape(String.raw`\b(?:minimum is|maximum is|max is|limit is) #`, 'limit'),
  shape(
    String.raw`\b(?:exceeds?|exceeded|over|above|greater than|longer than|larger than|more than)(?: the| your| a| our| model| maximum| max| limit| context| length| window| size| token| tokens| input| rate| organization's| account's| of|\s){0,10} \(?#`,
    'limit',
  ),
  shape(String.raw`: # pixels`, 'limit'),
  shape(String.raw`_limit\x60? of #`, 'limit'),
  shape(String.raw`(?:<=|≤) ?#`, 'limit'),
  shape(String.raw`\bmax(?:imum)? #`, 'limit'),
  shape(String.raw`# (?:max(?:imum)?|limit)\b`, 'limit'),
  shape(String.raw`\b# (?:output )?tokens? maximum`, 'limit'),
  shape(String.raw`\bafter # (?:turns|iterations|steps)`, 'limit'),
];

export const amountPatterns: readonly RegExp[] = amountShapes.map(({ pattern }) => pattern);
