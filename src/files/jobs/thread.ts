import { parentPort } from 'node:worker_threads'
import { readingOf } from '../../domain/selection/reading.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { stabilityOf } from '../../domain/selection/stability.ts'
import type { SetContents } from '../disclosure/contents.ts'
import { setOf } from '../disclosure/set.ts'
import { gmisFileOf } from '../gmis/gmis.ts'
import { hospitalFileOf } from '../hospitals/file.ts'
import { earlierArchiveOf } from '../reports/earlier-archive.ts'
import { orderSheetOf } from '../reports/order-sheet.ts'
import type { Message, Task } from '../thread/in-thread.ts'
import { type SheetPart, type XlsxSheet, xlsxOfParts } from '../xlsx/write.ts'

/** What is done in a thread of its own: see `inThread`. A list of thousands goes back in parts. */

interface Job {
  /** @param parts of what is long in it, in their order */
  run(input: unknown, parts: readonly unknown[]): unknown
  /** What of its result is long. */
  list: string | null
}

const JOBS: Readonly<Record<string, Job>> = {
  hospitals: job(hospitalFileOf, 'hospitals'),
  gmis: job(gmisFileOf, 'rows'),
  order: job(orderSheetOf, null),
  archive: job(earlierArchiveOf, null),
  disclosure: { run: (input) => setOf(input as SetContents), list: null },
  stability: { run: (input) => stabilityOf(readingOf(snapshotIn(input))), list: null },
  xlsx: {
    run: (heads, parts) => xlsxOfParts(heads as XlsxSheet[], parts as SheetPart[]),
    list: null,
  },
}

/** A reader of a file: what comes is what the caller of the same name put in. */
function job<Options>(read: (bytes: Uint8Array, options: Options) => unknown, list: string | null): Job {
  const run = (input: unknown) => {
    const { bytes, options } = input as { bytes: Uint8Array; options: Options }
    return read(bytes, options)
  }
  return { run, list }
}

/** One that the program made itself: there is nothing to look through. */
function snapshotIn(input: unknown): Snapshot {
  return JSON.parse((input as { snapshot: string }).snapshot)
}

const PART = 250

const post = (message: Message<unknown>) => parentPort!.postMessage(message)

let parts: unknown[] = []

parentPort!.on('message', async (message: Task | { part: unknown }) => {
  if ('part' in message) {
    parts.push(message.part)
    return
  }
  const { job: name, input } = message
  const given = parts
  parts = []
  try {
    const { run, list } = JOBS[name]!
    const value = await run(input, given)
    const items = list === null ? undefined : (value as Record<string, unknown>)[list]
    if (!Array.isArray(items)) post({ kind: 'value', value, list: null })
    else {
      for (let at = 0; at < items.length; at += PART)
        post({ kind: 'part', items: items.slice(at, at + PART) })
      post({ kind: 'value', value: { ...(value as object), [list!]: [] }, list })
    }
  } catch (error) {
    const { message, stack = '' } = error as Error
    post({ kind: 'error', error: message, stack })
  }
})
