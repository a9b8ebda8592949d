import { setTimeout as pause } from 'node:timers/promises'
import { bytesOf, type Taken, takenBy, withChildren } from '../process.ts'
import { testCertificate } from '../proxy/certificate.ts'
import { Nginx } from '../proxy/nginx.ts'
import { Visitor } from '../proxy/visitor.ts'
import { fileFaults, recordFaults } from '../torture/invariants.ts'
import { freePort } from '../torture/program.ts'
import { Faults } from '../torture/subject.ts'
import { folderFor, looking } from '../torture/survey.ts'
import { Journeys } from './journeys.ts'
import { Prefecture } from './prefecture.ts'

/** As deploy/nginx/kakuho-several.conf names them. */
const NAMES = ['kagoshima', 'miyazaki', 'kumamoto'] as const
const CONNECTIONS = 4
/** Litestream copies what is new each second; what it takes for that on a busy machine comes on top. */
const MOST_BEHIND_MS = 3_000
/** As systemd waits before it starts again what was killed (RestartSec of deploy/systemd/kakuho@.service). */
const RESTART_MS = 1_000

interface ScaleOptions {
  hospitals: number
  seconds: number
  say(line: string): void
}

/** Everything measured, of one run. */
export interface Scale {
  hospitals: number
  atRest: Taken[]
  afterLoad: Taken[]
  nginx: Taken
  litestream: Taken
  /** Journeys a second: one survey alone, each of the three at the same time. */
  alone: number
  together: number[]
  /** Of one core, in milliseconds a journey. */
  cpu: { program: number; nginx: number; litestream: number }
  /** Of one Litestream whose survey nobody answers, in milliseconds a second. */
  idleLitestream: number
  killed: {
    others: number
    refusedOfOthers: number
    lost: number
    awayMs: number
    startMs: number
    cpuMs: number
  }
  restored: { receipts: number; lost: number; behindMs: number; tookMs: number }
  /** Bytes: of the backups without and with so many answers, and of the replica. */
  disk: { empty: number; answers: number; full: number; replica: number }
  faults: readonly string[]
}

/** Three surveys on this machine behind one nginx: their load, one of them killed, one of them lost and restored. */
export async function scale({ hospitals, seconds, say }: ScaleOptions): Promise<Scale> {
  const faults = new Faults()
  const folder = folderFor('scale')
  const certificate = testCertificate(folder.path(''), ['*.kakuho.example.jp'])
  const ports = await portsFor(NAMES.length)
  const prefectures = NAMES.map(
    (name, at) => new Prefecture({ name, hospitals, ports: ports[at]!, folder: folder.path(name) }),
  )
  let nginx: Nginx | null = null
  const visitors: Visitor[] = []
  try {
    for (const prefecture of prefectures) await prefecture.make()
    await Promise.all(prefectures.map((each) => each.start()))
    for (const each of prefectures) each.replicate()
    const programs = Object.fromEntries(
      ports.flatMap((each, at) => [
        [3001 + at, each.public],
        [3101 + at, each.office],
      ]),
    )
    nginx = await Nginx.start({
      site: 'kakuho-several.conf',
      folder: folder.path('nginx'),
      certificate,
      programs,
    })
    const { https: port } = nginx
    const journeys = prefectures.map(({ host }, at) => {
      const visitor = new Visitor({ port, name: host, authority: certificate.authority })
      visitors.push(visitor)
      return new Journeys(visitor, { hospitals, network: 10 + at })
    })
    return await measured({ prefectures, journeys, nginx, hospitals, seconds, say, faults })
  } finally {
    for (const each of visitors) each.close()
    await nginx?.stop()
    await Promise.all(prefectures.map((each) => each.stop()))
    folder.remove()
  }
}

interface Running extends ScaleOptions {
  prefectures: Prefecture[]
  journeys: Journeys[]
  nginx: Nginx
  faults: Faults
}

async function measured(running: Running): Promise<Scale> {
  const { prefectures, journeys, nginx, hospitals, seconds, say, faults } = running
  const programsOf = () => prefectures.map(({ program }) => takenBy([program.process.pid!]))
  const allOfNginx = () => takenBy(withChildren(nginx.pid))
  const litestreams = () => takenBy(prefectures.map(({ litestream }) => litestream))
  await pause(1_500)
  const [atRest, idleFrom] = [programsOf(), litestreams()]
  await pause(3_000)
  const idleLitestream = (litestreams().cpuMs - idleFrom.cpuMs) / 3 / prefectures.length
  say(`at rest: ${atRest.map(({ pss }) => Math.round(pss / 1e6)).join(', ')} MB PSS`)
  for (const each of prefectures) faults.check(await each.makeBackup(), () => `no backup of ${each.name}`)

  const [alone] = await loaded([journeys[0]!], seconds)
  const before = {
    programs: programsOf(),
    nginx: allOfNginx(),
    litestream: litestreams(),
    answers: count(journeys),
  }
  const together = await loaded(journeys, seconds)
  const after = {
    programs: programsOf(),
    nginx: allOfNginx(),
    litestream: litestreams(),
    answers: count(journeys),
  }
  say(`alone ${alone?.toFixed(0)}/s, together ${together.map((rate) => rate.toFixed(0)).join(' + ')}/s`)
  const answers = after.answers - before.answers
  const cpuOf = (list: readonly Taken[]) => list.reduce((sum, { cpuMs }) => sum + cpuMs, 0)
  for (const [at, each] of journeys.entries())
    faults.check(
      each.refused.length === 0,
      () => `${prefectures[at]!.name}: ${JSON.stringify(each.refused[0])}`,
    )

  const killed = await oneKilled(running)
  say(`killed: away for ${killed.awayMs} ms, the others answered ${killed.others} meanwhile`)
  const disk = await diskOf(prefectures[2]!, journeys[2]!)
  const restored = await oneRestored(running)
  say(`restored: ${restored.lost} of ${restored.receipts} receipts lost, of the last ${restored.behindMs} ms`)
  return {
    ...{ hospitals, atRest, afterLoad: after.programs, nginx: after.nginx, litestream: after.litestream },
    ...{ alone: alone!, together, idleLitestream, killed, restored, disk },
    cpu: {
      program: (cpuOf(after.programs) - cpuOf(before.programs)) / answers,
      nginx: (after.nginx.cpuMs - before.nginx.cpuMs) / answers,
      litestream: (after.litestream.cpuMs - before.litestream.cpuMs) / answers,
    },
    faults: faults.all,
  }
}

