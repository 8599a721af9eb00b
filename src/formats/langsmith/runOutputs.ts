import type { Usage } from '../../model/usage';
import { withoutZeros } from '../fields/call';
import { plainMessages } from '../fields/plainMessages';
import { readUsageObject } from '../fields/usage';
import { at, type Fields, firstOf, isFields, paths, toLabel } from '../fields/values';

const usageInOutputs = paths(
  'usage_metadata llm_output.usage_metadata llm_output.token_usage llm_output.usage usage',
);
const usageInMessage = paths(
  'response_metadata.token_usage response_metadata.usage response_metadata.usage_metadata',
);
const modelInOutputs = paths('model model_name llm_output.model_name llm_output.model');
const modelInMessage = paths('response_metadata.model_name response_metadata.model');
const modelInExtra = paths(
  'metadata.ls_model_name invocation_params.model invocation_params.model_name',
);
const finishPaths = paths(
  'finish_reason stop_reason generation_info.finish_reason response_metadata.finish_reason response_metadata.stop_reason',
);

/** Tokens of a run, wherever its writer put them; zeros on the run itself mean that nothing was counted. */
export function readRunUsage(run: Fields): Usage | undefined {
  const { outputs, extra } = run;
  const inMetadata = isFields(extra) ? at(extra, ['metadata', 'usage_metadata']) : undefined;
  return (
    // LangChain's own words: `llm_output` mostly leaves out what came from a cache
    readUsageObject(firstMessage(outputs)['usage_metadata']) ??
    (isFields(outputs) ? firstOf(outputs, usageInOutputs, readUsageObject) : undefined) ??
    firstOf(firstMessage(outputs), usageInMessage, readUsageObject) ??
    readUsageObject(inMetadata) ??
    withoutZeros(
      readUsageObject({
        prompt_tokens: run['prompt_tokens'],
        completion_tokens: run['completion_tokens'],
        total_tokens: run['total_tokens'],
        prompt_tokens_details: {
          cached_tokens: at(run, ['prompt_token_details', 'cache_read']),
        },
        completion_tokens_details: {
          reasoning_tokens: at(run, ['completion_token_details', 'reasoning']),
        },
      }),
    )
  );
}

/** The model that answered, else the one that was asked. */
export function readRunModel(run: Fields): string | undefined {
  const { outputs, extra, inputs } = run;
  return (
    (isFields(outputs) ? firstOf(outputs, modelInOutputs, toLabel) : undefined) ??
    firstOf(firstMessage(outputs), modelInMessage, toLabel) ??
    (isFields(extra) ? firstOf(extra, modelInExtra, toLabel) : undefined) ??
    (isFields(inputs) ? toLabel(inputs['model']) : undefined)
  );
}

export function readFinishReason(outputs: unknown): string | undefined {
  const generation = firstGeneration(outputs);
  const choices = isFields(outputs) ? outputs['choices'] : undefined;
  const [choice] = Array.isArray(choices) ? choices : [];
  return [choice, generation, firstMessage(outputs), outputs]
    .filter(isFields)
    .map(place => firstOf(place, finishPaths, toLabel))
    .find(reason => reason !== undefined);
}

/** The result of a tool's run; LangChain wraps it in a serialized ToolMessage. */
export function readToolOutput(outputs: unknown): unknown {
  const output = isFields(outputs) && 'output' in outputs ? outputs['output'] : outputs;
  const plain = plainMessages(output);
  return isFields(plain) && plain['role'] === 'tool' ? plain['content'] : output;
}

function firstGeneration(outputs: unknown): unknown {
  let value: unknown = isFields(outputs) ? outputs['generations'] : undefined;
  for (let level = 0; level < 3 && Array.isArray(value); level += 1) {
    value = value[0];
  }
  return value;
}

/** LangChain's message of the first generation, out of its serialized form. */
function firstMessage(outputs: unknown): Fields {
  const generation = firstGeneration(outputs);
  const place = isFields(generation) ? generation : outputs;
  const message = isFields(place) ? (place['message'] ?? place['output']) : undefined;
  if (!isFields(message)) {
    return {};
  }
  return isFields(message['kwargs']) ? message['kwargs'] : message;
}
