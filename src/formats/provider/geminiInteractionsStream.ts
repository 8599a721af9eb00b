import { type Fields, isFields, parseJson, toId } from '../fields/values';
import type { StreamDialect } from './dialect';
import { lastKnown, objectsIn, PiecesByIndex, textOf } from './joined';

/** Events of Gemini's Interactions API. https://ai.google.dev/api/interactions-api */
export const interactionsStream: Omit<StreamDialect, 'assemble'> = {
  isEvent: ({ event_type: type }) =>
    typeof type === 'string' && /^(?:interaction|step|content)\.[a-z_]+$/.test(type),
  idOf: event =>
    toId(event['interaction_id']) ??
    (isFields(event['interaction']) ? toId(event['interaction']['id']) : undefined),
  isStart: event =>
    event['event_type'] === 'interaction.created' || event['event_type'] === 'interaction.start',
  isEnd: event =>
    /^interaction\.(?:complete|completed|failed|cancelled)$/.test(textOf(event['event_type'])),
  isSummary: event => isFields(event['interaction']) && isFields(event['interaction']['usage']),
  bodyOf: event => event['delta'] ?? event['step'] ?? event['content'],
};

interface Step {
  step: Fields | undefined;
  text: string;
  thought: string;
  json: string;
}

export function assembleInteraction(events: readonly Fields[]): Fields {
  const interaction = lastKnown(events, event => event['interaction']);
  const body = isFields(interaction) ? interaction : {};
  const error = lastKnown(events, event => event['error']);
  if (objectsIn(body['steps']).length > 0) {
    return { object: 'interaction', ...body, error };
  }
  const steps = new PiecesByIndex<Step>(() => ({
    step: undefined,
    text: '',
    thought: '',
    json: '',
  }));
  for (const event of events) {
    take(steps, event);
  }
  return { object: 'interaction', ...body, error, steps: steps.values().map(toStep) };
}

function take(steps: PiecesByIndex<Step>, event: Fields): void {
  const { index } = event;
  const begun = event['step'] ?? event['content'];
  if (isFields(begun)) {
    steps.at(index).step = begun;
  }
  const { delta } = event;
  if (!isFields(delta)) {
    return;
  }
  const known = steps.at(index);
  switch (delta['type']) {
    case 'text':
      known.text += textOf(delta['text']);
      return;
    case 'thought_summary':
      known.thought += textOf(
        isFields(delta['content']) ? delta['content']['text'] : delta['text'],
      );
      return;
    case 'arguments_delta':
      known.json += textOf(delta['arguments'] ?? delta['partial_arguments']);
      return;
    case 'thought_signature':
    case 'text_annotation_delta':
      return;
    default:
      // a call or a result that goes on; alone it says nothing
      known.step = known.step && { ...known.step, ...delta, type: known.step['type'] };
  }
}

function toStep({ step, text, thought, json }: Step): Fields {
  const begun = step ?? { type: thought === '' ? 'model_output' : 'thought' };
  if (begun['type'] === 'model_output' || begun['type'] === 'text') {
    const content = [
      ...objectsIn(begun['content']),
      ...(text === '' ? [] : [{ type: 'text', text }]),
    ];
    return { ...begun, type: 'model_output', content };
  }
  if (thought !== '') {
    return { ...begun, summary: [{ type: 'text', text: thought }] };
  }
  return json === '' ? begun : { ...begun, arguments: parseJson(json) ?? json };
}
