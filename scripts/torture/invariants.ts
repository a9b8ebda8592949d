import { sql } from 'drizzle-orm'
import type { OpenDatabase } from '../../src/db/open.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { askedOf, formOf, parseSubmissionForm } from '../../src/domain/answer/form.ts'
import { PROXY_QUESTIONS, QUESTIONS } from '../../src/domain/answer/questions.ts'
import { asSent, type Submission, sameAnswers } from '../../src/domain/answer/submission.ts'
import { parsePolicy } from '../../src/domain/selection/policy.ts'
import { parseSettings } from '../../src/domain/survey/settings-schema.ts'

/** What may be in no text of a survey: controls, marks that change the direction or that nobody sees, lost characters. */
const UNWANTED = /[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd]/u
/** Between the lines of a text. */
const WANTED = /[\n\t]/g

/**
 * Columns that hold what came, byte for byte, or texts of ours with the line ends of a file: files as they were frozen,
 * mails as they go out, sessions.
 */
const AS_THEY_CAME =
  /^(?:edition_files|report_files|outbox|sessions|staged_imports|gmis_\w+|__drizzle_migrations|sqlite_\w+)\./

/** What of a database is not as every page and command would leave it; none where all is valid. */
export function violations({ db }: Pick<OpenDatabase, 'db'>): string[] {
  const stores = openStores(db, () => new Date())
  return [
    ...fileFaults(db),
    ...textFaults(db),
    ...settingsFaults(db),
    ...policyFaults(db),
    ...stores.submissions.all().flatMap((submission) => answerFaults(stores, submission)),
    ...stores.hospitals
      .all()
      .flatMap(({ key, name, beds }) =>
        name.trim() !== '' && name.length <= 400 && Number.isInteger(beds) && beds >= 0 && beds <= 9_999
          ? []
          : [`hospital ${key}: name or beds`],
      ),
    ...recordFaults(stores),
  ]
}

type Db = OpenDatabase['db']

/** That the file is whole: by SQLite itself, and by the record's own chain. */
export function fileFaults(db: Db): string[] {
  const [integrity] = db.all<{ integrity_check: string }>(sql`PRAGMA integrity_check`)
  const orphans = db.all(sql`PRAGMA foreign_key_check`)
  return [
    ...(integrity?.integrity_check === 'ok' ? [] : [`integrity_check: ${integrity?.integrity_check}`]),
    ...(orphans.length === 0 ? [] : [`foreign_key_check: ${orphans.length}`]),
  ]
}

export function recordFaults({ audit }: Stores): string[] {
  const broken = audit.verify()
  return broken === null ? [] : [`audit_log: entry ${JSON.stringify(broken)}`]
}

/** Every text of every table, and every text in what is kept as JSON. */
function textFaults(db: Db): string[] {
  const tables = db.all<{ name: string }>(sql`SELECT name FROM sqlite_master WHERE type = 'table'`)
  return tables.flatMap(({ name }) => {
    if (AS_THEY_CAME.test(`${name}.`)) return []
    const rows = db.all<Record<string, unknown>>(sql.raw(`SELECT * FROM "${name}"`))
    return rows.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) =>
        textsIn(value)
          .filter((text) => UNWANTED.test(text.replace(WANTED, '')))
          .slice(0, 1)
          .map(
            (text) =>
              `${name}.${column} (${row.action ?? row.id ?? row.key ?? ''}): ${JSON.stringify(text.slice(0, 60))}${JSON.stringify(UNWANTED.exec(text.replace(WANTED, ''))?.[0])}`,
          ),
      ),
    )
  })
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    const inner = /^[[{]/.test(value) ? json(value) : null
    return inner === null ? [value] : textsIn(inner)
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return []
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)])
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function settingsFaults(db: Db): string[] {
  const rows = db.all<{ key: string; value: string }>(sql`SELECT key, value FROM settings`)
  const parsed = parseSettings(Object.fromEntries(rows.map(({ key, value }) => [key, value])))
  return parsed.ok ? [] : parsed.refusals.map(({ key, message }) => `setting ${key}: ${message}`)
}

function policyFaults(db: Db): string[] {
  const rows = db.all<{ id: number; body: string }>(sql`SELECT id, body FROM policies`)
  return rows.flatMap(({ id, body }) => {
    const parsed = parsePolicy(JSON.parse(body))
    return parsed.ok ? [] : [`policy ${id}: ${JSON.stringify(parsed.problems).slice(0, 200)}`]
  })
}

/** What is stored says the same when it is sent again. */
function answerFaults({ questions }: Stores, submission: Submission): string[] {
  const further = questions.all()
  const isByStaff = submission.enteredBy !== null || submission.channel !== 'web'
  const asked = askedOf(further, submission.answers.extra, isByStaff ? PROXY_QUESTIONS : QUESTIONS)
  // A question may have become required since.
  const lenient = {
    ...asked,
    questions: asked.questions.map((question) =>
      question.id.startsWith('q.') ? { ...question, required: false } : question,
    ),
  }
  const parsed = parseSubmissionForm(formOf(asSent(submission), lenient.questions), (code) => code, lenient)
  if (!parsed.ok) return [`${submission.number}: ${JSON.stringify(parsed.errors)}`]
  return sameAnswers(parsed.submission.answers, submission.answers)
    ? []
    : [`${submission.number}: read again it says something else`]
}
