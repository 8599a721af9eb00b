import { readFirst, type Fact } from './fact';

const amount = String.raw`\$? ?(\d{1,12}(?:\.\d{1,20})?)(?!\w|\.\w)`;
const costPattern = new RegExp(
  String.raw`\b(?:current (?:cost|spend)|spend|spent|cost)\b(?: for \w{1,20})? ?[:=]? ?${amount}`,
  'i',
);
const budgetPattern = new RegExp(
  String.raw`\b(?:max[ _]?budget|budget[ _]?limit|soft[ _]budget|budget|spending limit|spend limit)\b(?: for \w{1,20})? ?(?:of )?[:=]? ?${amount}`,
  'i',
);

/** What was spent and what was allowed, in the currency of the message (US dollars for every gateway we know). */
export function readMoney(text: string): readonly Fact[] {
  return [
    ...readFirst('cost', [costPattern], text, Number),
    ...readFirst('budget', [budgetPattern], text, Number),
  ];
}
