import type { Part } from '../../model/message';
import { reasoningPart, readToolCall, toolResult } from './simpleParts';
import { at, type Fields, isFields } from './values';

/**
 * A content block of Amazon Bedrock's Converse API, which has no type but one key. undefined: something else.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html
 */
export function readConversePart(part: Fields): Part[] | undefined {
  const { toolUse, toolResult: answered, reasoningContent } = part;
  if (isFields(toolUse)) {
    return [readToolCall({ ...toolUse, id: toolUse['toolUseId'] })];
  }
  if (isFields(answered)) {
    const isError = answered['status'] === 'error' || undefined;
    return [toolResult({ ...answered, id: answered['toolUseId'], is_error: isError })];
  }
  if (isFields(reasoningContent)) {
    return reasoningPart(
      at(reasoningContent, ['reasoningText', 'text']) ?? reasoningContent['text'],
    );
  }
  return 'cachePoint' in part ? [] : undefined;
}

/** Code that Gemini ran itself, and what came of it. https://ai.google.dev/api/caching#Part */
export function readCodePart(part: Fields): Part[] | undefined {
  const code = part['executableCode'] ?? part['executable_code'];
  if (isFields(code)) {
    return [readToolCall({ name: 'code_execution', input: code })];
  }
  const result = part['codeExecutionResult'] ?? part['code_execution_result'];
  if (isFields(result)) {
    const isError = result['outcome'] === 'OUTCOME_OK' ? undefined : true;
    return [toolResult({ name: 'code_execution', output: result['output'], is_error: isError })];
  }
  return undefined;
}
