import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  type ColumnRule,
  classLabel,
  type DocumentRules,
  GROUNDS,
  type Ground,
  openingText,
} from '../../domain/disclosure/classes.ts'
import { columnText } from '../../domain/disclosure/column-words.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { officerNames } from '../../office/officer-names.ts'
import { disclosureClasses } from '../../office/rounds/disclosure-classes.ts'
import { fieldsOf } from '../../web/fields.ts'
import { shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { COLUMN_ADDRESS, columnHref, type OfColumn } from './address.ts'

interface ColumnModel {
  action: string
  title: string
  column: string
  /** As it counts now. */
  current: string
  note: string
  isSecret: boolean
  follows: number
  /** '' where nothing is chosen yet. */
  choice: string
  grounds: { id: Ground; label: string; isChosen: boolean }[]
  reason: string
  errors: { is: string; grounds: string; reason: string }
  errorSummary: ErrorLine[]
  isStale: boolean
  /** Who changed it meanwhile, and to what. */
  meanwhile: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/disclosure/column': ColumnModel
  }
}

/** One column's class, changed with a reason. */
export function columnRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const toChange = { config: { role: 'officer', act: '開示の区分の変更' } } as const

  app.get<OfColumn>(COLUMN_ADDRESS, toChange, async ({ params }, reply) => {
    const found = find(params)
    return found ? show(reply, found, {}) : refusal(reply, 'not-found')
  })

  app.post<OfColumn>(COLUMN_ADDRESS, toChange, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const found = find(request.params)
    if (!found) return refusal(reply, 'not-found')
    const chosen = fields.all('grounds')
    const typed = {
      choice: fields.get('is'),
      chosen: GROUNDS.map(({ id }) => id).filter((id) => chosen.includes(id)),
      reason: fields.get('reason'),
    }
    const { errors, reason } = checked(typed, found.rule)
    if (errors.is || errors.grounds || errors.reason)
      return show(reply.code(422), found, { ...typed, errors })
    const follows = shownId(fields.get('follows'))
    const grounds = typed.choice === 'open' ? [] : typed.chosen
    const by = { actor: officerOf(request).login, at: now(), reason }
    const { last } = found
    // A second click: it is so already, by this officer.
    const isDone = last !== null && last.id !== follows && last.setBy === by.actor && last.reason === reason
    if (isDone && last.grounds.join() === grounds.join()) return done(reply, found)
    const change = { document: found.document.id, column: found.rule.column, grounds, follows }
    if (stores.disclosure.decide(change, by) === 'overtaken')
      return show(reply.code(409), find(request.params)!, { ...typed, isStale: true })
    return done(reply, found)
  })

  function find(asked: OfColumn['Params']) {
    const { changes, documents } = disclosureClasses(stores)
    const document = documents.find(({ id }) => id === asked.document)
    const rule = document?.columns.find(({ column }) => column === asked.column)
    if (!document || !rule) return null
    const last = changes.findLast((each) => each.document === document.id && each.column === rule.column)
    return { document, rule, last: last ?? null }
  }

  type Found = NonNullable<ReturnType<typeof find>>

  function show(reply: FastifyReply, { document, rule, last }: Found, state: Typed): FastifyReply {
    const { choice = '', chosen = rule.grounds, reason = '', errors = NO_ERRORS, isStale = false } = state
    return adminPage(reply, 'admin/disclosure/column', {
      action: columnHref(document.id, rule.column),
      title: document.title,
      column: columnText(rule),
      current: currentText(rule),
      note: rule.note ?? '',
      isSecret: rule.isSecret === true,
      follows: last?.id ?? 0,
      choice,
      grounds: GROUNDS.map((ground) => ({ ...ground, isChosen: chosen.includes(ground.id) })),
      reason,
      errors,
      errorSummary: errorLines({ ...errors }),
      isStale,
      meanwhile:
        isStale && last
          ? `${officerNames(stores)(last.setBy)}が、${currentText(last)}に変更しました。理由：${last.reason}`
          : '',
    })
  }
}

interface Typed {
  choice?: string
  chosen?: readonly Ground[]
  reason?: string
  errors?: ColumnModel['errors']
  isStale?: boolean
}

const NO_ERRORS = { is: '', grounds: '', reason: '' }

function checked(
  { choice, chosen, reason }: { choice: string; chosen: readonly Ground[]; reason: string },
  { isSecret, ...rule }: ColumnRule,
): { errors: ColumnModel['errors']; reason: string } {
  const parsed = parseReason(reason)
  const errors = {
    is:
      choice === 'open' && isSecret
        ? `「${columnText(rule)}」は、持っている人が病院として操作できるため、開示に変更できません。「不開示」を選んでください。`
        : choice === 'open' || choice === 'closed'
          ? ''
          : '「開示」または「不開示」を選んでください。',
    grounds:
      choice === 'closed' && chosen.length === 0 ? '不開示とする理由の区分を、1つ以上選んでください。' : '',
    reason: parsed.ok ? '' : `区分を変更する${parsed.message}`,
  }
  return { errors, reason: parsed.ok ? parsed.reason : '' }
}

function currentText({ grounds, opening }: Pick<ColumnRule, 'grounds' | 'opening'>): string {
  if (grounds.length === 0) return '開示'
  const closed = `不開示（${classLabel({ grounds })}）`
  return opening ? `開示。ただし、${openingText(opening)}${closed}` : closed
}

function done(reply: FastifyReply, { document }: { document: DocumentRules }): FastifyReply {
  return reply.redirect(`/admin/disclosure?done=column#${anchorOf(document.id)}`, 303)
}

/** reminders/log → reminders-log */
function anchorOf(id: string): string {
  return id.replace(/\W/g, '-')
}
