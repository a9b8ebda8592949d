import type { PurgedTable } from '../db/purge.ts'
import type { Stores } from '../db/stores.ts'
import { isRetentionOver } from '../domain/survey/retention.ts'
import { dateTimeText, dayText } from '../domain/text/dates.ts'

/** Why nothing may be deleted yet. */
export type PurgeObstacle =
  | { kind: 'no-day' }
  | { kind: 'kept'; until: string }
  /** The package was never taken away, or something was changed since. */
  | { kind: 'not-taken'; isOutdated: boolean }

export function purgeObstacle(stores: Stores, now: Date): PurgeObstacle | null {
  const settings = stores.settings.read()
  const { retentionUntil } = settings
  if (retentionUntil === null) return { kind: 'no-day' }
  if (!isRetentionOver(settings, now)) return { kind: 'kept', until: dayText(retentionUntil) }
  const entries = stores.audit.all()
  const taken = entries.findLastIndex(({ action }) => action === 'package.exported')
  if (taken < 0) return { kind: 'not-taken', isOutdated: false }
  return entries.slice(taken).some(isChange) ? { kind: 'not-taken', isOutdated: true } : null
}

/** What the package would say otherwise. Who logged in, or took something away, is nothing of it. */
function isChange({ action, subject }: { action: string; subject: string }): boolean {
  const noun = action.split('.')[0]!
  if (UNCHANGING.has(noun) || /\.(?:exported|downloaded|verified|viewed)$/.test(action)) return false
  return !(action === 'settings.changed' && subject === 'retentionUntil')
}

const UNCHANGING: ReadonlySet<string> = new Set([
  ...['login', 'logout', 'session', 'staff', 'audit', 'package', 'tally', 'backup', 'signing-key'],
  ...['next-edition', 'rehearsal'],
])

/** What stands in the way, with what to do about it. */
export function obstacleText(obstacle: PurgeObstacle): string {
  switch (obstacle.kind) {
    case 'no-day':
      return '保存期間の満了日が設定されていません。設定で入力してください。'
    case 'kept':
      return `保存期間（${obstacle.until}まで）が満了していません。満了するまで、回答は消去できません。`
    case 'not-taken':
      return obstacle.isOutdated
        ? '一式を保存した後に、変更がありました。「一式の保存」でもう一度保存してから、消去してください。'
        : '一式が保存されていません。「一式の保存」で保存してから、消去してください。'
  }
}

type PurgeOutcome = { kind: 'purged'; isSwept: boolean } | { kind: 'refused'; obstacle: PurgeObstacle }

interface PurgeRequest {
  at: Date
  basis: string
  /** Removes the keys that open nothing any more. */
  forgetKeys: () => void
}

/** Deletes everything that the survey holds, and leaves counts. */
export function endKeeping(stores: Stores, { at, basis, forgetKeys }: PurgeRequest): PurgeOutcome {
  const obstacle = stores.together(() => {
    const found = purgeObstacle(stores, at)
    if (found) return found
    const { retentionUntil } = stores.settings.read()
    const sign = (message: Uint8Array) => stores.signer?.sign(message) ?? null
    stores.purge.purge({ at, retentionUntil: retentionUntil!, basis, sign })
    return null
  })
  if (obstacle) return { kind: 'refused', obstacle }
  forgetKeys()
  return { kind: 'purged', isSwept: stores.purge.sweep(at) }
}

/** What goes, in the words of the office: several tables are one thing. */
export function purgedLines(tables: readonly PurgedTable[]): { label: string; rows: number }[] {
  const lines = new Map<string, number>()
  for (const { table, rows } of tables) {
    const label = GROUPS.find(([, pattern]) => pattern.test(table))?.[0] ?? 'その他'
    lines.set(label, (lines.get(label) ?? 0) + rows)
  }
  return [...GROUPS.map(([label]) => label), 'その他'].flatMap((label) =>
    lines.has(label) ? [{ label, rows: lines.get(label)! }] : [],
  )
}

/** The first that fits. */
const GROUPS: readonly [label: string, tables: RegExp][] = [
  ['回答', /^submissions$/],
  ['回答の版（訂正を含む）', /^submission_versions$/],
  ['回答についての判断と照会', /^(answer_|flag_|correction_|late_links)/],
  ['GMIS調査の回答', /^gmis_/],
  ['病院台帳', /^(hospital|fact_|waiting_|staged_|filing_)/],
  ['メール', /^outbox$/],
  ['調査依頼、督促、連絡', /^(invitation|reminders|contacts|message_)/],
  [
    '選定の案、確定結果、報告',
    /^(edition|approval_|acceptance_|publications|report|overrides|rank_|scenarios|policies|lot_)/,
  ],
  ['通知文', /^letter/],
  ['御案内、質問、別添', /^(notice_|question_|attachments)/],
  ['開示の区分', /^disclosure_/],
  ['操作の記録', /^audit_log$/],
  ['利用者とログイン', /^(staff|sessions|login_|second_|known_|recovery_)/],
  ['設定', /^settings$/],
]

/** What every address says once nothing is kept any more; null before. */
export function endedSurvey({ purge }: Pick<Stores, 'purge'>) {
  const done = purge.last()
  return (
    done && {
      purgedAt: dateTimeText(done.purgedAt),
      retentionUntil: dayText(done.retentionUntil),
      basis: done.basis,
      lines: purgedLines(done.tables),
      record: done.record,
    }
  )
}
