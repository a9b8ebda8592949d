import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Act } from '../db/acts.ts'
import type { NextEditionCounts } from '../db/next-edition.ts'
import type { Stores } from '../db/stores.ts'

/** Makes the survey file of the next edition, whole or not at all. @param path of a file that does not exist yet */
export function makeNextEdition(stores: Stores, path: string, by: Act & { file: string }): NextEditionCounts {
  try {
    return stores.nextEdition(path, by)
  } catch (error) {
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
    throw error
  }
}

/** The same as bytes to be taken away. */
export function nextEditionBytes(stores: Stores, by: Act & { file: string }): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-next-'))
  try {
    const path = join(folder, 'next.db')
    makeNextEdition(stores, path, by)
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
