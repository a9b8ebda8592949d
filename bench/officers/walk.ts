/**
 * Opens every page and file of the officers' side over a generated survey, each once after a fact has changed and again
 * as it is then, and says how long each kept everybody else waiting: `node bench/officers/walk.ts country [part of an
 * address]`. The longest first.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { addresses } from '../../test/support/route-table.ts'
import { COUNTRY, PREFECTURE } from '../hospitals.ts'
import { type BigOffice, bigOffice } from './office.ts'

/** What a request took, in milliseconds. */
interface Seen {
  wall: number
  /** Of the thread that serves everybody. */
  cpu: number
  /** The longest that it did nothing else: of its own time, as other programs use the machine too. */
  blocked: number
  status: number
  bytes: number
}

/** Takes down for how long nobody else would have been served while it runs. */
async function seenOf(run: () => Promise<{ status: number; bytes: number }>): Promise<Seen> {
  let blocked = 0
  let last = cpuTime()
  const look = () => {
    const now = cpuTime()
    blocked = Math.max(blocked, now - last)
    last = now
  }
  // Whoever comes next is served as soon as this comes round.
  let isOver = false
  const tick = () => {
    look()
    if (!isOver) setImmediate(tick)
  }
  setImmediate(tick)
  const begun = performance.now()
  let cpu = cpuTime()
  const { status, bytes } = await run()
  cpu = cpuTime() - cpu
  const wall = performance.now() - begun
  isOver = true
  await pause(1)
  return { wall, cpu, blocked, status, bytes }
}

function cpuTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

const SAMPLES = (office: BigOffice): Record<string, string> => ({
  ':number': office.answerNumber,
  ':code': office.hospitalCode,
  ':kind': 'selected',
  ':login': 'admin',
  ':id': '1',
  ':mail': '1',
  ':edition': '1',
  ':version': '1',
  ':section': 'flow',
  ':chapter': 'year',
  ':picture': 'dashboard-1280.png',
  ':question': '1',
  ':further': 'q1',
  ':document': 'ministry',
  ':column': encodeURIComponent('備考'),
  ':attachment': '1',
  ':import': '1',
  ':staged': '1',
  ':row': '1',
})

function sampleOf(office: BigOffice, url: string): string {
  const samples = SAMPLES(office)
  const isAnswer = url.startsWith('/admin/submissions/')
  return url.replace(/:\w+/g, (name) => {
    if (name === ':number') return isAnswer ? samples[name]! : '1'
    if (name === ':code' && url.includes('/nonrespondents/')) return office.silentCode
    return samples[name] ?? '1'
  })
}

if (import.meta.main) {
  const [size = 'country', part = '', floor = '5'] = process.argv.slice(2)
  const office = await bigOffice(size === 'country' ? COUNTRY : PREFECTURE)
  const urls = addresses(office.routes, 'GET')
    .filter((url) => url.startsWith('/admin') && url.includes(part))
    .map((url) => sampleOf(office, url))
  const open = (url: string) => () =>
    office.app
      .inject({ url, headers: { cookie: office.cookie } })
      .then(({ statusCode, rawPayload }) => ({ status: statusCode, bytes: rawPayload.length }))
  console.log('first: cpu, longest at once | again: cpu, longest at once, wall | status bytes')
  await office.get('/admin')
  for (const url of urls) {
    office.changeFacts()
    const first = await seenOf(open(url))
    const again = await seenOf(open(url))
    if (Math.max(first.blocked, again.blocked) < Number(floor)) continue
    const figures = [first.cpu, first.blocked, again.cpu, again.blocked, again.wall]
    const written = figures.map((each) => each.toFixed(0).padStart(7)).join('')
    console.log(written, again.status, String(again.bytes).padStart(9), url)
  }
  await office.close()
}
