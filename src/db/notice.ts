import { desc, eq } from 'drizzle-orm'
import { type Notice, readNotice } from '../domain/notice/notice.ts'
import { SHIPPED_NOTICE } from '../domain/notice/shipped.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { prepared } from './prepared.ts'
import { noticeVersions } from './schema.ts'

/** One save of the notice. */
interface NoticeVersion {
  /** 0 is what comes with the program. */
  version: number
  notice: Notice
}

/** A save with what it was, without its texts. */
interface NoticeSave {
  version: number
  change: string
  author: string
  createdAt: Date
}

export function noticeStore(db: Db) {
  return {
    current: (): NoticeVersion => latest(db),

    byVersion(version: number): NoticeVersion | null {
      if (version === 0) return { version, notice: SHIPPED_NOTICE }
      const row = db.select().from(noticeVersions).where(eq(noticeVersions.version, version)).get()
      return row ? { version, notice: readNotice(row.body) } : null
    },

    /** Every save, newest first. */
    saves: (): NoticeSave[] => {
      const { version, change, author, createdAt } = noticeVersions
      return db
        .select({ version, change, author, createdAt })
        .from(noticeVersions)
        .orderBy(desc(version))
        .all()
    },

    /**
     * Unless somebody else saved since `version` was shown.
     * @param change what was changed, in words: 「事業の流れ」を変更
     */
    saveAfter: (
      version: number,
      notice: Notice,
      { change, ...by }: Act & { change: string },
    ): NoticeOutcome =>
      immediately(db, (tx) => {
        if (latest(tx).version !== version) return 'changed-meanwhile'
        const row = { body: JSON.stringify(notice), change, author: by.actor, createdAt: by.at }
        const saved = tx
          .insert(noticeVersions)
          .values(row)
          .returning({ version: noticeVersions.version })
          .get()
        appendAudit(tx, {
          ...by,
          action: 'notice.changed',
          subject: `notice ${saved.version}`,
          detail: { change },
        })
        return 'saved'
      }),
  }
}

type NoticeOutcome = 'saved' | 'changed-meanwhile'

const latestRow = prepared((db) =>
  db.select().from(noticeVersions).orderBy(desc(noticeVersions.version)).limit(1).prepare(),
)

function latest(db: Db | Transaction): NoticeVersion {
  const row = latestRow(db).get()
  return row ? { version: row.version, notice: readNotice(row.body) } : { version: 0, notice: SHIPPED_NOTICE }
}
