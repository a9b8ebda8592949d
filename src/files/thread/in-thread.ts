import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { threadFile } from '../../program-files.ts'

/** What a thread of its own made; or in Japanese why a file was too much for it. */
type Threaded<Value> = { ok: true; value: Value } | { ok: false; message: string }

interface ThreadOptions {
  /** Milliseconds after which it is ended. */
  deadline?: number
  /** Megabytes that it may hold. */
  memory?: number
  /** What it runs, once. */
  thread?: URL
  /** Of its input what is long: made and handed over piece by piece, between which pages are served. */
  parts?: Iterable<unknown>
}

/** What a thread is given to do. */
export interface Task {
  job: string
  input: unknown
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

const THREAD = threadFile('files/jobs/thread.ts')
export const DEADLINE = 60_000
const MEMORY = 768
const MOST_AT_WORK = 2

let atWork = 0
const waiting: (() => void)[] = []

async function turn(): Promise<void> {
  if (atWork >= MOST_AT_WORK) await new Promise<void>((resolve) => waiting.push(resolve))
  atWork += 1
}

function run<Value>(job: string, input: unknown, options: ThreadOptions): Promise<Threaded<Value>> {
  const { deadline = DEADLINE } = options
  const isKept = options.thread === undefined && options.memory === undefined
  return new Promise((resolve, reject) => {
    const worker = (isKept && takeKept()) || start(options)
    const parts: unknown[][] = []
    let isOver = false
    const end = (isWell: boolean, settle: () => void) => {
      isOver = true
      clearTimeout(timer)
      quiet(worker)
      if (isWell && isKept) keep(worker)
      else stop(worker)
      settle()
    }
    const giveUp = (message: string) => end(false, () => resolve({ ok: false, message }))
    const timer = setTimeout(() => giveUp(TOO_SLOW), deadline)
    worker.on('message', (message: Message<Value>) => {
      if (message.kind === 'part') parts.push(message.items)
      else if (message.kind === 'value')
        end(true, () => resolve({ ok: true, value: whole(message.value, message.list, parts) }))
      else end(true, () => reject(Object.assign(new Error(message.error), { stack: message.stack })))
    })
    worker.on('error', () => giveUp(TOO_MUCH))
    worker.on('exit', () => giveUp(TOO_MUCH))
    worker.ref()
    handOver(
      worker,
      { job, input },
      untilOver(options.parts ?? [], () => isOver),
    ).catch((error) => end(false, () => reject(error)))
  })
}

async function handOver(worker: Worker, task: Task, parts: Iterable<unknown>): Promise<void> {
  for (const part of parts) {
    worker.postMessage({ part })
    await setImmediate()
  }
  worker.postMessage(task)
}

/** Of a list of thousands nothing more is made for a thread that has ended. */
function* untilOver(parts: Iterable<unknown>, isOver: () => boolean): Generator<unknown> {
  for (const part of parts) {
    if (isOver()) return
    yield part
  }
}

/** Those that have done a job well, for the next one, each with what ends it. */
const kept = new Map<Worker, NodeJS.Timeout>()
/** An officer looks at a file, mends it and brings it again; a night long nobody does. */
const KEPT_FOR = 30_000

function start({ memory = MEMORY, thread = THREAD }: ThreadOptions): Worker {
  return new Worker(thread, {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 32 },
  })
}

function keep(worker: Worker): void {
  const timer = setTimeout(() => {
    forget(worker)
    stop(worker)
  }, KEPT_FOR).unref()
  kept.set(worker, timer)
  worker.on('error', () => forget(worker))
  worker.on('exit', () => forget(worker))
  // No program waits for a thread that waits.
  worker.unref()
}

function takeKept(): Worker | undefined {
  const [worker] = kept.keys()
  if (worker) {
    forget(worker)
    quiet(worker)
  }
  return worker
}

function forget(worker: Worker): void {
  clearTimeout(kept.get(worker))
  kept.delete(worker)
}

/** Not all that listens to it: some of it is its own. */
function quiet(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
}

function stop(worker: Worker): void {
  quiet(worker)
  // Whoever is ended while it ends anyway says so.
  worker.on('error', () => undefined)
  void worker.terminate()
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
