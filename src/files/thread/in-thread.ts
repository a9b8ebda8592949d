import { Worker } from 'node:worker_threads'

/** What a thread of its own made; or in Japanese why a file was too much for it. */
type Threaded<Value> = { ok: true; value: Value } | { ok: false; message: string }

interface ThreadOptions {
  /** Milliseconds after which it is ended. */
  deadline?: number
  /** Megabytes that it may hold. */
  memory?: number
  /** What it runs. */
  thread?: URL
}

/**
 * Does a job beside the one thread that serves the pages, for as long as it may take and with as much memory as it may
 * have; whatever becomes of it, everybody else is served. At most two are at work, the others wait.
 * @param job its name in `files/jobs/thread.ts`
 * @param input what can be copied there
 * @throws what the job throws
 */
export async function inThread<Value>(
  job: string,
  input: unknown,
  options: ThreadOptions = {},
): Promise<Threaded<Value>> {
  await turn()
  try {
    return await run(job, input, options)
  } finally {
    atWork -= 1
    waiting.shift()?.()
  }
}

const THREAD = new URL('../jobs/thread.ts', import.meta.url)
const DEADLINE = 60_000
const MEMORY = 768
const MOST_AT_WORK = 2

let atWork = 0
const waiting: (() => void)[] = []

async function turn(): Promise<void> {
  if (atWork >= MOST_AT_WORK) await new Promise<void>((resolve) => waiting.push(resolve))
  atWork += 1
}

function run<Value>(
  job: string,
  input: unknown,
  { deadline = DEADLINE, memory = MEMORY, thread = THREAD }: ThreadOptions,
): Promise<Threaded<Value>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, {
      workerData: { job, input },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 32 },
    })
    const parts: unknown[][] = []
    const end = (settle: () => void) => {
      clearTimeout(timer)
      worker.removeAllListeners()
      // Whoever is ended while it ends anyway says so.
      worker.on('error', () => undefined)
      void worker.terminate()
      settle()
    }
    const timer = setTimeout(() => end(() => resolve({ ok: false, message: TOO_SLOW })), deadline)
    worker.on('message', (message: Message<Value>) => {
      if (message.kind === 'part') parts.push(message.items)
      else if (message.kind === 'value')
        end(() => resolve({ ok: true, value: whole(message.value, message.list, parts) }))
      else end(() => reject(Object.assign(new Error(message.error), { stack: message.stack })))
    })
    worker.on('error', () => end(() => resolve({ ok: false, message: TOO_MUCH })))
    worker.on('exit', () => end(() => resolve({ ok: false, message: TOO_MUCH })))
  })
}

/** A long list comes in parts, between which pages are served. */
export type Message<Value> =
  | { kind: 'part'; items: unknown[] }
  | { kind: 'value'; value: Value; list: string | null }
  | { kind: 'error'; error: string; stack: string }

function whole<Value>(value: Value, list: string | null, parts: unknown[][]): Value {
  return list === null ? value : { ...value, [list]: parts.flat() }
}

const NOTHING_DONE =
  '何も取り込んでいません。必要なシートと列だけを残したファイルを保存し、もう一度選択してください。'
const TOO_SLOW = `ファイルの読み取りに時間がかかりすぎるため、中止しました。${NOTHING_DONE}`
const TOO_MUCH = `ファイルの内容が多すぎるため、読み取りを中止しました。${NOTHING_DONE}`
