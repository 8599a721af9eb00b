import { allOf, inputOf } from '../model/beginning';
import type { Message, SpanContent } from '../model/message';
import { type Looked, MessageRun } from './messageRun';
import { perConversation } from './perConversation';
import type { ContentRule } from './rule';
import { several } from './say';
import { findSecrets, mask, type Secret } from './secretPatterns';

const maxDepth = 12; // levels of arguments and results that are looked through
const maxCharacters = 4_000_000; // of one call

interface Place {
  readonly secret: Secret;
  readonly where: string;
}

/** A key or password stands in a log, where everybody who reads the log can read it. Never says which. */
export const secretsInLog: ContentRule = {
  id: 'secrets-in-log',
  title: 'Secret in the log',
  severity: 'error',
  docs: 'Messages, tool arguments, tool results, parameters or an error hold an API key, a token, a private key or a password, by pattern and entropy. It is shown masked, at the call where it is new.',
  looksAt: 'content',
  looksAtTools: true,
  check(span, { content, previous }) {
    const error = span.error?.message ?? '';
    const found = [
      ...placesIn(content),
      ...findSecrets(error).map(secret => ({ secret, where: 'the error message' })),
    ];
    if (found.length === 0) {
      return undefined;
    }
    const before = previous();
    const old = new Set(before ? placesIn(before.content).map(({ secret }) => secret.value) : []);
    const fresh = found.filter(({ secret }) => !old.has(secret.value));
    const [first] = fresh;
    if (first === undefined) {
      return undefined;
    }
    const count = new Set(fresh.map(({ secret }) => secret.value)).size;
    const { kind } = first.secret;
    return {
      message: `${article(kind)} ${kind} stands in ${first.where}: ${mask(first.secret)}.${others(count - 1)} It went to the provider too, if it is in a prompt.`,
      fixes: [
        'Revoke the key or change the password now: whoever can read the log can use it.',
        `Find out how it got into ${first.where}, and take it out before the call: redact tool results and documents.`,
        'Mask secrets in the logger as well, and delete or clean the logs that hold it.',
      ],
      links: [],
      facts: { kind, where: first.where, masked: mask(first.secret), secrets: count },
    };
  },
};

function article(kind: string): string {
  if (kind.startsWith('value')) {
    return 'The';
  }
  return /^(?:[AEIO]|npm|xAI)/.test(kind) ? 'An' : 'A';
}

function others(count: number): string {
  return count === 0
    ? ''
    : ` ${several(count, 'other secret')} ${count === 1 ? 'is' : 'are'} in this call too.`;
}

function placesIn(content: SpanContent): readonly Place[] {
  const places: Place[] = [];
  const budget = { left: maxCharacters };
  const look = (value: unknown, where: string) =>
    visit(value, undefined, budget, 0, secret => places.push({ secret, where }));
  look(content.params, 'the parameters');
  for (const said of [inputOf(content), allOf(content.outputMessages)]) {
    const run = runOf(said);
    const whole = run.countWithin(budget.left, said.count);
    places.push(...run.placesBefore(whole));
    budget.left -= run.charactersBefore(whole);
    const rest = said.messages[whole];
    if (rest && whole < said.count) {
      lookAtMessage(rest, look);
      return places;
    }
  }
  return places;
}

const runOf = perConversation<MessageRun<Place>>((said, run = new MessageRun(lookInto)) => {
  run.goOn(said);
  return run;
});

/** What was answered is part of the next question. */
const lookedAt = new WeakMap<Message, Looked<Place>>();

function lookInto(message: Message): Looked<Place> {
  const known = lookedAt.get(message);
  if (known !== undefined) {
    return known;
  }
  const places: Place[] = [];
  const budget = { left: maxCharacters };
  lookAtMessage(message, (value, where) =>
    visit(value, undefined, budget, 0, secret => places.push({ secret, where })),
  );
  const looked = { places, characters: maxCharacters - budget.left };
  lookedAt.set(message, looked);
  return looked;
}

function lookAtMessage(
  { role, parts }: Message,
  look: (value: unknown, where: string) => void,
): void {
  for (const part of parts) {
    switch (part.type) {
      case 'toolCall':
        look(part.arguments, `the arguments of "${part.name}"`);
        break;
      case 'toolResult':
        look(
          part.content,
          part.name === undefined ? 'a tool result' : `a result of "${part.name}"`,
        );
        break;
      case 'text':
      case 'reasoning':
      case 'refusal':
        look(part.text, role === 'system' ? 'the system prompt' : `a message of role ${role}`);
        break;
      default:
        look(part.url, 'the address of a file');
    }
  }
}

/** Every text in a value of JSON, with the name of the field it stands in. */
function visit(
  value: unknown,
  name: string | undefined,
  budget: { left: number },
  depth: number,
  tell: (secret: Secret) => void,
): void {
  if (budget.left <= 0 || depth > maxDepth) {
    return;
  }
  if (typeof value === 'string') {
    budget.left -= value.length;
    findSecrets(value, name).forEach(tell);
  } else if (Array.isArray(value)) {
    value.forEach(item => visit(item, name, budget, depth + 1, tell));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      visit(item, key, budget, depth + 1, tell);
    }
  }
}
