import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sampleJourney } from './journey.ts'
import { faultless, openLoad } from './load.ts'
import { startServer } from './program.ts'
import { demoFile } from './survey-files.ts'

/**
 * Where the server's time goes under load: `node bench/web/profile.ts --of journey`, or `--of /survey`. What engine and
 * kernel do is counted to who had it done, by its package or its layer.
 */
const { values } = parseArgs({
  options: { of: { type: 'string', default: 'journey' }, seconds: { type: 'string', default: '6' } },
})
const MOST = 25
const IDLE = '(idle)'

using file = await demoFile()
const folder = join(file.databasePath, '..')
const profiling = ['--cpu-prof', `--cpu-prof-dir=${folder}`]
const program = await startServer(file.databasePath, { nodeArguments: profiling })
const { job } = await sampleJourney(program.origin, file, 'br')
const page = {
  method: 'GET',
  path: values.of,
  headers: { 'accept-encoding': 'br' },
  status: 200,
  atLeast: 1,
} as const
const asked = values.of === 'journey' ? job : { ...job, steps: [page] }
const load = openLoad()
const { count } = faultless(
  await load.run({ ...asked, origin: program.origin, seconds: Number(values.seconds) }),
)
load.end()
await program[Symbol.asyncDispose]()
const profiles = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))
report(JSON.parse(readFileSync(join(folder, profiles.sort()[0]!), 'utf8')))

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string }; children?: number[] }[]
  samples: number[]
  timeDeltas: number[]
}

function report({ nodes, samples, timeDeltas }: Profile): void {
  const owners = new Map<number, { part: string; what: string }>()
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const settle = (id: number, above: { part: string; what: string }) => {
    const { callFrame, children = [] } = byId.get(id)!
    const part = partOf(callFrame.url, callFrame.functionName)
    const own = part === null ? above : { part, what: `${part}: ${callFrame.functionName || '(anonymous)'}` }
    owners.set(id, own)
    for (const child of children) settle(child, own)
  }
  settle(nodes[0]!.id, { part: 'Node', what: 'Node' })
  const spent = new Map<string, number>()
  const functions = new Map<string, number>()
  let all = 0
  // Before the load it was starting.
  let left = timeDeltas.reduce((sum, time) => sum + time, 0)
  for (const [index, id] of samples.entries()) {
    const { part, what } = owners.get(id)!
    const time = timeDeltas[index]!
    left -= time
    if (part === IDLE || left > Number(values.seconds) * 1e6) continue
    all += time
    spent.set(part, (spent.get(part) ?? 0) + time)
    functions.set(what, (functions.get(what) ?? 0) + time)
  }
  process.stdout.write(`${count} of ${values.of}, ${(all / 1e6).toFixed(1)} s\n`)
  for (const [title, table] of [
    ['by package or layer', spent],
    ['by function', functions],
  ] as const) {
    process.stdout.write(`\n${title}\n`)
    const most = [...table].toSorted((a, b) => b[1] - a[1]).slice(0, MOST)
    for (const [name, time] of most)
      process.stdout.write(`${((time / all) * 100).toFixed(1).padStart(6)} %  ${name}\n`)
  }
}

/** Null for what belongs to whoever called it. */
function partOf(url: string, name: string): string | null {
  if (name === IDLE || name === '(garbage collector)' || name === '(program)') return name
  const known =
    /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(url) ?? /\/(src\/[^/]+)/.exec(url)
  if (known) return known[1]!
  return url === '' || url.startsWith('node:') ? null : 'views'
}
