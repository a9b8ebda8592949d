import type { Random } from '../../../src/demo/random.ts'
import { readers } from '../files/readers.ts'
import { violations } from '../invariants.ts'
import { Faults, type Outcome, randomFor, type Subject, type SubjectOptions } from '../subject.ts'
import {
  ASKERS,
  type Asker,
  type Filled,
  filledSurvey,
  type Opened,
  openFilled,
  renew,
  type SeededRoute,
  SIDES,
  type Side,
} from './office.ts'
import { FILE_KINDS, REQUEST_KINDS } from './requests.ts'
import { type Reply, send } from './send.ts'
import { MARKUP } from './values.ts'
import type { Request } from './writing.ts'

/** Every address of the table, with everything that nobody should send, from everybody who may ask. */
export const fuzz: Subject = {
  name: 'fuzz',
  title: 'requests at random',
  rounds: 20_000,
  run: (options) => fuzzed({ ...options, by: 'route' }),
}

interface FuzzOptions extends SubjectOptions {
  /** Every kind once for every address, or for every group of addresses; and again until there are enough. */
  by: 'route' | 'group'
  /** Where it was filled already. */
  filled?: Filled
}

const HOSPITAL_FILE = Buffer.from(
  '医療機関コード,医療機関名,市町村,許可病床数\n4610000011,甲病院,鹿児島市,90\n',
)
const goodFiles = await readers()

/** Good ones of what is read there, of every form. */
function filesFor(route: string): readonly Buffer[] {
  const samplesOf = (name: string) => goodFiles.find((reader) => reader.name === name)?.samples ?? []
  if (route.startsWith('/admin/gmis')) return samplesOf('GMIS')
  if (route.startsWith('/admin/selection')) return samplesOf('order')
  if (route.includes('carry-over')) return samplesOf('earlier archive')
  if (route.startsWith('/admin/notice')) return [Buffer.from('%PDF-1.7\n'), HOSPITAL_FILE]
  return [HOSPITAL_FILE, ...samplesOf('hospitals')]
}

/** Milliseconds of the server's time that an answer may take. */
const MOST_MS = 1_000
/** As many are sent to one copy of the survey before all that is stored is looked through. */
const A_BATCH = 500
/** The first of them that deletes everything leaves the others before a survey that is over. */
const A_SHORT_BATCH = 60
/** After so many everybody logs in anew: the last of them come with a password that was given too long ago. */
const A_LOGIN = 240
const SLOWEST_SHOWN = 5

export async function fuzzed({ rounds, seed, say, by, filled: given }: FuzzOptions): Promise<Outcome> {
  const random = randomFor(seed, 'fuzz')
  const filled = given ?? (await filledSurvey())
  const cases = plan(filled.seeds, rounds, by, random)
  const faults = new Faults()
  const tally = new Tally()
  for (const side of SIDES) {
    const own = cases.filter(({ target }) => target.side === side)
    const size = side === 'end' ? A_SHORT_BATCH : A_BATCH
    for (let at = 0; at < own.length; at += size) {
      await batch(filled, side, own.slice(at, at + size), { seed, faults, tally })
      say(
        `${tally.sent} of ${rounds}, slowest ${tally.slowest().at(0)?.ms.toFixed(0) ?? 0} ms, ${faults.all.length} faults`,
      )
    }
  }
  return { figures: tally.figures(filled.seeds.length), faults: faults.all }
}

interface Case {
  kind: string
  target: SeededRoute
  asker: Asker
  /** By which it is drawn: the same again, whatever came before. */
  draw: string
}

function plan(seeds: readonly SeededRoute[], rounds: number, by: FuzzOptions['by'], random: Random): Case[] {
  const kinds = Object.keys(REQUEST_KINDS)
  const groups = Map.groupBy(
    seeds,
    by === 'route' ? ({ side, method, url }) => `${side} ${method} ${url}` : ({ group }) => group,
  )
  const uploads = seeds.filter(({ isUpload }) => isUpload)
  const cases: Case[] = []
  while (cases.length < rounds) {
    const all = [...groups.values()].flatMap((members) => kinds.map((kind) => ({ kind, members })))
    for (const { kind, members } of shuffled(all, random)) {
      // What writes matters more than what reads.
      const writing = members.filter(({ method }) => method === 'POST')
      const target = random.pick(writing.length > 0 && random.chance(0.7) ? writing : members)
      const asker = target.url.startsWith('/admin') ? random.weighted(WEIGHTS) : 'nobody'
      cases.push({ kind, target, asker, draw: `case ${cases.length}` })
    }
    for (const kind of FILE_KINDS)
      for (const target of uploads)
        cases.unshift({ kind, target, asker: 'admin', draw: `file ${kind} ${target.url} ${cases.length}` })
  }
  return cases.slice(0, rounds)
}

