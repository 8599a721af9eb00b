import { echoPatterns } from './echoPatterns';
import type { Grams } from './grams';
import { mayMatch } from './prefilter';

const fill = '~';

const echoes = echoPatterns.map(pattern => ({ pattern, mayMatch: mayMatch(pattern) }));

const token = /[^\s'"`(),;<>]+/g;
const idPrefix =
  /^(?:req|request|msg|chatcmpl|resp|call|toolu|org|proj|asst|thread|run|file|sess|key|sk|xai|gsk|rs|fc|batch|gen|conv|trace|team)[_-]/i;
const filePath =
  /[/\\][^/\\]*\.(?:py|js|mjs|cjs|ts|tsx|jsx|go|rs|java|rb|php|json|ya?ml|toml|md|txt|csv|log|html?|ipynb)(?::\d+)*:?$/i;
const hexId = /^[0-9a-f]{12,}$/i;

/** Blanks out what a message (its `lines`) only repeats, keeping every position. No line breaks are left. */
export function maskEchoes(lines: string, grams: Grams): string {
  let masked = maskHandled(lines);
  for (const echo of echoes) {
    if (!echo.mayMatch(grams)) {
      continue;
    }
    masked = masked.replace(echo.pattern, (found: string, prefix: unknown) => {
      const kept = typeof prefix === 'string' ? prefix : '';
      return kept + fill.repeat(found.length - kept.length);
    });
  }
  return masked
    .replaceAll('\n', ' ')
    .replace(token, found =>
      found.length <= 400 && isIdentifierOfSomething(found) ? fill.repeat(found.length) : found,
    );
}

function isIdentifierOfSomething(word: string): boolean {
  if (filePath.test(word)) {
    return true;
  }
  return /\d/.test(word) && (idPrefix.test(word) || hexId.test(word));
}

const handled = 'During handling of the above exception, another exception occurred:';
const providerClass =
  /\b(?:RateLimit|BadRequest|Authentication|PermissionDenied|NotFound|InternalServer|UnprocessableEntity|ServiceUnavailable)\w{0,20}: /;

/** Python tells first what the program was already dealing with. The last exception counts, if a provider's SDK raised it. */
function maskHandled(lines: string): string {
  const start = lines.lastIndexOf(handled);
  return start > 0 && providerClass.test(lines.slice(start))
    ? fill.repeat(start) + lines.slice(start)
    : lines;
}
