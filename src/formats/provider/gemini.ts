import type { Message } from '../../model/message';
import { readMessage } from '../fields/messages';
import { toTime } from '../fields/time';
import { readUsageObject } from '../fields/usage';
import { at, type Fields, isFields, toId, toLabel } from '../fields/values';
import type { Dialect } from './dialect';
import type { ResponseFacts } from './facts';
import { assembleGemini } from './geminiStream';
import { objectsIn } from './joined';

/**
 * Gemini's generateContent, from AI Studio or Vertex. A chunk of a stream looks like a whole response.
 * https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse
 */
export const gemini: Dialect = {
  isResponse: isGemini,
  readResponse,
  stream: {
    isEvent: isGemini,
    idOf: event => toId(event['responseId'] ?? event['response_id']),
    isStart: (_event, hasEnded) => hasEnded,
    isEnd: event => finishOf(event) !== undefined || promptBlock(event) !== undefined,
    bodyOf: event => event['candidates'],
    assemble: assembleGemini,
  },
};

function isGemini(body: Fields): boolean {
  const { candidates } = body;
  if (Array.isArray(candidates)) {
    return (
      isFields(body['usageMetadata'] ?? body['usage_metadata']) ||
      'modelVersion' in body ||
      objectsIn(candidates).some(
        candidate =>
          isFields(candidate['content']) &&
          (Array.isArray(candidate['content']['parts']) || 'finishReason' in candidate),
      )
    );
  }
  return (
    (isFields(body['usageMetadata']) && ('modelVersion' in body || 'responseId' in body)) ||
    (isFields(body['promptFeedback']) && promptBlock(body) !== undefined)
  );
}

function readResponse(body: Fields): ResponseFacts {
  const blocked = promptBlock(body);
  const finishReason = finishOf(body);
  return {
    kind: 'call',
    name: 'generate_content',
    id: toId(body['responseId'] ?? body['response_id']),
    model: toLabel(body['modelVersion'] ?? body['model_version']),
    provider: 'google',
    startTime: toTime(body['createTime'] ?? body['create_time']),
    usage: readUsageObject(body['usageMetadata'] ?? body['usage_metadata']),
    status: blocked !== undefined ? 'error' : finishReason === undefined ? 'unknown' : 'ok',
    finishReason: finishReason ?? blocked,
    error:
      blocked === undefined
        ? undefined
        : { type: blocked, message: `The prompt was blocked: ${blocked}` },
    messages: objectsIn(body['candidates']).flatMap(readCandidate),
  };
}

function readCandidate(candidate: Fields): Message[] {
  const { content } = candidate;
  if (!isFields(content)) {
    return [];
  }
  const message = readMessage({ ...content, role: 'model' }, 'assistant');
  return message.parts.length > 0 ? [message] : [];
}

function finishOf(body: Fields): string | undefined {
  return objectsIn(body['candidates'])
    .map(candidate => toLabel(candidate['finishReason'] ?? candidate['finish_reason']))
    .find(reason => reason !== undefined && reason !== 'FINISH_REASON_UNSPECIFIED');
}

function promptBlock(body: Fields): string | undefined {
  return toLabel(at(body, ['promptFeedback', 'blockReason']));
}
