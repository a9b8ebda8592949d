import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { StoredClassChange } from '../../db/disclosure.ts'
import {
  type ColumnRule,
  classLabel,
  type DocumentRules,
  GROUNDS,
  openingText,
} from '../../domain/disclosure/classes.ts'
import { columnText } from '../../domain/disclosure/column-words.ts'
import { editionLabel } from '../../domain/record/round.ts'
import { dateText, dateTimeText } from '../../domain/text/dates.ts'
import { isPublished } from '../../office/disclosure/set.ts'
import { wordingInForce } from '../../office/disclosure/wording.ts'
import { officerNames } from '../../office/officer-names.ts'
import { disclosureClasses } from '../../office/rounds/disclosure-classes.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { columnHref } from './address.ts'

interface ColumnLine {
  column: string
  /** 開示, or the grounds: 公共安全・法人等 */
  label: string
  isOpen: boolean
  /** When it is closed though it is open, and why it is as it is. */
  notes: string[]
  /** Who decided it otherwise than the table. */
  changed: string
  href: string
}

interface DisclosureModel {
  rounds: { href: string; label: string; confirmedAt: string; isPublished: boolean }[]
  ordinance: string
  wordings: { label: string; text: string }[]
  documents: {
    id: string
    title: string
    note: string
    closed: number
    columns: ColumnLine[]
  }[]
  changes: { at: string; by: string; what: string; reason: string }[]
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/disclosure/disclosure': DisclosureModel
  }
}

const DONE: ReadonlyMap<string, string> = new Map([
  ['column', '開示の区分を変更しました'],
  ['wording', '条例の名称と理由の文言を変更しました'],
])

/** Every column with its class, the sets of the rounds, and what is to be looked at before one goes out. */
export function disclosurePage(app: FastifyInstance, { stores }: AdminOptions): void {
  app.get('/disclosure', forOfficers, async (request, reply) => {
    const { changes, documents } = disclosureClasses(stores)
    const nameOf = officerNames(stores)
    const { ordinance, wordings } = wordingInForce(stores, request.site.prefecture)
    return adminPage(reply, 'admin/disclosure/disclosure', {
      rounds: roundsOf(request),
      ordinance,
      wordings: GROUNDS.map(({ id, label }) => ({ label, text: wordings[id] })),
      documents: documents.map((document) => documentLines(document, changes, nameOf)),
      changes: changes.toReversed().map((change) => changeLine(change, documents, nameOf)),
      done: DONE.get(fieldsOf(request.query).get('done')) ?? null,
    })
  })

  function roundsOf({ site }: FastifyRequest): DisclosureModel['rounds'] {
    return stores.editions.newest().map(({ number, edition, settled }) => ({
      href: `/admin/rounds/${number}/disclosure.zip`,
      label: editionLabel(number, edition),
      confirmedAt: dateText(settled.at),
      isPublished: isPublished(stores, site, number),
    }))
  }
}

function documentLines(
  { id, title, note = '', columns }: DocumentRules,
  changes: readonly StoredClassChange[],
  nameOf: (login: string) => string,
): DisclosureModel['documents'][number] {
  const own = new Map(changes.filter(({ document }) => document === id).map((each) => [each.column, each]))
  const lines = columns.map((rule) => columnLine(id, rule, own.get(rule.column), nameOf))
  return {
    id,
    title,
    note,
    closed: lines.filter(({ isOpen }) => !isOpen).length,
    columns: lines,
  }
}

function columnLine(
  document: string,
  rule: ColumnRule,
  change: StoredClassChange | undefined,
  nameOf: (login: string) => string,
): ColumnLine {
  const { column, grounds, opening, note = '', isSecret } = rule
  const condition = opening && `${openingText(opening)}、${classLabel({ grounds })}により不開示`
  return {
    column: columnText(rule),
    label: opening ? '開示（条件付き）' : classLabel({ grounds }),
    isOpen: grounds.length === 0 || opening !== undefined,
    notes: [condition ?? '', note, isSecret ? '開示に変更できません。' : ''].filter(Boolean),
    changed: change ? `${dateText(change.setAt)}に${nameOf(change.setBy)}が変更。理由：${change.reason}` : '',
    href: columnHref(document, column),
  }
}

function changeLine(
  { document, column, grounds, reason, setBy, setAt }: StoredClassChange,
  documents: readonly DocumentRules[],
  nameOf: (login: string) => string,
): DisclosureModel['changes'][number] {
  const title = documents.find(({ id }) => id === document)?.title ?? document
  return {
    at: dateTimeText(setAt),
    by: nameOf(setBy),
    what: `${title}の「${columnText({ column })}」を${grounds.length === 0 ? '開示' : `不開示（${classLabel({ grounds })}）`}に変更`,
    reason,
  }
}
