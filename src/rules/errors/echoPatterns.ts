/**
 * Each of these holds words and numbers that are not the provider's: somebody's prompt, an id, a port, a path. A group is
 * the key before it, which stays.
 */
export const echoPatterns: readonly RegExp[] = [
  // Addresses. What is in them is read as a fact, never as evidence.
  /\b(?:https?|wss?|grpc):\/\/[^\s'"`<>)\]}]{1,2000}/gi,
  // Prompts that a server repeats.
  /\b(?:processing|for|with|user|the) (?:prompt|query|input|message|question):? ?'[^']{1,2000}'/gi,
  /\b(?:processing|for|with|user|the) (?:prompt|query|input|message|question):? ?"[^"]{1,2000}"/gi,
  /("(?:content|failed_generation|prompt|user_message)": ?)"[^"]{1,4000}"?/gi,
  /('(?:content|failed_generation|prompt|user_message)': ?)(?:'[^']{1,4000}'?|"[^"]{1,4000}"?)/gi,
  /\b(input_value=)(?:'[^']{0,2000}'|"[^"]{0,2000}"|\[[^\]]{0,2000}\]|\{[^}]{0,2000}\}|[^,\]]{0,200})/gi,
  /\b(llm output: ?)`[^`]{1,4000}`?/gi,
  /\[parameters: [^\]]{1,2000}\]?/gi,
  // What became of a gateway's second try; the first failure is the one to know.
  /(\bAvailable Model Group Fallbacks=[^\s]{1,200}[ \n])Error doing the fallback: [^\n]{1,300}/g,
  // Stack frames: Python with the line of code below, JavaScript and Java.
  /^File "[^"\n]{1,300}", line \d{1,7}[^\n]{0,200}(?:\n(?!File "|[\w.]{1,120}(?:Error|Exception|Exhausted|Timeout|Exceeded)\b)[^\n]{1,300})?/gm,
  /\bFile "[^"\n]{1,300}", line \d{1,7}(?:, in \S{1,100})?/g,
  /^at [^\n]{1,300}$/gm,
  / at (?:async )?[^\s()]{1,200} \((?:[^()\n]{1,300}:\d{1,7}|<anonymous>|native|Native Method|Unknown Source)\)/g,
  // Times, ids, addresses of machines.
  /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?\b/g,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?\b/g,
  /\]:\d{1,5}\b/g,
];
