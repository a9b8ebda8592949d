import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { shippedGeography } from '../src/files/geography/shipped-geography.ts'
import { readHospitalFile } from '../src/files/hospitals/file.ts'

/**
 * One import in a process of its own, as a server that was at rest has it: the longest time for which nobody was served,
 * and the most memory above what was held before. Prints JSON.
 */
const bytes = readFileSync(process.argv[2]!)
const geography = shippedGeography('46')
await pause(500)
const atRest = process.memoryUsage.rss()
const seen = { blocked: 0, memory: 0 }
let last = performance.now()
const looking = setInterval(() => {
  const now = performance.now()
  seen.blocked = Math.max(seen.blocked, now - last)
  seen.memory = Math.max(seen.memory, process.memoryUsage.rss() - atRest)
  last = now
}, 2)
last = performance.now()
const begun = performance.now()
const read = await readHospitalFile(bytes, { prefectureCode: '46', geography })
clearInterval(looking)
const hospitals = read.ok ? read.hospitals.length : 0
process.stdout.write(JSON.stringify({ ...seen, wall: performance.now() - begun, hospitals }))
