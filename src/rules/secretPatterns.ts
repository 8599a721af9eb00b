/** A secret in a text. `value` must never be shown. */
export interface Secret {
  readonly kind: string;
  readonly value: string;
}

interface Pattern {
  readonly kind: string;
  /** The secret is the group, or all of it. Linear: no two repetitions that match the same text touch. */
  readonly pattern: RegExp;
  /** Where this is missing, nothing is looked for. */
  readonly needs?: string;
}

// Prefixes that providers chose so that a leaked key is found. The more special one comes first.
const patterns: readonly Pattern[] = [
  { kind: 'Anthropic API key', pattern: /\bsk-ant-[\w-]{20,200}/g },
  { kind: 'OpenRouter API key', pattern: /\bsk-or-[\w-]{20,200}/g },
  { kind: 'Langfuse secret key', pattern: /\bsk-lf-[\w-]{20,100}/g },
  { kind: 'OpenAI API key', pattern: /\bsk-(?:proj-|svcacct-|admin-)?[\w-]{20,200}/g },
  { kind: 'AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { kind: 'GitHub token', pattern: /\b(?:gh[pousr]_[0-9A-Za-z]{36,100}|github_pat_\w{22,100})/g },
  { kind: 'GitLab token', pattern: /\bglpat-[\w-]{20,100}/g },
  { kind: 'Slack token', pattern: /\bxox[abeoprs]-[\w-]{10,200}/g },
  { kind: 'Google API key', pattern: /\bAIza[\w-]{35}/g },
  { kind: 'Hugging Face token', pattern: /\bhf_[0-9A-Za-z]{30,60}\b/g },
  { kind: 'Groq API key', pattern: /\bgsk_[0-9A-Za-z]{40,80}\b/g },
  { kind: 'xAI API key', pattern: /\bxai-[0-9A-Za-z]{60,120}\b/g },
  { kind: 'LangSmith API key', pattern: /\blsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}\b/g },
  { kind: 'npm token', pattern: /\bnpm_[0-9A-Za-z]{36}\b/g },
  { kind: 'Stripe key', pattern: /\b[rs]k_live_[0-9A-Za-z]{20,120}\b/g },
  {
    kind: 'JSON web token',
    pattern: /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}/g,
  },
  {
    kind: 'private key',
    pattern: /-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----\s{0,4}([\w+/=]{40,80})/g,
  },
  {
    kind: 'bearer token',
    pattern: /\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?bearer\s{1,4}([\w.~+/=-]{20,2000})/gi,
  },
  {
    kind: 'password in an address',
    needs: '://',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[\w.%-]{1,80}:([^\s:/?#@'"`<>{}$*]{8,100})@[\w.-]/g,
  },
  {
    kind: 'password or key',
    pattern:
      /(?:password|passwd|pwd|secret|secret_key|client_secret|api_?key|apikey|api-key|access_key|access_token|auth_token|private_key)["']?\s{0,4}[:=]\s{0,4}["']?([^\s"'`,;<>(){}[\]$]{10,200})/gi,
  },
];

/** Names of fields whose whole value is a secret. */
const secretName =
  /^(?:x-)?(?:.{0,40}[_-])?(?:password|passwd|pwd|secret|secret[_-]?key|client[_-]?secret|api[_-]?key|access[_-]?key|access[_-]?token|auth[_-]?token|private[_-]?key|authorization)$/i;

/** How a name ends, in any case, after whose `:` or `=` a secret may stand. */
const names = ['authorization', 'password', 'passwd', 'pwd', 'secret', 'key', 'token']
  .map(name => [...name].map(letter => `[${letter}${letter.toUpperCase()}]`).join(''))
  .join('|');

/**
 * Whether any of the patterns can match. It looks for one of few characters and from there back to what leads up to it, since
 * many words at once would be tried at every character: this is asked of every text of every call that is opened.
 */
const quick = new RegExp(
  '[-_:=AJYz](?:' +
    '(?<=sk-|glpat-|xox[abeoprs]-|xai-|gh[pousr]_|github_pat_|hf_|gsk_|lsv2_|npm_|[rs]k_live_|AKIA|ASIA|AIz|eyJ|PRIVATE KEY|' +
    `(?:${names})["']?\\s{0,4}[:=])|` +
    '(?<=:)(?=\\/\\/[\\w.%-]{1,80}:[^\\s:/?#@\'"`<>{}$*]{8,100}@))',
);

const placeholder =
  /example|placeholder|dummy|fake|sample|change_?me|your[_-]|redacted|masked|secret_?here|insert|replace|xxxx|\*\*|\.\.\.|…|test|1234567|abcdef|eyJzdWIiOiIxMjM0NTY3ODkw|process\.env|os\.environ|getenv|%\w/i;

const fewestBits = 3; // of entropy a character: words have less, keys have four and more

/** The secrets in a text. `name` is that of the field it stands in, if any. */
export function findSecrets(text: string, name?: string): readonly Secret[] {
  if (name !== undefined && secretName.test(name)) {
    const value = text.replace(/^(?:bearer|basic)\s+/i, '').trim();
    return value.length <= 4000 && !/\s/.test(value) && isAssigned(value)
      ? [{ kind: `value of "${name.slice(0, 60)}"`, value }]
      : [];
  }
  if (!quick.test(text)) {
    return [];
  }
  const found = new Map<string, Secret>();
  let rest = text;
  for (const { kind, pattern, needs } of patterns) {
    if (needs !== undefined && !text.includes(needs)) {
      continue;
    }
    // what one pattern has found is blank for those after it, which are less exact
    rest = rest.replace(pattern, (all: string, group: unknown) => {
      const value = typeof group === 'string' ? group : all;
      const isReal = kind === 'password or key' ? isAssigned(value) : isKey(value);
      if (!isReal) {
        return all;
      }
      found.set(value, { kind, value });
      return ' '.repeat(all.length);
    });
  }
  return [...found.values()];
}

/** `sk-a… (51 characters)`: enough to know which, not enough to use. */
export function mask({ value }: Secret): string {
  return `${value.slice(0, 4)}… (${value.length} characters)`;
}

/** A text in which no secret that we know of stands any more. */
export function maskSecrets(text: string): string {
  return findSecrets(text).reduce(
    (masked, secret) => masked.replaceAll(secret.value, mask(secret)),
    text,
  );
}

function isKey(value: string): boolean {
  return /\d/.test(value) && !placeholder.test(value) && entropy(value) >= fewestBits;
}

/** Whether a value after `password=` is one: names, calls, paths and types of code stand there too. */
function isAssigned(value: string): boolean {
  const kinds = [/\d/, /[a-z]/, /[A-Z]/].filter(kind => kind.test(value)).length;
  const isCode = /^[a-z_$][\w$]*(?:[.:][\w$]+)+\(?|^\/|\\|^https?:/i.test(value);
  return value.length >= 10 && kinds >= 2 && !isCode && isKey(value);
}

/** Shannon entropy in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) {
    bits -= (count / text.length) * Math.log2(count / text.length);
  }
  return bits;
}
