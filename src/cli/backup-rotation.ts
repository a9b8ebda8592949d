import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tokyoClock } from '../domain/text/dates.ts'
import { readBackup, type WholeBackup } from '../files/backup/backup-file.ts'
import { PART } from './backup-making.ts'

/** kakuho-20261218-170530.tar, by the clocks in Japan. */
export function backupName(at: Date): string {
  const [day, time] = tokyoClock(at).toISOString().slice(0, 19).replace(/[-:]/g, '').split('T')
  return `kakuho-${day}-${time}.tar`
}

const NAME = /^kakuho-\d{8}-\d{6}\.tar$/
const PART_NAME = new RegExp(`^kakuho-\\d{8}-\\d{6}\\.tar${PART}\\w{6}$`)
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Leaves the newest of a folder's backups, and takes away the older ones: of this survey alone, under names that were given here,
 * and each read through before it is counted or taken away. What is damaged, or whose record does not hold, neither counts nor goes.
 * @param made the one that was just made, which is good and stays
 */
export function rotate(
  folder: string,
  made: { name: string; survey: string },
  { keep, at, print }: { keep: number; at: Date; print: (line: string) => void },
): void {
  removeRemains(folder, at)
  const good: { name: string; madeAt: string }[] = []
  for (const name of namesIn(folder, NAME, 'file').filter((each) => each !== made.name)) {
    const found = readBackup(join(folder, name))
    if (typeof found === 'string')
      print(`${join(folder, name)}：壊れています。世代に数えず、削除もしません。`)
    else if (isGood(found, made.survey)) good.push({ name, madeAt: found.description.madeAt })
  }
  const older = good.toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1)).slice(keep - 1)
  for (const { name } of older) rmSync(join(folder, name))
  const kept = good.length - older.length + 1
  print(`${folder}：${kept}世代を残し、古い${older.length}世代を削除しました。`)
}

function isGood({ description: { record } }: WholeBackup, survey: string): boolean {
  return record.brokenAt === null && record.first === survey
}

/** Of backups that were killed while they were made; one of today may still be in the making. */
function removeRemains(folder: string, at: Date): void {
  for (const name of namesIn(folder, PART_NAME, 'folder')) {
    const path = join(folder, name)
    if (at.getTime() - lstatSync(path).mtimeMs > DAY_MS) rmSync(path, { recursive: true })
  }
}

function namesIn(folder: string, pattern: RegExp, kind: 'file' | 'folder'): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((each) => pattern.test(each.name) && (kind === 'file' ? each.isFile() : each.isDirectory()))
    .map(({ name }) => name)
}
