import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { groups, type ErrorCategory } from '../../../src/rules/errors/category';
import { linksSeen } from '../../../src/rules/errors/links';
import { categories } from '../../../src/rules/errors/categories/index';
import { unknown } from '../../../src/rules/errors/categories/unknown';
import { categorySeverity } from '../../../src/rules/errors/standing';
import { rules } from '../../../src/rules/index';

const head = `# What Callsight says of an error

<!-- Made from src/rules by a test: UPDATE_GOLDEN=1 npm run test:unit -- docs/diagnostics.md -->

An error message is unwrapped (JSON in JSON, Python dictionaries, the prefixes of SDKs and gateways), what it only repeats is
left aside (prompts, ids, addresses, stack frames), and then evidence decides, strongest first: wording of one cause and no
other; the usual wording; classes and codes that several causes share; the HTTP status. Some statuses and codes lie: 429 with
\`insufficient_quota\` is a matter of money, 413 with tokens per minute is a throttle. Of equal evidence the category higher in
\`src/rules/errors/categories/index.ts\` wins. Nothing to go on is \`unknown\`, never a guess.

\`certain\`: wording of one cause and no other, or usual wording that the status confirms. \`likely\`: usual wording, or a status
that has one meaning. \`unsure\`: the rest.

The numbers and names of the message itself (limit, model, host, variable, …) are put into the explanation and the fixes; below
they are missing. Links were seen in the providers' own texts and documentation in ${linksSeen}.
`;

const retry = new Map<boolean | undefined, string>([
  [true, 'yes'],
  [false, 'no'],
  [undefined, 'nobody can say'],
]);

/** A message that may be of several categories is an example of none. */
const exampleSchema = z.object({
  category: z.union([z.string(), z.array(z.string())]),
  message: z.string(),
});
const shortestExample = 24; // characters; shorter ones show nothing

/** The shortest of the test messages that tell something, by category. */
const examples: ReadonlyMap<string, string> = new Map(
  readFileSync('test/fixtures/rules/errors.jsonl', 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => exampleSchema.parse(JSON.parse(line)))
    .filter(({ message }) => message.length >= shortestExample)
    .toSorted((one, other) => other.message.length - one.message.length)
    .map(({ category, message }) => [String(category), message]),
);

function example({ id }: ErrorCategory): readonly string[] {
  const message = examples.get(id);
  return message === undefined
    ? []
    : [`For example: \`${message.replaceAll(/\s+/g, ' ').replaceAll('`', "'")}\``, ''];
}

function section(category: ErrorCategory): string {
  const severity = categorySeverity(category.id);
  const exception = category.retryExceptions === undefined ? '' : ', with exceptions';
  const links = category.links.map(({ title, url }) => `- [${title}](${url})`);
  return [
    `### ${category.title} \`${category.id}\``,
    '',
    `${category.definition} Retry: ${retry.get(category.retryable) ?? ''}${exception}.${severity === 'error' ? '' : ` Severity: ${severity}.`}`,
    '',
    `> ${category.explain({})}`,
    '',
    ...example(category),
    ...category.fixes({}).map((fix, index) => `${index + 1}. ${fix}`),
    ...(links.length === 0 ? [] : ['', ...links]),
    '',
  ].join('\n');
}

/** The whole of docs/diagnostics.md. */
export function describeDiagnostics(): string {
  const all = [...categories, unknown];
  const sections = groups.flatMap(group => [
    `## ${group.charAt(0).toUpperCase()}${group.slice(1)}\n`,
    ...all.filter(category => category.group === group).map(section),
  ]);
  const table = [
    '## Rules over calls',
    '',
    'Findings that need no error message. Each is a file in `src/rules`.',
    '',
    '| rule | severity | says | when |',
    '|---|---|---|---|',
    ...rules.map(
      ({ id, severity, title, docs }) => `| \`${id}\` | ${severity} | ${title} | ${docs} |`,
    ),
    '',
  ];
  return [head, ...sections, ...table].join('\n');
}
