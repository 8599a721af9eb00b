import type { ErrorCategory } from '../category';

export const application: ErrorCategory = {
  id: 'application',
  group: 'other',
  title: 'Error of the application',
  definition: "Not an error of a model call: code, database, file, or a tool's own API.",
  retryable: false,
  facts: [],
  decisive: {
    codes: [
      // Python and JavaScript: the mistakes of a program.
      'KeyError',
      'IndexError',
      'AttributeError',
      'NameError',
      'ZeroDivisionError',
      'ImportError',
      'ModuleNotFoundError',
      'UnicodeDecodeError',
      'UnicodeEncodeError',
      'FileNotFoundError',
      'FileExistsError',
      'IsADirectoryError',
      'NotADirectoryError',
      'RecursionError',
      'IndentationError',
      'TabError',
      'UnboundLocalError',
      'StopIteration',
      'OverflowError',
      'MemoryError',
      'ReferenceError',
      'RangeError',
      'NullPointerException',
      'ClassNotFoundException',
      'ERR_MODULE_NOT_FOUND',
      'MODULE_NOT_FOUND',
      'ERR_REQUIRE_ESM',
      'ENOENT',
      'EACCES',
      'EADDRINUSE',
      'ENOSPC',
      'EMFILE',
      'EEXIST',
      'EISDIR',
      'ENOTDIR',
      'EPERM',
      // Data bases and queues.
      'IntegrityError',
      'ProgrammingError',
      'NoBrokersAvailable',
      'InvalidDimensionException',
      'ServerSelectionTimeoutError',
      'MongoServerError',
      'PrismaClientKnownRequestError',
      'PrismaClientInitializationError',
      'SequelizeConnectionError',
      'TemplateNotFound',
      'UndefinedError',
      'SMTPAuthenticationError',
      'NoSuchBucket',
      'NoSuchKey',
      'CardError',
      // The sandbox that runs the code an agent writes.
      'InterpreterError',
    ],
    words: [
      /\b(?:invariant|assertion) (?:failed|violation)\b/i,
      /\bcollection \S{1,100} (?:does not exist|not found)\b|\bquerying the collection\b/i,
      /\bkernel crashed\b/i,

      /\bnon-zero exit (?:status|code)\b|\bcommand failed\b|\bexited with code [1-9]/i,
      /\bMCP error -(?!32602)\d/i,
      {
        words:
          /\b(?:slack|github|gitlab|jira|notion|stripe|twilio|sendgrid|discord|telegram|google (?:maps|sheets|drive|calendar)|gmail|salesforce|hubspot|zendesk|airtable|shopify|confluence|trello|serpapi|tavily|brave search|firecrawl|openweather\w*)\b.{0,20}\b(?:api|error|webhook|request failed|search failed)\b/i,
        unless: /\b(?:copilot|models|inference)\b/i,
      },
      /\bgit (?:push|pull|clone|fetch|commit|merge|rebase)\b.{0,40}\b(?:fail|reject|error|denied)/i,

      /\b(?:psycopg2?|asyncpg|sqlalchemy|sqlite3?|pymysql|mysql|mariadb|mongodb|pymongo|redis|ioredis|kafka|rabbitmq|amqp|celery|elasticsearch|opensearch|cassandra|prisma|sequelize|knex|typeorm|chromadb|qdrant|pinecone|weaviate|milvus|pgvector|neo4j|supabase|dynamodb|smtplib|paramiko|stripe|twilio|slack_sdk|jinja2|django|flask|pandas|numpy|playwright|selenium|puppeteer|webpack|vite)[._:]\w/i,
      /\b(?:postgres(?:ql)?|redis|mysql|mongo(?:db)?|sqlite|kafka|rabbitmq|elasticsearch|SMTP|S3 bucket|vector store|docker|kubernetes|kubectl|npm ERR|pip|webpack|eslint|terraform)\b.{0,40}\b(?:error|failed|refused|denied|unreachable|timeout|timed out|not found|locked|exception|daemon)\b/i,
      /\b(?:duplicate key value|violates (?:unique|foreign key|not-null|check) constraint|deadlock detected|relation "\S{1,80}" does not exist|database is locked|no such table|no such column|syntax error at or near|queuepool limit|too many connections for role|WRONGTYPE Operation|SQLSTATE)\b/i,
      /\b(?:insert into|select .{1,80} from|update \w{1,60} set|delete from)\b.{0,200}\b(?:values|where|returning|error|failed|constraint)\b/i,
      /\bfailed query: /i,
      /^\W{0,4}(?:fatal: |docker: |npm ERR!|error: cannot find module|bash: |sh: |zsh: |make: |git: |E: )/i,
      /\b(?:ENOENT|EACCES|EADDRINUSE|ENOSPC|EMFILE|EISDIR|ENOTDIR|EPERM)\b/,
      /\bno such file or directory\b|\bcannot find module\b|\bno module named\b|\bpermission denied: ['"/]|\bmodule not found\b/i,
      // JSON of a file; a path is blanked out.
      /\bJSON\w{0,16}Error\b.{0,120}\b(?:reading|loading|parsing|opening) (?:the )?(?:file|config|settings|~{3})/i,
      /\bmaximum recursion depth\b|\bmaximum call stack\b|\bheap out of memory\b|\bno space left on device\b/i,
      /\bcontent security policy\b|\bblocked by CORS\b|\bCORS policy\b|\bAccess-Control-Allow-Origin\b/i,
      /\bcannot read propert(?:y|ies) of (?:undefined|null)\b|\bis not a function\b|\bis not defined\b(?!.{0,20}tool)|\bis not iterable\b|\bundefined is not an object\b/i,
      /\bcan't be awaited\b|\b(?:unexpected keyword argument|missing \d required positional argument|takes \d positional arguments?|object has no attribute|not subscriptable|unsupported operand|object is not callable|not JSON serializable|is not iterable|event loop is (?:already running|closed)|was never awaited)\b/i,
      /\binvalid literal for int\(\)|\bcould not convert string to\b|\bdivision by zero\b|\blist index out of range\b/i,
      /\bcan't find variable\b|\b(?:org\.springframework\.(?:dao|jdbc|orm|beans)|org\.hibernate|java\.sql|yaml|toml|configparser)\.\w/i,
      /\b(?:pull rate limit|Docker Hub|from daemon)\b/i,
      {
        // A connection to something that is no model server.
        words:
          /\b(?:ECONNREFUSED|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|connection refused|could not connect|connect to|connecting to|dial tcp|connection to server)\b.{0,80}(?::|port )(?:5432|5433|3306|6379|27017|9092|5672|9200|11211|1433|1521|2181|6333|7687|19530|25|465|587|22|21)\b/i,
        anywhere: true,
      },
      {
        words:
          /(?<!\b(?:see|visit|at|read|to) )\bhttps?:\/\/(?:[\w-]{1,63}\.){0,6}(?:github\.com|gitlab\.com|bitbucket\.org|slack\.com|stripe\.com|notion\.com|atlassian\.net|atlassian\.com|twilio\.com|sendgrid\.com|serper\.dev|tavily\.com|exa\.ai|serpapi\.com|wikipedia\.org|pypi\.org|npmjs\.org|npmjs\.com|docker\.io|docker\.com|reddit\.com|twitter\.com|linear\.app|hubapi\.com|salesforce\.com|shopify\.com|zendesk\.com|airtable\.com|openweathermap\.org|weather\.gov|graph\.microsoft\.com|maps\.googleapis\.com|gmail\.googleapis\.com|sheets\.googleapis\.com|www\.googleapis\.com|calendar\.google\.com|api\.search\.brave\.com|firecrawl\.dev|supabase\.co|amazonaws\.com\/(?!model))/i,
        along: /\b(?:for url|error|failed|unauthori[sz]ed|forbidden|[45]\d\d)\b/i,
        unless: /bedrock|openai|anthropic|litellm|model|copilot/i,
        anywhere: true,
      },
      {
        // requests: a host that no model lives on.
        words:
          /\b[45]\d\d (?:client|server) error: .{0,80} for url: https?:\/\/(?!(?:[\w-]{1,63}\.){0,6}(?:openai\.(?:com|azure\.com)|anthropic\.com|googleapis\.com|azure\.com|amazonaws\.com|mistral\.ai|groq\.com|together\.(?:ai|xyz)|fireworks\.ai|deepseek\.com|openrouter\.ai|x\.ai|cohere\.(?:ai|com)|huggingface\.co|perplexity\.ai|nvidia\.com|cerebras\.ai|moonshot\.(?:ai|cn)|z\.ai|bigmodel\.cn|aliyuncs\.com|minimaxi?\.(?:io|chat|com)|siliconflow\.(?:cn|com)|volces\.com|poe\.com|ollama\.com|replicate\.com|sambanova\.ai|localhost)|localhost|127\.|10\.|192\.168\.)(?!\S{0,200}\/(?:chat\/completions|completions|messages|responses|embeddings|models|generate|api\/chat|v1)\b)/i,
        anywhere: true,
      },
    ],
  },
  strong: {
    codes: ['AssertionError'],
    // Whatever went wrong in it, it went wrong in the tool.
    words: [
      /\berror (?:while )?(?:executing|running|calling|invoking) (?:the )?tool\b/i,
      /\bplugin (?:runtime|daemon)\b|\bpip3? install \w/i,
      /\bgit repo(?:sitory)?\b|\b(?:available|free) port\b|\bport \d{2,5} is (?:already )?in use\b/i,
    ],
  },
  weak: {
    codes: [
      'TypeError',
      'ValueError',
      'RuntimeError',
      'SyntaxError',
      'OSError',
      'LookupError',
      'NotImplementedError',
      'ResponseError',
      'OperationalError',
      'DatabaseError',
      'ArithmeticError',
      'IllegalArgumentException',
      'IllegalStateException',
      'McpError',
      'ToolException',
    ],
    words: [
      {
        words: /\b[A-Z][a-z]\w{1,60}(?:Error|Exception): ?\S/,
        unless: /\b(?:openai|anthropic|llm|model|provider|completion|prompt)\b/i,
      },
      /\bvalidation errors? for [A-Z]\w{1,60}\b/,
      /\bTraceback \(most recent call last\)|^panic: |\bcommand not found\b/,
    ],
  },
  explain: () =>
    'This comes from the program around the model: its code, a file, a data base, or another service. The model call is not to blame.',
  fixes: () => [
    'Debug it as any program: the first stack frame that is your own code says where.',
    'If a tool failed, give the model a short error text as the result of the tool, so that it can go on.',
  ],
  links: [],
};
