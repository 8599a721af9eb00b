import { paths } from './values';

// What developers call the fields of a call in logs of their own; a dot is a step into an object. Within a list the first
// that holds a value wins. Tokens are in usage.ts, latency in duration.ts, errors in errors.ts.

/** A time that by its name is the beginning of the call. */
export const startTimeAliases = paths('ts_start started_at startedAt start_time startTime started');
export const endTimeAliases = paths(
  'ts_end ended_at endedAt end_time endTime finished_at completed_at completedAt',
);
/** A time that does not say of what: of the writing, so of the end, when the record also tells the duration. */
export const timeAliases =
  paths(`timestamp ts time @timestamp datetime date_time event_timestamp_utc timestamp_utc
  logged_at created_at createdAt created asctime`);

export const requestIdAliases = paths('request_id requestId call_id callId');
export const idAliases = paths('id response.id');
/** A run is a trace of one call when every call has its own, and the right group when it has several. */
export const traceIdAliases = paths(
  'trace_id traceId tags.trace_id metadata.trace_id run_id runId',
);
export const spanIdAliases = paths('span_id spanId tags.span_id metadata.span_id');
export const parentSpanIdAliases =
  paths(`parent_span_id parentSpanId parent_id parentId parent_run_id
  tags.parent_span_id`);
export const sessionIdAliases =
  paths(`session_id sessionId conversation_id conversationId thread_id threadId chat_id
  tags.session_id metadata.session_id metadata.conversation_id`);
export const userIdAliases = paths('user_id userId user_name username user metadata.user_id');

export const modelAliases =
  paths(`response.model model model_name modelName model_id modelId main_model deployment
  request.model llm_model modelVersion data.model model.name model.id response_metadata.model_name metadata.model`);
export const providerAliases =
  paths(`provider custom_llm_provider llm_provider model_provider llm api_provider
  data.provider metadata.provider`);
/** What the app calls this step. */
export const operationAliases =
  paths(`operation stage task_type purpose agent agent_name node pathway
  call_type task step`);
/** What a record calls itself: read as a name only where no logger uses these keys for its own things. */
export const recordNameAliases = paths('event name');
export const finishReasonAliases =
  paths(`finish_reason finishReason stop_reason stopReason done_reason
  response.finish_reason response.stop_reason output.finish_reason data.finish_reason`);
export const costAliases =
  paths(`cost_usd total_cost_usd cost total_cost estimated_cost_usd cost_est_usd estimated_cost
  response_cost costUsd usage.cost.total usage.cost cost.total cost.usd metadata.cost`);

/** Whole requests, the most telling first. */
export const inputAliases =
  paths(`messages request_messages input_messages request.messages input.messages
  request.body.messages data.messages prompts prompt prompt_text request.prompt request.contents contents input.prompt
  input.text input.content data.prompt user_prompt user_message user_input question prompt_preview prompt.preview`);
/** Names that other logs use for other things: a prompt only beside a model or tokens. */
export const weakInputAliases = paths(
  'request.input query input request.content data.input request inputs',
);
/** Instructions that stand beside the messages. */
export const systemAliases = paths(
  'system_prompt system system_instruction instructions request.system systemPrompt',
);
export const outputAliases =
  paths(`response_text responseText raw_response completion completion_text output_text
  generated_text response.content response.choices response.message response.text response.output output.content
  output.text output.message output_messages output.messages choices candidates assistant_message responseSummary
  response_summary response_preview data.response data.completion answer`);
export const weakOutputAliases = paths(
  'response output final final_answer reply result outputs data.output content',
);
/** Names that say the text is only the beginning of it. */
export const previewAliases = paths('prompt_preview prompt.preview response_preview');

export const toolCallAliases =
  paths(`function_calls tool_calls toolCalls response.tool_calls response.function_calls
  output.tool_calls response.message.tool_calls`);
export const toolDefinitionAliases = paths(
  'tools request.tools functions request.functions params.tools',
);
/** Objects that hold nothing but parameters. */
export const paramContainers =
  paths(`params parameters model_params model_parameters modelParameters invocation_params
  generation_config generationConfig model_kwargs request.params request.parameters request.generationConfig`);
/** Parameters that may stand beside other fields. */
export const paramNames: ReadonlySet<string> = new Set(
  `temperature top_p topP top_k topK max_tokens maxTokens max_completion_tokens max_output_tokens maxOutputTokens
  frequency_penalty presence_penalty seed stop stop_sequences stream n response_format tool_choice parallel_tool_calls
  reasoning_effort thinking logprobs logit_bias json_mode`.split(/\s+/),
);
