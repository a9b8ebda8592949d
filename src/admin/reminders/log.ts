import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Reminder } from '../../db/reminders.ts'
import { labelOfOccasion } from '../../domain/survey/reminder.ts'
import { type Choice, labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { forReaders } from '../access.ts'
import { hospitalLink, type Tone, tag } from '../list/cell.ts'
import { listFileRoutes } from '../list/files.ts'
import { type List, type ListPage, listPage, narrowed } from '../list/list.ts'
import { anyText, listQuery, oneOf, pageNumber, type QueryOf } from '../list/query.ts'
import { type Column, fileColumns } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/reminders/log': { list: ListPage }
  }
}

type Result = 'waiting' | 'sent' | 'failed' | 'answered' | 'closed' | 'revoked'

const RESULTS: readonly Choice<Result>[] = [
  { id: 'waiting', label: '送信待ち' },
  { id: 'sent', label: '送信済み' },
  { id: 'failed', label: '届きませんでした' },
  { id: 'answered', label: '回答があったため送信せず' },
  { id: 'closed', label: '期限を過ぎたため送信せず' },
  { id: 'revoked', label: 'リンクを取り消したため送信せず' },
]

const TONES: Record<Result, Tone> = {
  waiting: 'warn',
  sent: 'ok',
  failed: 'error',
  answered: 'muted',
  closed: 'muted',
  revoked: 'muted',
}

const LOG = listQuery('/admin/reminders/log', {
  q: anyText,
  result: oneOf(RESULTS.map(({ id }) => id)),
  page: pageNumber,
})

interface LogRow extends Reminder {
  hospitalName: string
  result: Result
  by: string
}

/** 督促の記録: what was sent, when, to whom, and what became of it. */
export function reminderLogRoutes(app: FastifyInstance, options: AdminOptions): void {
  app.get('/reminders/log', forReaders, async (request, reply) => {
    const { list, rows, query } = logIn(request, options)
    return adminPage(reply, 'admin/reminders/log', { list: listPage(list, rows, query) })
  })
  const names = { path: '/reminders/log', name: '督促の記録', action: 'reminders.exported' }
  listFileRoutes(app, options, names, (request, { type, encoding }) => {
    const { list, rows, query } = logIn(request, options)
    return {
      columns: fileColumns(list.columns),
      rows: narrowed(list, rows, query),
      subject: type,
      detail: encoding ? { encoding } : {},
    }
  })
}

function logIn({ query }: FastifyRequest, { stores }: AdminOptions) {
  const names = new Map(stores.hospitals.all().map(({ key, name }) => [key, name]))
  const nameOf = officerNames(stores)
  const rows = stores.reminders.all().map(
    (reminder): LogRow => ({
      ...reminder,
      hospitalName: names.get(reminder.hospitalCode) ?? reminder.hospitalCode,
      result: resultOf(reminder),
      by: nameOf(reminder.author),
    }),
  )
  const list: List<LogRow, QueryOf<typeof LOG>> = {
    query: LOG,
    search: {
      placeholder: '病院名、宛先',
      texts: ({ hospitalName, recipient }) => [hospitalName, recipient],
    },
    filters: [
      {
        name: 'result',
        label: '結果',
        choices: RESULTS,
        matches: ({ result }, wanted) => result === wanted,
      },
    ],
    columns: COLUMNS,
    onPage: COLUMNS.map(({ header }) => header),
    unit: '件',
    table: { label: '督促の記録' },
  }
  return { list, rows, query: LOG.parse(query) }
}

const COLUMNS: readonly Column<LogRow>[] = [
  {
    header: '日時',
    value: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => dateTimeText(createdAt),
    look: 'by',
  },
  {
    header: '病院',
    value: ({ hospitalName }) => hospitalName,
    cell: ({ hospitalCode, hospitalName }) => hospitalLink(hospitalCode, hospitalName),
    look: 'name',
  },
  { header: '督促の機会', value: occasionText, look: 'keep' },
  { header: '宛先', value: ({ recipient }) => recipient, look: 'mail' },
  { header: '件名', value: ({ subject }) => subject },
  { header: 'アドレス', value: ({ hasOwnLink }) => (hasOwnLink ? '病院ごとのリンク' : '回答フォーム') },
  {
    header: '結果',
    value: ({ result }) => labelOf(RESULTS, result),
    cell: ({ result }) => tag(TONES[result], labelOf(RESULTS, result)),
  },
  {
    header: '送信日時',
    value: ({ mail }) => mail.sentAt,
    cell: ({ mail }) => (mail.sentAt ? dateTimeText(mail.sentAt) : ''),
    look: 'by',
  },
  { header: '送った人', value: ({ by }) => by },
]

function occasionText({ occasion, repeat }: LogRow): string {
  const label = labelOfOccasion(occasion)
  return repeat === 0 ? label : `${label}（${repeat + 1}回目）`
}

/** Why a reminder is left out; the other reasons are receipts'. */
const LEFT_OUT = ['answered', 'closed', 'revoked'] as const

function resultOf({ mail }: Reminder): Result {
  if (mail.sentAt) return 'sent'
  if (mail.leftOutReason) return LEFT_OUT.find((each) => each === mail.leftOutReason) ?? 'waiting'
  return mail.failedAt ? 'failed' : 'waiting'
}
