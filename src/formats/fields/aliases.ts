import { paths } from './values';

// What developers call the fields of a call in logs of their own; a dot is a step into an object. Within a list the first
// that holds a value wins. Tokens are in usage.ts, latency in duration.ts, errors in errors.ts.

/** A time that by its name is the beginning of the call. */
export const startTimeAliases =
  paths(`ts_start started_at startedAt start_time startTime started start_ts begin_time request_time request_timestamp
  requested_at request_at sent_at start`);
export const endTimeAliases =
  paths(`ts_end ended_at endedAt end_time endTime finished_at completed_at completedAt end_ts response_timestamp responded_at
  received_at response_at end`);
/** A time that does not say of what: of the writing, so of the end, when the record also tells the duration. */
export const timeAliases =
  paths(`timestamp ts time @timestamp datetime date_time event_timestamp_utc timestamp_utc
  logged_at created_at createdAt created asctime ts_utc time_utc ts_iso timestamp_iso timestamp_ms ts_ms ts_unix unix_time date date_iso
  event_time log_time called_at utc iso at metadata.timestamp meta.timestamp`);

export const requestIdAliases = paths(
  'request_id requestId call_id callId llm_call_id generation_id completion_id req_id request.request_id',
);
export const idAliases = paths('id uuid log_id event_id record_id response.id');
/** A run is a trace of one call when every call has its own, and the right group when it has several. */
export const traceIdAliases = paths(
  'trace_id traceId tags.trace_id metadata.trace_id meta.trace_id context.trace_id trace.id correlation_id run_id runId',
);
export const spanIdAliases = paths('span_id spanId tags.span_id metadata.span_id');
export const parentSpanIdAliases =
  paths(`parent_span_id parentSpanId parent_id parentId parent_run_id
  tags.parent_span_id`);
export const sessionIdAliases =
  paths(`session_id sessionId conversation_id conversationId thread_id threadId chat_id
  tags.session_id metadata.session_id metadata.conversation_id meta.session_id context.session_id session`);
export const userIdAliases = paths(
  'user_id userId user_name username user metadata.user_id meta.user_id context.user_id user.id',
);

export const modelAliases =
  paths(`response.model response_model model model_name modelName model_id modelId main_model deployment deployment_name
  request.model request_model llm_model llm_model_name ai_model model_used used_model modelVersion model_version data.model model.name model.id
  response_metadata.model_name response_metadata.model response.model_name response.llm_output.model_name llm_output.model_name
  request.body.model response.body.model request.params.model config.model options.model settings.model params.model
  invocation_params.model invocation_params.model_name kwargs.model serialized.kwargs.model_name serialized.kwargs.model
  input.model output.model metadata.model metadata.model_name metadata.ls_model_name meta.model`);
export const providerAliases =
  paths(`provider custom_llm_provider llm_provider model_provider provider_name llm api_provider vendor
  backend data.provider request.provider model.provider metadata.provider meta.provider metadata.ls_provider`);
/** What the app calls this step. */
export const operationAliases =
  paths(`operation stage task_type purpose agent agent_name node pathway
  call_type task step feature use_case operation_name prompt_name prompt_type`);
/** What a record calls itself: read as a name only where no logger uses these keys for its own things. */
export const recordNameAliases = paths('event name');
export const finishReasonAliases =
  paths(`finish_reason finishReason stop_reason stopReason done_reason
  response.finish_reason response.stop_reason response.finishReason response.stopReason output.finish_reason data.finish_reason
  result.finish_reason response_metadata.finish_reason`);
export const costAliases =
  paths(`cost_usd total_cost_usd cost total_cost estimated_cost_usd cost_est_usd estimated_cost
  response_cost costUsd cost_in_usd est_cost_usd est_cost cost_estimate_usd cost_estimate price_usd llm_cost usage.cost.total usage.cost
  usage.cost_usd usage.total_cost cost.total cost.usd cost.total_usd cost.total_cost metadata.cost metadata.cost_usd response.cost`);

/** Whole requests, the most telling first. */
export const inputAliases =
  paths(`messages request_messages input_messages request.messages input.messages
  request.body.messages data.messages prompts prompt prompt_text request.prompt request.contents contents input.prompt
  input.text input.content data.prompt user_prompt user_message user_input user_query question full_prompt final_prompt
  rendered_prompt formatted_prompt prompt_messages chat_messages conversation_messages llm_input model_input input_text request_text
  request.user_prompt request.user_message request.text body.messages payload.messages params.messages kwargs.messages
  request_body.messages request_payload.messages request.params.messages request.json.messages
  prompt_preview prompt.preview prompt_snippet prompt_excerpt prompt_head input_preview request_preview`);
/** Names that other logs use for other things: a prompt only beside a model or tokens. */
export const weakInputAliases = paths(
  'request.input request.query query input request.content data.input request request_body request_payload inputs',
);
/** Instructions that stand beside the messages. */
export const systemAliases = paths(
  'system_prompt system system_message system_instruction instructions request.system request.system_prompt systemPrompt',
);
export const outputAliases =
  paths(`response_text responseText raw_response completion completion_text output_text
  generated_text response.content response.choices response.message response.text response.output output.content
  output.text output.message output_messages output.messages choices candidates assistant_message responseSummary
  response_summary response_preview data.response data.completion answer
  response_content response_message response.body.choices response.body.content response.generations response_body.choices
  response_body.content raw_output model_output model_response llm_response llm_result ai_response ai_message assistant_response
  assistant_text bot_response bot_message generated generation generations completion_message result.choices result.content result.text
  result.output reply_text answer_text final_output final_response final_text response_snippet response_excerpt response_head output_preview
  completion_preview answer_preview`);
export const weakOutputAliases = paths(
  'response output final final_answer reply result outputs data.output content',
);
/** Names that say the text is only the beginning of it. */
export const previewAliases =
  paths(`prompt_preview prompt.preview response_preview prompt_snippet prompt_excerpt prompt_head
  input_preview request_preview response_snippet response_excerpt response_head output_preview completion_preview answer_preview`);

export const toolCallAliases =
  paths(`function_calls tool_calls toolCalls response.tool_calls response.function_calls
  output.tool_calls response.message.tool_calls result.tool_calls message.tool_calls tool_uses`);
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
