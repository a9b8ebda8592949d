import type { Stores } from '../../db/stores.ts'
import { hospitalText } from '../../domain/master/hospital.ts'
import type { RowIssue } from '../../files/table/row-issue.ts'
import type { LookedAt } from '../../office/gmis/look.ts'
import { type GmisReading, readGmis } from '../../office/gmis/reading.ts'
import type { Tone } from '../list/cell.ts'

/** A hospital with the row that names it; `href` null where the master has none. */
interface FileLine {
  row: number | null
  name: string
  href: string | null
}

/** The hospitals of one kind, by name: never what they answered. */
interface FileGroup {
  id: string
  label: string
  /** What becomes of them. */
  note: string
  lines: FileLine[]
}

interface QuestionLine {
  label: string
  column: string | null
  values: { value: string; count: number; tone: Tone; readAs: string }[]
}

/** A GMIS file that was looked at: what would be taken in, what not, and why. */
export interface GmisPreview {
  /** Null where nothing of it is kept, as it cannot be taken in. */
  stage: number | null
  fileName: string
  sheet: string
  problem: string | null
  errors: RowIssue[]
  warnings: RowIssue[]
  /** How many there are, where not all are shown. */
  errorCount: number
  warningCount: number
  questions: QuestionLine[]
  groups: FileGroup[]
  counts: { added: number; changed: number; unchanged: number }
  changes: { name: string; href: string; changes: { label: string; before: string; after: string }[] }[]
  missing: FileLine[]
  stamp: string
}

const MOST_ISSUES = 50

export function gmisPreview(
  stores: Stores,
  file: LookedAt | NonNullable<ReturnType<Stores['gmisStages']['byId']>>,
): { preview: GmisPreview; reading: GmisReading } {
  const reading = readGmis(stores, file)
  const { questions, problem, errors, warnings, added, changed, unchanged, missing, stamp } = reading
  const preview = {
    stage: 'id' in file ? file.id : null,
    fileName: file.fileName,
    sheet: file.sheet,
    problem,
    errors: errors.slice(0, MOST_ISSUES),
    warnings: warnings.slice(0, MOST_ISSUES),
    errorCount: errors.length,
    warningCount: warnings.length,
    questions: questions.map(({ label, column, values }) => ({
      label,
      column,
      values: values.map(({ value, count, readAs }) => ({ value, count, ...READ_AS[String(readAs)]! })),
    })),
    groups: groupsOf(file, reading),
    counts: { added: added.length, changed: changed.length, unchanged: unchanged.length },
    changes: changed.map(({ hospital, changes }) => ({
      name: hospitalText(hospital),
      href: hrefOf(hospital.key),
      changes: changes.map(({ label, before, after }) => ({
        label,
        before: READ_AS[String(before)]!.readAs,
        after: READ_AS[String(after)]!.readAs,
      })),
    })),
    missing: missing.map((hospital) => ({
      row: null,
      name: hospitalText(hospital),
      href: hrefOf(hospital.key),
    })),
    stamp,
  }
  return { preview, reading }
}

const READ_AS: Record<string, { tone: Tone; readAs: string }> = {
  true: { tone: 'ok', readAs: 'はい' },
  false: { tone: 'warn', readAs: 'いいえ' },
  null: { tone: 'muted', readAs: '不明' },
}

function groupsOf({ unknown }: Pick<LookedAt, 'unknown'>, reading: GmisReading): FileGroup[] {
  const named = (each: GmisReading['used']) =>
    each.map(({ row, hospital }) => ({ row, name: hospitalText(hospital), href: hrefOf(hospital.key) }))
  const strangers = unknown.map(({ row, code, name }) => ({ row, name: `${name}（${code}）`, href: null }))
  const groups = [
    {
      id: 'used',
      label: '取り込む病院',
      note: 'GMIS調査の回答の活用に同意した病院です。',
      lines: named(reading.used),
    },
    {
      id: 'without-consent',
      label: '同意のない病院',
      note: '回答票で活用に同意していません。値は読み取らず、どこにも残しません。',
      lines: named(reading.withoutConsent),
    },
    {
      id: 'without-answer',
      label: '有効な回答がない病院',
      note: '同意の有無が分かりません。値は読み取らず、どこにも残しません。回答が届いてから、もう一度取り込んでください。',
      lines: named(reading.withoutAnswer),
    },
    {
      id: 'consented-since',
      label: '選択した後に同意した病院',
      note: 'ファイルを選択した時点では同意がなかったため、値を残していません。取り込む場合は、ファイルをもう一度選択してください。',
      lines: named(reading.consentedSince),
    },
    {
      id: 'emr-differs',
      label: '電子カルテの回答が食い違う病院',
      note: '取り込む病院のうち、GMIS調査では電子カルテがあるとし、回答票では「導入していない」とした病院です。GMIS調査はオーダリングシステムを電子カルテに含めるため、食い違うことがあります。取込みには影響しません。必要な場合は病院に確認してください。',
      lines: named(reading.emrDiffers),
    },
    {
      id: 'unknown',
      label: '病院台帳にない病院',
      note: '取り込みません。コードが病院台帳と一致しているか確認してください。',
      lines: strangers,
    },
  ]
  return groups.filter(({ id, lines }) => !ONLY_WHERE_ANY.has(id) || lines.length > 0)
}

const ONLY_WHERE_ANY = new Set(['consented-since', 'emr-differs'])

function hrefOf(key: string): string {
  return `/admin/hospitals/${encodeURIComponent(key)}`
}
