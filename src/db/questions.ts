import { desc, sql } from 'drizzle-orm'
import { askedFurther, type FurtherQuestion, readFurther } from '../domain/answer/further.ts'
import { brokenByChange } from '../domain/answer/further-change.ts'
import type { AuditValue } from '../domain/record/audit.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { prepared } from './prepared.ts'
import { questionLists, submissionVersions } from './schema.ts'

/** The further questions as they stand after one change. */
interface QuestionList {
  /** 0 while there never was one. */
  version: number
  questions: FurtherQuestion[]
}

/** A change with what it was, without the texts. */
interface QuestionSave {
  version: number
  change: string
  author: string
  createdAt: Date
}

interface QuestionAct extends Act {
  /** The list that was changed on the page: a newer one is not written over unseen. */
  basedOn?: number | undefined
  /** What was changed, in words, and as the record names it. */
  change: string
  action: 'question.added' | 'question.changed' | 'question.moved' | 'question.ended' | 'question.resumed'
  /** The labels of the questions that it is about. */
  subject: string
  detail: Record<string, AuditValue>
}

/** `answered`: the list takes something from a question that was answered. Only `saved` changed anything. */
type QuestionOutcome = 'saved' | 'unchanged' | 'changed-meanwhile' | 'answered'

/** What this edition asks beyond every edition's questions. */
export function questionStore(db: Db) {
  return {
    /** All that there ever were, in the order of the form: to read any answer by. */
    all: (): FurtherQuestion[] => latest(db).questions,

    /** Those that a new answer is asked, with the options that it is offered. */
    asked: (): FurtherQuestion[] => askedFurther(latest(db).questions),

    current: (): QuestionList => latest(db),

    /** Every change, newest first. */
    saves: (): QuestionSave[] => {
      const { version, change, author, createdAt } = questionLists
      return db
        .select({ version, change, author, createdAt })
        .from(questionLists)
        .orderBy(desc(version))
        .all()
    },

    /** The options that a question has or ever had, by their ids: another one is not called by any of them. */
    optionIds: (id: string): string[] => {
      const lists = db.select({ body: questionLists.body }).from(questionLists).all()
      const options = lists.flatMap(({ body }) =>
        readFurther(body).flatMap((question) => (question.id === id ? question.options : [])),
      )
      return [...new Set(options.map((option) => option.id))]
    },

    /** How many answers, of any version and in any state, say something to a question; by its id, without those at 0. */
    answered: (): ReadonlyMap<string, number> => answered(db),

    save: (questions: readonly FurtherQuestion[], act: QuestionAct): QuestionOutcome =>
      immediately(db, (tx) => save(tx, questions, act)),
  }
}

const latestRow = prepared((db) =>
  db.select().from(questionLists).orderBy(desc(questionLists.version)).limit(1).prepare(),
)

function latest(db: Db | Transaction): QuestionList {
  const row = latestRow(db).get()
  return row ? { version: row.version, questions: readFurther(row.body) } : { version: 0, questions: [] }
}

function save(
  tx: Transaction,
  questions: readonly FurtherQuestion[],
  { basedOn, change, action, subject, detail, actor, at }: QuestionAct,
): QuestionOutcome {
  const before = latest(tx)
  const body = JSON.stringify(questions)
  if (body === JSON.stringify(before.questions)) return 'unchanged'
  if (basedOn !== undefined && basedOn !== before.version) return 'changed-meanwhile'
  if (brokenByChange(before.questions, questions, new Set(answered(tx).keys())).length > 0) return 'answered'
  tx.insert(questionLists).values({ body, change, author: actor, createdAt: at }).run()
  appendAudit(tx, { at, actor, action, subject, detail })
  return 'saved'
}

function answered(db: Db | Transaction): Map<string, number> {
  const rows = db.all<{ id: string; count: number }>(
    sql`SELECT key AS id, count(DISTINCT ${submissionVersions.submission}) AS count
      FROM ${submissionVersions}, json_each(${submissionVersions.extra}) GROUP BY key`,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}
