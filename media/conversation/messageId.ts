/** Id of a message in the page; `number` as the conversation counts. */
export function messageId(spanKey: string, number: number): string {
  return `message:${number}:${spanKey}`;
}
