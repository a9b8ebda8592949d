import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { AnswerLine } from '../../domain/answer/lines.ts'
import { ROLES, type Role } from '../../domain/record/staff.ts'
import { settingWords } from '../../domain/survey/setting-words.ts'
import { SETTING_LABELS, type SettingKey } from '../../domain/survey/settings.ts'
import { isSameSetting, storedSetting } from '../../domain/survey/stored-setting.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { TYPED_COLUMNS } from '../../files/hospitals/typed.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { adminPage } from '../page.ts'
import type { Unsent } from './session.ts'
import { hospitalNamed, subjectOf } from './subject.ts'

interface ResendModel extends Pick<Unsent, 'url' | 'fields'> {
  /** What was to be done and about what: 試験病院：県の指定. */
  what: string
  /** Whether it would have been registered; a try-out and a recomputation store nothing. */
  stores: boolean
  /** What it is about, then what was typed. */
  lines: AnswerLine[]
  why: NonNullable<Unsent['why']>
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/session/resend': ResendModel
  }
}

/** What was typed into a form whose session had ended, offered again after the login. */
export function unsentRoutes(app: FastifyInstance, stores: Stores): void {
  app.get('/resend', forReaders, async (request, reply) => {
    const { unsent } = request.session
    return unsent ? resendPage(reply, stores, unsent) : reply.redirect('/admin', 303)
  })
}

/** What is being sent waits no longer. */
export function forgetSent(request: FastifyRequest): void {
  if (request.session.unsent?.url === request.url) delete request.session.unsent
}

/**
 * Puts a form aside in the session.
 * @param longest what is larger is not kept
 * @returns whether it could be kept
 */
export function keepUnsent(request: FastifyRequest, longest: number, why?: Unsent['why']): boolean {
  const unsent = unsentOf(request)
  const length = unsent?.fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0) ?? 0
  if (!unsent || length > longest) return false
  request.session.unsent = why ? { ...unsent, why } : unsent
  return true
}

/**
 * A form with everything typed, a fresh token and a button: nothing is sent without the officer's own click, who is
 * told what it is about. The officer may have looked at something else since.
 */
export function resendPage(reply: FastifyReply, stores: Stores, unsent: Unsent): FastifyReply {
  const { url, act, fields, why } = unsent
  const lines = unsentLines(stores, unsent)
  const named = namedBy(stores, unsent)
  return adminPage(reply, 'admin/session/resend', {
    url,
    fields,
    what: named ? `${named.text}：${act}` : act,
    stores: !STORES_NOTHING.test(act),
    lines,
    why: why ?? 'session',
  })
}

/** What was to be done is about, then what was typed. */
export function unsentLines(stores: Stores, { address, fields }: Unsent): AnswerLine[] {
  const subject = address ? subjectOf(stores, address) : []
  return [...subject, ...typedLines(stores, fields).map(({ label, text }) => ({ label, text }))]
}

function namedBy(stores: Stores, { address, fields }: Unsent): AnswerLine | undefined {
  const subject = address ? subjectOf(stores, address) : []
  return [...subject, ...typedLines(stores, fields).filter(({ name }) => name === 'hospitalCode')][0]
}

const STORES_NOTHING = /(試算|検証)$/

function typedLines(stores: Stores, fields: Unsent['fields']): (AnswerLine & { name: string })[] {
  const shown = new Map(fields.filter(([name]) => name.startsWith('shown.')))
  const isOfUser = fields.some(([name]) => name === 'role')
  return fields
    .filter(([name]) => fieldLabel(name) !== null)
    .filter(([name, value]) => isNew(name, value, shown.get(`shown.${name}`)))
    .map(([name, value]) => ({
      name,
      label: isOfUser && name === 'name' ? '氏名' : fieldLabel(name)!,
      text: name === 'hospitalCode' ? hospitalNamed(stores, value) : wordsOf(name, value),
    }))
}

/** Something that was typed, and something else than what stood there when the page was opened. */
function isNew(name: string, value: string, shown: string | undefined): boolean {
  if (shown === undefined) return value.trim() !== ''
  return isSetting(name) ? !isSameSetting(name, value, shown) : value !== shown
}

/** As the page has it that it was chosen on. */
function wordsOf(name: string, value: string): string {
  if (name === 'role') return labelOf(ROLES, value as Role)
  if (isSetting(name)) return settingWords(name, storedSetting(name, value))
  return value
}

function isSetting(name: string): name is SettingKey {
  return Object.hasOwn(SETTING_LABELS, name)
}

/**
 * What an officer typed, for the page that stands where nothing can be stored, and perhaps nothing be read: without a
 * look at what it is about. What has no label of its own is shown where a person wrote it.
 */
export function typedByOfficer({ body }: FastifyRequest): AnswerLine[] {
  const typed = fieldsOf(body)
    .entries()
    .filter(([name, text]) => text.trim() !== '' && !TRAVELLING.test(name))
  return typed.flatMap(([name, text]) => {
    const label = fieldLabel(name) ?? (WRITTEN.test(text) ? OTHER_TEXT : null)
    return label === null || name === 'hospitalCode' ? [] : [{ label, text: wordsOf(name, text) }]
  })
}

/** Hidden fields: what was shown when the page was opened. And what nobody is shown: passwords, and codes that stand for them. */
const TRAVELLING = /^(?:_csrf$|shown|before|digest|token|next$|password|current$|code$)/
const WRITTEN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const OTHER_TEXT = '入力した文'

/** Null where there is nothing to send again: no act of an officer, or a password among the fields. */
export function unsentOf({ url, body, params, routeOptions }: FastifyRequest): Unsent | null {
  const { act, open } = routeOptions.config
  const fields = fieldsOf(body)
    .entries()
    .filter(([name]) => name !== '_csrf')
  if (open || act === undefined || fields.some(([name]) => /password|current/i.test(name))) return null
  const address = { route: routeOptions.url ?? '', params: { ...(params as Record<string, string>) } }
  return { url, act, fields, address }
}

/** A name is whatever was sent: `toString` is no field of ours. */
function fieldLabel(name: string): string | null {
  return Object.hasOwn(LABELS, name) ? LABELS[name]! : null
}

/** Fields that people fill in; the others only travel along. */
const LABELS: Record<string, string> = {
  ...SETTING_LABELS,
  ...Object.fromEntries(TYPED_COLUMNS.map(({ cell, header }) => [cell, header])),
  hospitalCode: '選択した病院',
  lastDay: '受付の最終日',
  name: '名前',
  login: 'ログイン名',
  role: '権限',
  position: '新しい順位',
  reason: '理由',
  basis: '廃棄の理由',
  word: '確認の文字',
  note: '変更の理由',
  freeSeatsReason: '枠を残す理由',
  heading: '見出し',
  text: '本文',
  group: '分類の見出し',
  question: '質問',
  answer: '回答',
  waitingReason: '確認待ちの回答を残したまま確定する理由',
}
