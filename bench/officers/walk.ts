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
  cpu: number
  /** The longest that nothing else was done. */
  blocked: number
  status: number
  bytes: number
}

/** Takes down for how long nobody else would have been served while it runs. */
export async function seenOf(run: () => Promise<{ status: number; bytes: number }>): Promise<Seen> {
  // A request that comes while nothing is done is answered at once; so does the clock tick.
  let blocked = 0
  let last = performance.now()
  const look = () => {
    const now = performance.now()
    blocked = Math.max(blocked, now - last)
    last = now
  }
  const ticking = setInterval(look, 1)
  const [begun, cpu] = [performance.now(), process.threadCpuUsage()]
  const { status, bytes } = await run()
  const used = process.threadCpuUsage(cpu)
  const wall = performance.now() - begun
  await pause(2)
  look()
  clearInterval(ticking)
  return { wall, cpu: (used.user + used.system) / 1000, blocked, status, bytes }
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
  // To say of thousands why each is where it is takes minutes: nobody confirms a round of the whole country.
  const office = await bigOffice(size === 'country' ? COUNTRY : PREFECTURE, {
    isConfirmed: size !== 'country',
  })
  const urls = addresses(office.routes, 'GET')
    .filter((url) => url.startsWith('/admin') && url.includes(part))
    .map((url) => sampleOf(office, url))
  const open = (url: string) => () =>
    office.app
      .inject({ url, headers: { cookie: office.cookie } })
      .then(({ statusCode, rawPayload }) => ({ status: statusCode, bytes: rawPayload.length }))
  console.log('first: cpu blocked | again: cpu blocked wall | status bytes')
  await office.get('/admin')
  for (const url of urls) {
    office.changeFacts()
    const first = await seenOf(open(url))
    const again = await seenOf(open(url))
    if (Math.max(first.cpu, again.cpu, again.blocked) < Number(floor)) continue
    const figures = [first.cpu, first.blocked, again.cpu, again.blocked, again.wall]
    const written = figures.map((each) => each.toFixed(0).padStart(7)).join('')
    console.log(written, again.status, String(again.bytes).padStart(9), url)
  }
  await office.close()
}
