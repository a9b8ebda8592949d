import { recordInBytes } from '../db/record-in-file.ts'
import type { SigningKey } from '../db/signing-keys.ts'
import type { Pin } from '../domain/record/audit-chain.ts'
import { editionLabel } from '../domain/record/round.ts'
import { isHeadSigned, isSignedHead, type SignedHead } from '../domain/record/signed-head.ts'
import { checkSignature } from '../domain/selection/archive/signature.ts'
import { verdictOf } from '../domain/selection/archive/verdict.ts'
import { dateTimeText } from '../domain/text/dates.ts'
import { readBackup } from '../files/backup/backup-file.ts'
import { readEntry } from '../files/backup/tar.ts'
import { type Evidence, NO_EVIDENCE } from '../office/record/verification.ts'
import { badInput } from './command.ts'
import { readInput } from './input.ts'

/** Of an earlier state of the record: archives, backups, databases, logs and signed heads, by what is in them. */
export function evidenceIn(
  files: readonly string[],
  key: string | null,
  keys: readonly Pick<SigningKey, 'publicKey'>[],
): Evidence {
  const signed = { key, keys }
  const found = files.map((file) => evidenceOf(file, readInput(file), signed))
  const isKnown = key === null || keys.some(({ publicKey }) => publicKey === key)
  const unknown = isKnown ? [] : ['--keyの公開鍵は、このデータベースの署名鍵ではありません。']
  return {
    pins: found.flatMap(({ pins }) => pins),
    records: found.flatMap(({ records }) => records),
    problems: [...unknown, ...found.flatMap(({ problems }) => problems)],
  }
}

interface Signed {
  /** By which everything has to be signed; null where nobody has said. */
  key: string | null
  /** Those that the database knows. */
  keys: readonly Pick<SigningKey, 'publicKey'>[]
}

function evidenceOf(file: string, bytes: Buffer, signed: Signed): Evidence {
  const found =
    backupEvidence(file, signed) ??
    (isDatabase(bytes) ? recordOf(file, bytes) : null) ??
    archiveEvidence(file, bytes, signed) ??
    headEvidence(file, bytes, signed)
  if (found) return found
  throw badInput(
    `--against：${file}には、操作の記録と照合できるものがありません。保存用一式（archive.json）、バックアップ、データベースまたはシステムのログを指定してください。`,
  )
}

function isDatabase(bytes: Buffer): boolean {
  return bytes.subarray(0, 16).toString('latin1') === 'SQLite format 3\0'
}

/** Every entry that the record had when it was made; and its signed head has to be by a key that counts. */
function backupEvidence(file: string, signed: Signed): Evidence | null {
  const backup = readBackup(file)
  if (backup === 'not-a-backup') return null
  if (typeof backup === 'string')
    throw badInput(
      `--against：${file}は、${backup === 'newer' ? 'このプログラムより新しい版のバックアップです。' : '壊れているバックアップです。'}照合できません。`,
    )
  const { description, head, entries } = backup
  const found = recordOf(file, readEntry(file, entries.database!))
  if (found === null) throw badInput(`--against：${file}には、操作の記録がありません。`)
  const problem = head && headProblem(head, signed)
  const at = dateTimeText(new Date(description.madeAt))
  const heading = `${file}（${at}のバックアップ）の操作の記録の控え`
  return {
    ...found,
    problems: [
      ...(problem ? [`${heading}${problem}`] : []),
      ...(head === null && signed.key !== null ? [`${heading}に署名がありません。`] : []),
    ],
  }
}

function recordOf(file: string, bytes: Buffer): Evidence | null {
  const entries = recordInBytes(bytes)
  return entries && { ...NO_EVIDENCE, records: [{ source: file, entries }] }
}

function archiveEvidence(file: string, bytes: Buffer, { key, keys }: Signed): Evidence | null {
  const verdict = verdictOf(bytes)
  if (verdict.kind === 'other') return null
  if (verdict.kind === 'mismatch') return { ...NO_EVIDENCE, problems: [`${file}は、${verdict.text}`] }
  const { archive } = verdict.verification
  const { record } = archive
  if (!('audit' in record))
    throw badInput(`--against：${file}は、操作の記録の控えがない以前の形式の保存用一式です。照合できません。`)
  const problem = checkSignature(archive, key)
  const publicKey = 'signature' in archive ? archive.signature?.publicKey : undefined
  const isForeign =
    key === null &&
    publicKey !== undefined &&
    keys.length > 0 &&
    !keys.some((known) => known.publicKey === publicKey)
  return {
    ...NO_EVIDENCE,
    pins: [
      {
        ...record.audit,
        source: `${file}（${editionLabel(record.round, record.edition)}の保存用一式）`,
        at: new Date(record.confirmed.at),
      },
    ],
    problems: [
      ...(problem.ok ? [] : [`${file}：${problem.text}`]),
      ...(isForeign ? [`${file}の署名が、このシステムの署名鍵によるものではありません。`] : []),
    ],
  }
}

/** Signed heads, one or many: as a file of their own, or in the lines of a log. */
function headEvidence(file: string, bytes: Buffer, signed: Signed): Evidence | null {
  const heads = headsIn(bytes.toString('utf8'))
  if (heads.length === 0) return null
  const pins: Pin[] = []
  const problems: string[] = []
  for (const head of heads) {
    const problem = headProblem(head, signed)
    if (problem) problems.push(`${file}の${head.at}の控え（${head.count}件）${problem}`)
    else pins.push({ count: head.count, head: head.head, at: new Date(head.at), source: file })
  }
  return { ...NO_EVIDENCE, pins, problems }
}

function headProblem(head: SignedHead, { key, keys }: Signed): string | null {
  if (!isHeadSigned(head)) return 'の署名が、その内容と一致しません。'
  if (key !== null)
    return head.publicKey === key ? null : 'の署名が、指定した公開鍵によるものではありません。'
  const isKnown = keys.length === 0 || keys.some(({ publicKey }) => publicKey === head.publicKey)
  return isKnown ? null : 'の署名が、このシステムの署名鍵によるものではありません。'
}

function headsIn(text: string): SignedHead[] {
  const whole = headOf(text)
  return whole ? [whole] : text.split('\n').flatMap((line) => headOf(line) ?? [])
}

/** By itself, or as `record` of a line of the log. */
function headOf(text: string): SignedHead | null {
  if (!text.includes('kakuho.record-head/')) return null
  try {
    const value: unknown = JSON.parse(text)
    const within = typeof value === 'object' && value !== null && 'record' in value ? value.record : value
    return isSignedHead(within) ? within : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
