/** One text for up to three, another one for others: for maps that are asked about millions of spans. What is missing counts as empty. */
export function keyOf(first = '', second = '', third = ''): string {
  return `${first.length} ${second.length} ${first}${second}${third}`;
}