const WEIGHTS = ASKERS.map((asker) => [asker, { nobody: 1, viewer: 1, officer: 2, admin: 5 }[asker]] as const)

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = random.between(0, at)
    ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
  }
  return mixed
}

interface Progress {
  seed: number
  faults: Faults
  tally: Tally
}

async function batch(filled: Filled, side: Side, cases: readonly Case[], progress: Progress): Promise<void> {
  let running = await openFilled(filled, side)
  for (const [at, each] of cases.entries()) {
    if (at % A_LOGIN === A_LOGIN - 1) for (const asker of ASKERS) await renew(running, asker)
    const { location } = await one(running, each, progress)
    if (each.asker === 'nobody' || !LED_AWAY.test(location) || location === each.target.url) continue
    if (await renew(running, each.asker)) continue
    if (running.stores.purge.last() !== null) continue
    // Whoever was disabled, or has to choose a password first, works in another copy.
    await looked(running, progress.faults)
    running = await openFilled(filled, side)
  }
  await looked(running, progress.faults)
}

/** To the login, or to what has to be done before anything else. */
const LED_AWAY = /^\/admin\/(?:login|password|account\/second-factor)(?:$|\?)/

/** All that is stored, and whatever the log would have said of the rehearsals. */
async function looked(running: Opened, faults: Faults): Promise<void> {
  for (const found of violations(running.database)) faults.add(`stored: ${found}`)
  for (const failure of running.failures) faults.add(`rehearsal: ${String(failure)}`)
  await running.close()
}

async function one(
  running: Opened,
  { kind, target, asker, draw }: Case,
  { seed, faults, tally }: Progress,
): Promise<Reply> {
  const random = randomFor(seed, draw)
  const { cookie, csrf } = running.sessions.get(asker)!
  const file = { name: 'a.csv', bytes: random.pick(filesFor(target.route)) }
  const request = REQUEST_KINDS[kind]!({ seed: target, random, csrf, file })
  running.setNow(new Date(running.now().getTime() + 5_000).toISOString())
  const before = process.threadCpuUsage()
  const reply = await send(running, request, cookie, random.between(1, 8_000_000))
  const { user, system } = process.threadCpuUsage(before)
  const ms = (user + system) / 1_000
  const what = `${kind} (${draw}): ${asker} ${request.method} ${request.url.slice(0, 80)} (${target.route})`
  tally.add(kind, reply.status, ms, what)
  for (const fault of faultsOf(reply, request, ms)) faults.add(`${what}: ${fault}`)
  return reply
}

function faultsOf({ status, type, body }: Reply, { isRaw, method }: Request, ms: number): string[] {
  const isPage = type.includes('text/html')
  return [
    ...(status >= 500 ? [`${status}`] : []),
    ...(status === 0 && !isRaw ? ['no answer'] : []),
    ...(ms > MOST_MS ? [`${ms.toFixed(0)} ms`] : []),
    ...(isPage && body.includes(MARKUP) ? ['shows what was sent as markup'] : []),
    ...(status >= 400 && body !== '' && method !== 'HEAD' && !body.includes('lang="ja"')
      ? [`an answer that is not ours: ${body.slice(0, 80)}`]
      : []),
  ]
}

/** What came back, and how long it took. */
class Tally {
  sent = 0
  readonly #statuses = new Map<string, number>()
  readonly #kinds = new Set<string>()
  #slowest: { ms: number; what: string }[] = []

  add(kind: string, status: number, ms: number, what: string): void {
    this.sent += 1
    this.#kinds.add(kind)
    const name = status === 0 ? 'none' : String(status)
    this.#statuses.set(name, (this.#statuses.get(name) ?? 0) + 1)
    if (ms < (this.#slowest.at(-1)?.ms ?? 0) && this.#slowest.length >= SLOWEST_SHOWN) return
    this.#slowest = [...this.#slowest, { ms, what }].sort((a, b) => b.ms - a.ms).slice(0, SLOWEST_SHOWN)
  }

  slowest() {
    return this.#slowest
  }

  figures(routes: number): Outcome['figures'] {
    return [
      ['requests', this.sent],
      ['addresses', routes],
      ['kinds', this.#kinds.size],
      [
        'answers',
        [...this.#statuses]
          .sort()
          .map(([status, count]) => `${status}: ${count}`)
          .join(', '),
      ],
      [
        'slowest',
        this.#slowest.map(({ ms, what }) => `${ms.toFixed(0)} ms (${what.split(' (')[0]})`).join(', '),
      ],
    ]
  }
}
