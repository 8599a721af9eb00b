import type { ErrorDiagnosis } from '../../model/diagnostic';
import type { Span } from '../../model/span';
import type { Finding } from '../../protocol/engineContract';
import type { Hover } from './row';
import { toSpanHover } from './spanRow';
import { toVisibleLine, withoutIcons } from './visibleText';

const maxLensCharacters = 120;

/** What a reader of the log is told of the call in a line: why it failed and what to do, then its figures. */
export function toCallHover(span: Span, diagnosis: ErrorDiagnosis | undefined): Hover {
  const [head = [], figures = []] = toSpanHover(span, file => file);
  const advice = diagnosis
    ? [
        [toVisibleLine(diagnosis.title), toVisibleLine(diagnosis.explanation, 400)],
        diagnosis.fixes.slice(0, 3).map(fix => toVisibleLine(fix, 400)),
      ]
    : [];
  return [...advice, head, figures];
}

/** A lens costs a line of the editor: only what is at least a warning gets one. */
export function isWorthALens({ diagnostic }: Finding): boolean {
  return diagnostic.severity !== 'info';
}

/** `⊗ Rate limit reached: Wait 20 s …` */
export function toLensTitle({ diagnostic }: Finding): string {
  const { severity, title, fixes } = diagnostic;
  const sign = severity === 'warning' ? '$(warning)' : '$(error)';
  const [first] = fixes;
  const text = first === undefined ? title : `${title}: ${first}`;
  return `${sign} ${withoutIcons(toVisibleLine(text, maxLensCharacters))}`;
}
