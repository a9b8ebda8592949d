import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Stores } from '../../../src/db/stores.ts'
import { fill } from '../../../test/support/contents.ts'
import { SELECTION } from '../../../test/support/decisions.ts'
import { multipartPost } from '../../../test/support/html.ts'
import { fileFaults, recordFaults } from '../invariants.ts'
import { command, Program } from '../program.ts'
import { type Faults, randomFor } from '../subject.ts'
import { copyInstallation, filledFile, folderFor, looking, Officer, rowCounts } from '../survey.ts'

/** Acts that store much at once: each has to be there whole, or as if nobody had begun. */

interface Place {
  databasePath: string
  path: (name: string) => string
}

interface Prepared {
  session: { cookie: string; csrf: string }
  fields: Record<string, string>
}

interface KilledAct {
  name: string
  fill(stores: Stores): void
  /** By the page: who, from which page, which form. By a command: its words. */
  way:
    | {
        login: string
        before?: (officer: Officer) => Promise<unknown>
        page: string
        action: string
        typed?: Record<string, string>
      }
    | { words: (place: Place) => string[] }
}

const HOSPITALS_IN_FILE = 400
/** After so many rounds the officer logs in anew: a password that was given long ago is asked for again. */
const A_LOGIN = 40

function hospitalCsv(): Buffer {
  const rows = Array.from(
    { length: HOSPITALS_IN_FILE },
    (_, index) => `46${1_000_000 + index},架空${index}病院,鹿児島市,${20 + (index % 400)},099-000-0000`,
  )
  return Buffer.from(`機関コード,医療機関名,市町村,許可病床数,電話番号\n${rows.join('\n')}\n`)
}

function gmisCsv(): Buffer {
  const rows = (SELECTION.hospitals ?? []).map(({ key }) => `${key},はい,いいえ,はい`)
  return Buffer.from(`医療機関コード,Q6,Q9-1,Q11\n${rows.join('\n')}\n`)
}

const decided = (stores: Stores): void => {
  const dates = {
    opensAt: '2024-03-08',
    closesAt: '2024-03-18',
    gmisSurveyOn: '2024-01-31',
    fiscalYear: '2024',
  }
  const answers = SELECTION.answers?.map((answer) => ({ ...answer, gmisConsent: true })) ?? []
  fill(stores, { ...SELECTION, answers, lot: 'text', settings: { ...dates, ...SELECTION.settings } })
}
const decidedByTwo = (stores: Stores): void => {
  decided(stores)
  stores.settings.change({ secondApproval: 'yes' }, { actor: 'torture', at: new Date() })
}

/** Chooses a file, so that the page waits to apply it. */
const upload = (url: string, bytes: () => Buffer) => async (officer: Officer) => {
  const { headers, payload } = multipartPost(
    url,
    { _csrf: officer.csrf },
    { name: 'list.csv', bytes: bytes() },
  )
  return officer.upload(url, { type: headers['content-type'], body: payload })
}

export const KILLED_ACTS: readonly KilledAct[] = [
  {
    name: 'confirming',
    fill: decided,
    way: { login: 'tanto', page: '/admin/selection/confirm', action: '/admin/selection/confirm' },
  },
  {
    name: 'second approval',
    fill: decidedByTwo,
    way: {
      ...{
        login: 'kacho',
        page: '/admin/proposals/1/approve',
        action: '/admin/proposals/1/approve',
        typed: { acknowledged: 'yes' },
      },
      before: async (officer) => {
        const first = await officer.other('tanto')
        return first.post(
          '/admin/selection/confirm',
          await first.formOf('/admin/selection/confirm', '/admin/selection/confirm'),
        )
      },
    },
  },
  {
    name: 'hospitals by page',
    fill: decided,
    way: {
      login: 'tanto',
      before: upload('/admin/hospitals/import', hospitalCsv),
      page: '/admin/hospitals/import/1',
      action: '/admin/hospitals/import/1',
    },
  },
  {
    name: 'hospitals by command',
    fill: decided,
    way: { words: (place) => ['import', 'hospitals', writtenFile(place, hospitalCsv())] },
  },
  {
    name: 'GMIS by page',
    fill: decided,
    way: {
      login: 'tanto',
      before: upload('/admin/gmis/import', gmisCsv),
      page: '/admin/gmis/import?import=1',
      action: '/admin/gmis/import/apply',
    },
  },
  {
    name: 'GMIS by command',
    fill: decided,
    way: { words: (place) => ['import', 'gmis', writtenFile(place, gmisCsv())] },
  },
  {
    name: 'seats by page',
    fill: decided,
    way: {
      login: 'admin',
      page: '/admin/policy',
      action: '/admin/policy',
      typed: { 'bands.0.seats': '1', prefectureSeats: '2', note: '試験' },
    },
  },
  {
    name: 'settings by page',
    fill: decided,
    way: {
      login: 'admin',
      page: '/admin/settings',
      action: '/admin/settings',
      typed: { title: '変更後', issuer: '変更後' },
    },
  },
  {
    name: 'settings by command',
    fill: decided,
    way: { words: () => ['settings', 'set', 'title=変更後', 'issuer=変更後', 'regionFloor=1'] },
  },
]

function writtenFile({ path }: Place, bytes: Buffer): string {
  writeFileSync(path('list.csv'), bytes)
  return path('list.csv')
}

