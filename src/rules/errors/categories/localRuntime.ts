import type { ErrorCategory } from '../category';
import { ollamaFaq, vllmDocs } from '../links';
import { theModel } from '../say';

export const localRuntime: ErrorCategory = {
  id: 'local_runtime',
  group: 'availability',
  title: 'Local model server failed',
  definition:
    'A local model server is out of memory, crashed, lacks a file, or could not load the model.',
  retryable: false,
  facts: ['model'],
  decisive: {
    codes: ['OutOfMemoryError', 'EngineDeadError', 'torch.OutOfMemoryError'],
    words: [
      /\b(?:gpu|vram|video|system) memory\b.{0,24}\b(?:exhaust|insufficient|full|exceeded|low|not enough)/i,

      /\brequires? (?:about |at least )?[\d.]{1,8} ?(?:GiB|GB|MiB|MB)\b.{0,40}\b(?:memory|ram|vram)?/i,
      /\b(?:unknown|unsupported) model architecture\b|\bno CUDA-capable device\b|\bunable to load model\b/i,

      /\b(?:llama|model)[ -]runner\b|\brunner (?:process )?(?:has )?(?:terminated|exited|stopped|crashed)\b/i,
      /\bCUDA\b.{0,40}\b(?:error|out of memory|memory|failed)|\bcudaMalloc|\bHIP error\b|\bROCm\b/i,
      { words: /\bout of memory\b|\boom[- ]killed\b/i, unless: /\bheap\b|\bmysql|postgres|redis/i },
      /\b(?:failed|unable) to (?:allocate|load (?:the )?model|create context|initialize (?:the )?(?:engine|model|backend)|mmap)\b/i,
      /\bllama_(?:decode|encode)\b.{0,12}\b(?:returned|failed)\b/i,
      /\berror loading model\b|\bfailed to load\b.{0,60}\bmodel\b|\bmodel\b.{0,40}\bfailed to load\b|\bcould not load (?:\S{1,30} ){0,3}model\b/i,
      /\brequires? more (?:system |gpu |video )?(?:memory|ram|vram)\b|\bmore system memory\b/i,
      /\b(?:insufficient|not enough|available) (?:system |gpu |available )?(?:memory|vram|ram) (?:to|for|than|on)\b/i,
      /\b(?:insufficient|not enough) (?:system |gpu )?(?:memory|vram|resources to load)\b/i,
      /\bno models? (?:is |are )?(?:currently )?loaded\b|\bmodel (?:is )?(?:unloaded|not loaded)\b/i,
      /\bmodel (?:has )?(?:unexpectedly )?crashed\b|\bengine (?:core )?(?:process )?(?:is |has )?(?:dead|died|crashed)\b/i,
      /\bMLX (?:support|runtime)\b|\bllama-server\b.{0,60}\b(?:not found|exit|crash|fail|terminated)|\bgguf\b|\bggml_/i,
      /\b(?:no available memory|larger than the maximum number of tokens that can be stored)\b.{0,40}\b(?:cache|KV)/i,
      /\bfree memory on device\b|\bgpu[ _-]memory[ _-]utilization\b|\bdigest mismatch\b/i,
      /\bexit status 0x[0-9a-f]{4,16}\b|\bsignal: (?:killed|aborted|segmentation fault)\b|\bsegmentation fault\b/i,
      /\b(?:spawn|exec)\b.{0,60}\b(?:ollama|llama|lms|vllm)\b.{0,60}\b(?:ENOENT|not found|no such file)/i,
    ],
  },
  hint: {
    words: [
      {
        words:
          /\b(?:gpu|vram|cuda|rocm|vulkan|metal backend|gguf|safetensors|model weights|llama\.cpp|llama-server)\b/i,
        along:
          /\b(?:error|fail\w*|exceed\w*|cannot|can't|could not|unable|invalid|not|no|too|unsupported|missing|denied|expired|must|over|reject\w*|refus\w*|unexpected|without|incorrect|bad|reach\w*|hit|wait|retry|again)\b/i,
      },
    ],
  },
  explain: facts =>
    `The local server could not run ${theModel(facts)}: out of memory, a crash, or a model or part that is not loaded.`,
  fixes: facts => [
    'Read the log of the server: it says which of these it was.',
    `Load ${facts.model === undefined ? 'the model' : String(facts.model)} first, and unload others (ollama ps, OLLAMA_KEEP_ALIVE=0, lms load).`,
    'Use a smaller quantisation, a smaller context (num_ctx, --max-model-len), or fewer layers on the GPU (num_gpu).',
    'vLLM: adjust --gpu-memory-utilization.',
    'Update the server, and pull the model again after a digest or format error.',
  ],
  links: [ollamaFaq, vllmDocs],
};
