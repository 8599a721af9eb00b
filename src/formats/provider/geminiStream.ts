import { type Fields, isFields, parseJson } from '../fields/values';
import { firstKnown, lastKnown, objectsIn, PiecesByIndex, textOf } from './joined';
import { setAtPath } from './jsonPath';

interface Candidate {
  readonly parts: Fields[];
  finishReason?: unknown;
}

/** Puts chunks of one answer together: adjacent texts are one text, arguments that came piece by piece one object. */
export function assembleGemini(chunks: readonly Fields[]): Fields {
  const candidates = new PiecesByIndex<Candidate>(() => ({ parts: [] }));
  for (const chunk of chunks) {
    for (const candidate of objectsIn(chunk['candidates'])) {
      const known = candidates.at(candidate['index']);
      const { content } = candidate;
      for (const part of objectsIn(isFields(content) ? content['parts'] : undefined)) {
        takePart(known.parts, part);
      }
      known.finishReason =
        candidate['finishReason'] ?? candidate['finish_reason'] ?? known.finishReason;
    }
  }
  return {
    candidates: candidates.values().map(({ parts, finishReason }) => ({
      content: { role: 'model', parts: parts.map(withoutProgress) },
      finishReason,
    })),
    responseId: firstKnown(chunks, chunk => chunk['responseId'] ?? chunk['response_id']),
    modelVersion: firstKnown(chunks, chunk => chunk['modelVersion'] ?? chunk['model_version']),
    createTime: firstKnown(chunks, chunk => chunk['createTime'] ?? chunk['create_time']),
    promptFeedback: lastKnown(chunks, chunk => chunk['promptFeedback']),
    usageMetadata: usageOf(chunks),
  };
}

/** Every chunk repeats the figures as they grow; some leave out those that have not changed. */
function usageOf(chunks: readonly Fields[]): Fields | undefined {
  const said = chunks
    .map(chunk => chunk['usageMetadata'] ?? chunk['usage_metadata'])
    .filter(isFields);
  return said.length === 0
    ? undefined
    : Object.fromEntries(said.flatMap(one => Object.entries(one)));
}

function takePart(parts: Fields[], part: Fields): void {
  const last = parts.at(-1);
  const { text, functionCall } = part;
  if (typeof text === 'string' && last !== undefined && continuesText(last, part)) {
    parts[parts.length - 1] = { ...last, text: textOf(last['text']) + text };
    return;
  }
  if (isFields(functionCall)) {
    takeCall(parts, part, functionCall);
    return;
  }
  if (!(text === '' && parts.length > 0)) {
    parts.push(part);
  }
}

function continuesText(last: Fields, part: Fields): boolean {
  return (
    typeof last['text'] === 'string' && (last['thought'] === true) === (part['thought'] === true)
  );
}

/** `{"name": …, "willContinue": true}`, then pieces with `partialArgs`, then an empty one. */
function takeCall(parts: Fields[], part: Fields, call: Fields): void {
  const last = parts.at(-1);
  const open = isFields(last?.['functionCall']) ? last['functionCall'] : undefined;
  const isPiece = call['name'] === undefined && open?.['willContinue'] === true;
  if (!isPiece) {
    if (call['name'] !== undefined || call['args'] !== undefined) {
      parts.push({ ...part, functionCall: withPieces(call, call['partialArgs']) });
    }
    return;
  }
  const joined = withPieces(open ?? {}, call['partialArgs']);
  parts[parts.length - 1] = {
    ...last,
    functionCall: { ...joined, willContinue: call['willContinue'] === true },
  };
}

function withPieces(call: Fields, pieces: unknown): Fields {
  let args: unknown = call['args'];
  for (const piece of objectsIn(pieces)) {
    const { jsonPath } = piece;
    if (typeof jsonPath === 'string') {
      args = setAtPath(args, jsonPath, known => pieceValue(known, piece));
    }
  }
  return { ...call, args };
}

function pieceValue(known: unknown, piece: Fields): unknown {
  if (typeof piece['stringValue'] === 'string') {
    return textOf(known) + piece['stringValue'];
  }
  if ('nullValue' in piece) {
    return null;
  }
  const value = piece['numberValue'] ?? piece['boolValue'];
  return typeof value === 'string' ? (parseJson(value) ?? value) : value;
}

function withoutProgress(part: Fields): Fields {
  const { functionCall } = part;
  return isFields(functionCall)
    ? {
        ...part,
        functionCall: {
          id: functionCall['id'],
          name: functionCall['name'],
          args: functionCall['args'],
        },
      }
    : part;
}
