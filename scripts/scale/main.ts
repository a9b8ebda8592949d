import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { nation, size } from './nation.ts'
import { SCRIPT } from './prefecture.ts'
import { type Scale, scale } from './scale.ts'

/**
 * Three surveys behind one nginx on this machine, and what 47 would take: `npm run scale`, or
 * `npm run scale -- --seconds 8 --write`, which puts it into docs/performance.md.
 */
const { values } = parseArgs({
  options: {
    hospitals: { type: 'string', default: '230' },
    seconds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
})
const run = await scale({
  hospitals: Number(values.hospitals),
  seconds: Number(values.seconds),
  say: (line) => process.stderr.write(`  ${line}\n`),
})
for (const fault of run.faults) process.stdout.write(`FAULT ${fault}\n`)
if (run.faults.length > 0) process.exitCode = 1
const text = `${machine()}\n\n${table(run)}\n\n### 47 prefectures on one machine\n\n${country(run)}\n`
process.stdout.write(`\n${text}`)
if (values.write) write(text)

function machine(): string {
  const date = new Date().toISOString().slice(0, 10)
  const program = relative(resolve(import.meta.dirname, '../..'), SCRIPT)
  return `${date}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, node ${process.version}, ${program}, ${values.hospitals} hospitals each, ${values.seconds} s a load, the clients on the same cores.`
}

function table({
  atRest,
  afterLoad,
  nginx,
  litestream,
  alone,
  together,
  cpu,
  killed,
  restored,
}: Scale): string {
  const memory = (list: Scale['atRest'], of: 'rss' | 'pss') =>
    list.map((each) => (each[of] / 1_000_000).toFixed(0)).join(', ')
  const rows: [string, string][] = [
    ['memory at rest, RSS (PSS) of each, MB', `${memory(atRest, 'rss')} (${memory(atRest, 'pss')})`],
    ['after the load', `${memory(afterLoad, 'rss')} (${memory(afterLoad, 'pss')})`],
    ['nginx; three Litestreams, PSS', `${size(nginx.pss)}; ${size(litestream.pss)}`],
    [
      'journeys a second through TLS (form, 確認, send, receipt; each stored): one survey alone',
      alone.toFixed(0),
    ],
    [
      'all three at once',
      `${together.map((rate) => rate.toFixed(0)).join(' + ')} = ${together.reduce((sum, rate) => sum + rate, 0).toFixed(0)}`,
    ],
    [
      'processor a journey: program, nginx, Litestream, ms',
      `${cpu.program.toFixed(1)}, ${cpu.nginx.toFixed(1)}, ${cpu.litestream.toFixed(1)}`,
    ],
    [
      'one killed (kill -9) under load: the others meanwhile',
      `${killed.others} journeys, ${killed.refusedOfOthers} refused`,
    ],
    ['receipts of all three that do not open afterwards', `${killed.lost}`],
    [
      'the killed one is away',
      `${(killed.awayMs / 1_000).toFixed(1)} s: 1 s until it is started again, ${(killed.startMs / 1_000).toFixed(1)} s to start; its hospitals get the page with 503 and send again`,
    ],
    [
      'one lost with all its files, put together of its replica and a backup’s keys, under load of the others',
      `${restored.lost} of ${restored.receipts.toLocaleString('en-US')} receipts lost, the oldest ${restored.behindMs} ms before; ${(restored.tookMs / 1_000).toFixed(1)} s until it answers`,
    ],
  ]
  return `| what | figures |\n| --- | --- |\n${rows.map(([what, figure]) => `| ${what} | ${figure} |`).join('\n')}`
}

function country(measured: Scale): string {
  const rows = nation(measured).map(([what, figure, by]) => `| ${what} | ${figure} | ${by} |`)
  return `| what | figure | by |\n| --- | --- | --- |\n${rows.join('\n')}`
}

function write(figures: string): void {
  const path = resolve(import.meta.dirname, '../../docs/performance.md')
  const between = /(?<=<!-- scale -->\n)[\s\S]*(?=<!-- end of scale -->)/
  const document = readFileSync(path, 'utf8')
  if (!between.test(document)) throw new Error('docs/performance.md has no place for the figures of scale')
  writeFileSync(
    path,
    document.replace(between, () => figures),
  )
}
