import { parentPort, workerData } from 'node:worker_threads'
import { gmisFileOf } from '../gmis/gmis.ts'
import { hospitalFileOf } from '../hospitals/file.ts'
import { earlierArchiveOf } from '../reports/earlier-archive.ts'
import { orderSheetOf } from '../reports/order-sheet.ts'
import type { Message } from '../thread/in-thread.ts'
import { xlsxOf } from '../xlsx/write.ts'

/** What is done in a thread of its own: see `inThread`. A list of thousands goes back in parts. */

// biome-ignore lint/suspicious/noExplicitAny: what comes is what the caller of the same name put in
const JOBS: Readonly<Record<string, { run: (input: any) => unknown; list: string | null }>> = {
  hospitals: { run: ({ bytes, options }) => hospitalFileOf(bytes, options), list: 'hospitals' },
  gmis: { run: ({ bytes, options }) => gmisFileOf(bytes, options), list: 'rows' },
  order: { run: ({ bytes }) => orderSheetOf(bytes), list: null },
  archive: { run: ({ bytes }) => earlierArchiveOf(bytes), list: null },
  xlsx: { run: ({ sheets }) => xlsxOf(sheets), list: null },
}

const PART = 250

const { job, input } = workerData as { job: string; input: unknown }
const post = (message: Message<unknown>) => parentPort!.postMessage(message)

try {
  const { run, list } = JOBS[job]!
  const value = await run(input)
  const items = list === null ? undefined : (value as Record<string, unknown>)[list]
  if (!Array.isArray(items)) post({ kind: 'value', value, list: null })
  else {
    for (let at = 0; at < items.length; at += PART) post({ kind: 'part', items: items.slice(at, at + PART) })
    post({ kind: 'value', value: { ...(value as object), [list!]: [] }, list })
  }
} catch (error) {
  const { message, stack = '' } = error as Error
  post({ kind: 'error', error: message, stack })
}
