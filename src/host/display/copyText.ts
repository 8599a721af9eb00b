import type { ErrorDiagnosis } from '../../model/diagnostic';
import type { Message } from '../../model/message';
import type { SpanDetail, TraceDetail } from '../../protocol/engineContract';
import { formatCount, formatDuration, formatPlural, formatTime, formatUsd } from './format';
import { escapeMarkdown, fenced } from './markdown';
import { partText, toJson } from './spanDocuments';
import { errorText, spanLabel } from './spanRow';

/** A call as Markdown for an issue or a chat. Texts of the log stand in code blocks or escaped: nothing in them is markup. */
export function spanToMarkdown(detail: SpanDetail): string {
  const { span, content, diagnosis } = detail;
  const sections = [
    `## ${escapeMarkdown(spanLabel(span))}`,
    factTable(detail),
    ...(span.error ? [`### Error\n\n${fenced(errorText(span.error))}`] : []),
    ...(diagnosis ? [diagnosisToMarkdown(diagnosis, '###')] : []),
    ...(content ? messageSections('Sent', content.inputMessages) : []),
    ...(content ? messageSections('Came back', content.outputMessages) : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** A trace as Markdown: one line a span, then its failed calls whole. */
export function traceToMarkdown(trace: TraceDetail, failed: readonly SpanDetail[]): string {
  const rows = trace.spans.map(span => {
    const duration = span.durationMs === undefined ? 'unknown' : formatDuration(span.durationMs);
    const status = span.error ? `failed: ${span.error.category}` : span.status;
    return `| ${[spanLabel(span), duration, status].map(escapeMarkdown).join(' | ')} |`;
  });
  const left = trace.trace.spans - trace.spans.length;
  const sections = [
    `# ${escapeMarkdown(trace.trace.name)}`,
    ['| Span | Time | Status |', '| --- | --- | --- |', ...rows].join('\n'),
    ...(left > 0 ? [`${formatPlural(left, 'more span')}, which are not listed here.`] : []),
    ...failed.map(spanToMarkdown),
  ];
  return `${sections.join('\n\n').trimEnd()}\n`;
}

/** A call as JSON: the summary, the bodies, the records. */
export function spanToJson(detail: SpanDetail): string {
  const { span, content, diagnosis, raw } = detail;
  return toJson({ ...span, ...content, diagnosis, raw: raw.map(record => record.text) });
}

/** What a message means and what to do, as Markdown. `heading` is the mark of its title: `##`. */
export function diagnosisToMarkdown(diagnosis: ErrorDiagnosis, heading: string): string {
  const { title, explanation, fixes, links, facts, retryable, confidence } = diagnosis;
  const retry =
    retryable === undefined
      ? 'whether a retry helps is unknown'
      : retryable
        ? 'a retry may help'
        : 'a retry does not help';
  const factRows = Object.entries(facts).map(([name, value]) => factLine(name, value));
  const sections = [
    `${heading} ${escapeMarkdown(title)}`,
    escapeMarkdown(explanation),
    `Category ${diagnosis.category}, ${confidence}; ${retry}.`,
    ...(fixes.length > 0
      ? [
          `${heading}# What to do\n\n${fixes.map((fix, index) => `${index + 1}. ${escapeMarkdown(fix)}`).join('\n')}`,
        ]
      : []),
    ...(factRows.length > 0 ? [`${heading}# Read from the message\n\n${factRows.join('\n')}`] : []),
    ...(links.length > 0
      ? [
          `${heading}# More\n\n${links.map(link => `- ${escapeMarkdown(link.title)}: <${link.url}>`).join('\n')}`,
        ]
      : []),
  ];
  return sections.join('\n\n');
}

/** `- retry after: 0.8 s` of `retry_after_s`, 0.8. */
function factLine(name: string, value: string | number | boolean): string {
  const isSeconds = name.endsWith('_s');
  const words = (isSeconds ? name.slice(0, -2) : name).replaceAll('_', ' ');
  const shown = typeof value === 'string' ? escapeMarkdown(value) : String(value);
  return `- ${escapeMarkdown(words)}: ${shown}${isSeconds ? ' s' : ''}`;
}

function factTable({ span, cost }: SpanDetail): string {
  const { usage } = span;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Time', span.startTime === undefined ? undefined : formatTime(span.startTime)],
    ['Duration', span.durationMs === undefined ? undefined : formatDuration(span.durationMs)],
    ['Model', span.model],
    ['Provider', span.provider],
    ['Input tokens', usage.inputTokens === undefined ? undefined : formatCount(usage.inputTokens)],
    [
      'Output tokens',
      usage.outputTokens === undefined ? undefined : formatCount(usage.outputTokens),
    ],
    ['Cost', cost ? formatUsd(cost.usd) : undefined],
    ['Status', span.status],
    ['Key', span.key],
  ];
  const rows = facts.map(
    ([name, value]) => `| ${name} | ${escapeMarkdown(value ?? 'unknown').replaceAll('\n', ' ')} |`,
  );
  return ['| | |', '| --- | --- |', ...rows].join('\n');
}

function messageSections(title: string, messages: readonly Message[]): readonly string[] {
  return messages.map(
    message =>
      `### ${title}: ${escapeMarkdown(message.role)}\n\n${fenced(message.parts.map(partText).join('\n\n'))}`,
  );
}
