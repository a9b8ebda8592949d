import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'undici'
import type { Done, Job, Step } from './job.ts'

/** Asks for what its parent tells it to, in a process of its own, so that nothing of it is measured with the server. */
process.on('message', (job: Job) => void work(job).then((done) => process.send!(done)))
process.on('disconnect', () => process.exit())

/** Words of this many failures are kept. */
const TOLD = 5

async function work(job: Job): Promise<Done> {
  const began = performance.now()
  const done: Done = {
    count: 0,
    seconds: 0,
    failed: 0,
    failures: [],
    rounds: [],
    steps: job.steps.map(() => []),
  }
  let begun = 0
  const next = () => {
    const isOver = performance.now() - began >= job.seconds * 1_000 || begun === job.atMost
    return isOver ? null : begun++
  }
  await Promise.all(Array.from({ length: job.connections }, () => connection(job, next, began, done)))
  return { ...done, seconds: (performance.now() - began) / 1_000 }
}

async function connection(job: Job, next: () => number | null, began: number, done: Done): Promise<void> {
  const client = new Client(job.origin, { pipelining: 1 })
  for (let turn = next(); turn !== null; turn = next()) {
    if (job.rate !== undefined) {
      const due = began + (turn * 1_000) / job.rate - performance.now()
      if (due > 0) await pause(due)
    }
    await round(client, job, turn, done).catch((error: Error) => fail(done, error.message))
  }
  await client.close()
}

async function round(
  client: Client,
  { steps, hospitals = [''], cookie }: Job,
  turn: number,
  done: Done,
): Promise<void> {
  const words = { id: randomUUID(), hospital: hospitals[turn % hospitals.length]! }
  const cookies = cookie === undefined ? null : new Map([pair(cookie)])
  const by = { from: addressOf(turn), cookies, words }
  const began = performance.now()
  let location = ''
  for (const [index, step] of steps.entries()) {
    const asked = performance.now()
    const answer = await ask(client, step, step.path ?? location, by)
    done.steps[index]!.push(performance.now() - asked)
    if (answer.status !== step.status || answer.size < step.atLeast)
      return fail(done, `${step.method} ${step.path ?? '(receipt)'}: ${answer.status}, ${answer.size} bytes`)
    location = answer.location
  }
  done.count += 1
  done.rounds.push(performance.now() - began)
}

function fail(done: Done, words: string): void {
  done.failed += 1
  if (done.failures.length < TOLD) done.failures.push(words)
}

interface Answer {
  status: number
  size: number
  location: string
}

interface By {
  from: string
  cookies: Map<string, string> | null
  words: { id: string; hospital: string }
}

function ask(client: Client, { method, headers, body }: Step, path: string, by: By): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const answer: Answer = { status: 0, size: 0, location: '' }
  const { from, cookies, words } = by
  const kept = cookies && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  client.dispatch(
    {
      ...{ method, path, headers: { ...headers, ...kept, 'x-forwarded-for': from } },
      body: body?.replace('{id}', words.id).replace('{hospital}', words.hospital) ?? null,
    },
    {
      onRequestStart() {},
      onResponseStart(_controller, status, { location, 'set-cookie': set }) {
        answer.status = status
        answer.location = String(location ?? '')
        if (cookies) for (const line of [set ?? []].flat()) cookies.set(...pair(line))
      },
      onResponseData(_controller, chunk) {
        answer.size += chunk.length
      },
      onResponseEnd: () => resolve(answer),
      onResponseError: (_controller, error) => reject(error),
    },
  )
  return promise
}

function pair(cookie: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(cookie) ?? []
  return [name, value]
}

/** Everybody is somebody else: of the addresses that are for benchmarks, 198.18.0.0/15. */
function addressOf(turn: number): string {
  return `198.${18 + ((turn >> 16) & 1)}.${(turn >> 8) & 255}.${turn & 255}`
}