/** A backup is the database without what lies about in it, and the keys. */
async function diskOf(prefecture: Prefecture, { receipts }: Journeys): Promise<Scale['disk']> {
  const full = `${prefecture.backup}.full`
  await prefecture.makeBackup(full)
  const { backup, replica } = prefecture
  return {
    ...{ answers: receipts.length, replica: bytesOf(replica), empty: bytesOf(backup), full: bytesOf(full) },
  }
}

/** @returns journeys a second of each */
async function loaded(journeys: readonly Journeys[], seconds: number): Promise<number[]> {
  const begun = journeys.map(({ receipts }) => receipts.length)
  const started = performance.now()
  for (const each of journeys) each.start(CONNECTIONS)
  await pause(seconds * 1_000)
  await Promise.all(journeys.map((each) => each.stop()))
  const took = (performance.now() - started) / 1_000
  return journeys.map(({ receipts }, at) => (receipts.length - begun[at]!) / took)
}

function count(journeys: readonly Journeys[]): number {
  return journeys.reduce((sum, { receipts }) => sum + receipts.length, 0)
}

/** The second is killed while all three are answered, and started again as systemd does. */
async function oneKilled({ prefectures, journeys, seconds, faults }: Running): Promise<Scale['killed']> {
  const [victim, theirs] = [prefectures[1]!, journeys[1]!]
  const others = [journeys[0]!, journeys[2]!]
  for (const each of journeys) each.start(CONNECTIONS)
  await pause(seconds * 300)
  const killedAt = performance.now()
  await victim.program.kill()
  await pause(RESTART_MS)
  const started = performance.now()
  await victim.start()
  const back = performance.now()
  const { cpuMs } = takenBy([victim.program.process.pid!])
  await pause(seconds * 300)
  await Promise.all(journeys.map((each) => each.stop()))
  const first = theirs.receipts.find(({ at }) => at > back)
  faults.check(first !== undefined, () => `${victim.name} answers nobody after it was killed`)
  const during = theirs.refused.filter(({ at }) => at > killedAt && at < back + 500)
  faults.check(
    during.every(({ status }) => status === 503),
    () => `while it is away: ${JSON.stringify(during.find(({ status }) => status !== 503))}`,
  )
  const refusedOfOthers = others.reduce((sum, { refused }) => sum + refused.length, 0)
  faults.check(refusedOfOthers === 0, () => `${refusedOfOthers} requests to the others were refused`)
  const lost = (await Promise.all(journeys.map((each) => each.missing()))).flat().length
  faults.check(lost === 0, () => `${lost} receipts do not open after the kill`)
  return {
    ...{ refusedOfOthers, lost, cpuMs },
    others: others.flatMap(({ receipts }) => receipts).filter(({ at }) => at > killedAt && at < back).length,
    awayMs: Math.round((first?.at ?? back) - killedAt),
    startMs: Math.round(back - started),
  }
}

/** All of the third is gone while it is answered, and put together again of its replica and the keys of its backup. */
async function oneRestored({ prefectures, journeys, seconds, faults }: Running): Promise<Scale['restored']> {
  const [lostOne, theirs] = [prefectures[2]!, journeys[2]!]
  for (const each of journeys) each.start(CONNECTIONS)
  await pause(seconds * 500)
  const lostAt = performance.now()
  await lostOne.loseEverything()
  lostOne.restore()
  await lostOne.start()
  const tookMs = Math.round(performance.now() - lostAt)
  await pause(500)
  await Promise.all(journeys.map((each) => each.stop()))
  const before = theirs.receipts.filter(({ at }) => at <= lostAt)
  const lost = await theirs.missing(before)
  const behindMs = Math.round(Math.max(0, ...lost.map(({ at }) => lostAt - at)))
  faults.check(behindMs <= MOST_BEHIND_MS, () => `a receipt of ${behindMs} ms before is lost`)
  const found = looking(lostOne.databasePath, (db, stores) => [...fileFaults(db), ...recordFaults(stores)])
  for (const fault of found) faults.add(`restored: ${fault}`)
  return { receipts: before.length, lost: lost.length, behindMs, tookMs }
}

async function portsFor(count: number): Promise<{ public: number; office: number }[]> {
  const ports: { public: number; office: number }[] = []
  for (let at = 0; at < count; at += 1) ports.push({ public: await freePort(), office: await freePort() })
  return ports
}
