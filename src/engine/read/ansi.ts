// The classes of each part exclude the byte that starts the next one, so the match is linear.
const ansiPattern = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z^_])/g;

/** Terminal colours, titles and links removed. */
export function stripAnsi(line: string): string {
  return line.includes('\u001b') ? line.replace(ansiPattern, '') : line;
}