interface ActFigures {
  /** By act: killed so many times, of which it was there whole. */
  acts: Map<string, { rounds: number; whole: number }>
}

export async function killActing({
  rounds,
  seed,
  faults,
  say,
  only = KILLED_ACTS,
}: {
  rounds: number
  seed: number
  faults: Faults
  say(line: string): void
  only?: readonly KilledAct[]
}): Promise<ActFigures> {
  const acts = new Map<string, { rounds: number; whole: number }>()
  for (const [index, act] of only.entries()) {
    const own = Math.floor(rounds / only.length) + (index < rounds % only.length ? 1 : 0)
    const sum = { rounds: own, whole: 0 }
    for (let first = 0; first < own; first += A_LOGIN)
      sum.whole += await killOne(act, { first, end: Math.min(own, first + A_LOGIN) }, seed, faults)
    if (own > 0) acts.set(act.name, sum)
    say(`${act.name}: ${own} rounds, ${sum.whole} whole`)
  }
  return { acts }
}

/** @returns how often it was there whole */
async function killOne(
  act: KilledAct,
  { first, end }: { first: number; end: number },
  seed: number,
  faults: Faults,
): Promise<number> {
  const folder = folderFor('act')
  const random = randomFor(seed + first, act.name)
  const begun = folder.path('begun.db')
  const place = { databasePath: folder.path('survey.db'), path: folder.path }
  let whole = 0
  try {
    await filledFile(begun, act.fill)
    const prepared = await prepare(act, begun)
    const before = looking(begun, rowCounts)
    copyInstallation(begun, place.databasePath)
    const undisturbed = await perform(act, place, prepared, null)
    const after = looking(place.databasePath, rowCounts)
    if (undisturbed.told !== 'done' || same(before, after))
      throw new Error(`${act.name} does nothing: ${undisturbed.said}`)
    // How long it takes is the machine's: what is whole is cut off earlier the next time, what is not later.
    let longest = undisturbed.ms
    for (let round = first; round < end; round += 1) {
      copyInstallation(begun, place.databasePath)
      // What comes first is the start of a command, or the computing of a page: the storing is at the end.
      const killAfter = longest * (0.25 + 0.9 * (random.between(0, 1_000) / 1_000))
      const { told } = await perform(act, place, prepared, killAfter)
      const found = looking(place.databasePath, (db, stores) => {
        const counts = rowCounts(db)
        const isWhole = same(counts, after)
        whole += isWhole ? 1 : 0
        longest *= isWhole ? 0.85 : 1.1
        return [
          ...fileFaults(db),
          ...recordFaults(stores),
          ...(isWhole || same(counts, before) ? [] : [`half done: ${difference(before, counts)}`]),
          ...(told === 'done' && !isWhole ? ['told to be done, and is not'] : []),
        ]
      })
      for (const fault of found) faults.add(`${act.name}, round ${round} (seed ${seed}): ${fault}`)
    }
  } finally {
    folder.remove()
  }
  return whole
}

async function prepare({ way }: KilledAct, databasePath: string): Promise<Prepared> {
  const nothing = { session: { cookie: '', csrf: '' }, fields: {} }
  // A start makes the keys, and says so on the record: an act of its own.
  const program = await Program.start({ databasePath })
  try {
    if ('words' in way) return nothing
    const officer = await new Officer(program, way.login).signIn()
    await way.before?.(officer)
    const fields = await officer.formOf(way.page, way.action)
    return { session: { cookie: officer.cookie, csrf: officer.csrf }, fields: { ...fields, ...way.typed } }
  } finally {
    await program.stop()
  }
}

interface Performed {
  told: 'done' | 'cut'
  ms: number
  said: string
}

/** @param killAfter milliseconds; null: it is left to its end */
async function perform(
  { way }: KilledAct,
  place: Place,
  { session, fields }: Prepared,
  killAfter: number | null,
): Promise<Performed> {
  const { databasePath } = place
  if ('words' in way) {
    const started = performance.now()
    const running = command(databasePath, way.words(place))
    const over = once(running, 'exit')
    if (killAfter !== null) void pause(killAfter).then(() => running.kill('SIGKILL'))
    const [code] = await over
    return { told: code === 0 ? 'done' : 'cut', ms: performance.now() - started, said: `exit ${code}` }
  }
  const program = await Program.start({ databasePath })
  const officer = new Officer(program, way.login, session)
  // As it was when its page was looked at.
  await officer.get('/admin')
  const started = performance.now()
  const asked = officer.post(way.action, { ...fields, _csrf: session.csrf })
  if (killAfter !== null) await pause(killAfter).then(() => program.kill())
  const reply = await asked
  const ms = performance.now() - started
  await (killAfter === null ? program.stop() : program.kill())
  const to = String(reply?.headers.location ?? '')
  if (/^\/admin\/(?:login|proof)/.test(to)) throw new Error(`${way.action} is not done, but led to ${to}`)
  return { told: reply?.status === 303 ? 'done' : 'cut', ms, said: `${reply?.status} ${to}` }
}

function same(one: Record<string, number>, other: Record<string, number>): boolean {
  return difference(one, other) === ''
}

function difference(one: Record<string, number>, other: Record<string, number>): string {
  const tables = Object.keys({ ...one, ...other }).filter((table) => one[table] !== other[table])
  return tables.map((table) => `${table} ${one[table]} → ${other[table]}`).join(', ')
}
