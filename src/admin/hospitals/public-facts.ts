import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  type FilingMapping,
  filingRuleText,
  PUBLIC_FACTS,
  type PublicFactId,
} from '../../domain/master/public-facts.ts'
import { canonicalJson, sha256Hex } from '../../domain/text/canonical.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { type FilingsAhead, filingsAhead } from '../../office/public-facts.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import { shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { parseRules, ruleFields, shownRules, type TypedRule, typedRules } from './typed-filings.ts'

interface PublicFactsModel {
  lines: ReturnType<typeof ruleFields>
  facts: readonly Choice<PublicFactId>[]
  version: number
  versions: { version: number; at: string; author: string; lines: string[] }[]
  /** What the lines would come to; null where they cannot be read. */
  ahead: FilingsAhead | null
  /** Of the lines that `ahead` is of, where it is of typed ones: nobody saves others unseen. */
  shown: string | null
  errorSummary: ErrorLine[]
  /** Why nothing was saved, where something could be. */
  isStale: 'version' | 'shown' | null
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/public-facts': PublicFactsModel
  }
}

const PATH = '/hospitals/public-facts'

/** 公表情報: which 施設基準 filing shows which safeguard, between which days. */
export function publicFactRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function show(reply: FastifyReply, lines: readonly TypedRule[], extras: Extras = {}) {
    const { errors = {}, mapping = null, shown = null, isStale = null, done = null } = extras
    const nameOf = officerNames(stores)
    return adminPage(reply, 'admin/hospitals/public-facts', {
      lines: ruleFields(lines, errors),
      facts: PUBLIC_FACTS,
      version: stores.filingMappings.current().version,
      versions: stores.filingMappings.versions().map(({ version, mapping, author, createdAt }) => ({
        version,
        at: dateTimeText(createdAt!),
        author: nameOf(author!),
        lines: mapping.map(filingRuleText),
      })),
      ahead: mapping && filingsAhead(stores, mapping),
      shown,
      errorSummary: errorLines(errors),
      isStale,
      done,
    })
  }

  app.get(PATH, forOfficers, async (request, reply) => {
    const { mapping } = stores.filingMappings.current()
    const done = DONE.get(fieldsOf(request.query).get('done')) ?? null
    return show(reply, shownRules(mapping), { mapping, done })
  })

  const toSave = { config: { role: 'officer', act: '施設基準の届出と対策の対応付けの変更' } } as const
  app.post(PATH, toSave, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const lines = typedRules(fields)
    const parsed = parseRules(lines, now())
    if (!parsed.ok) return show(reply.code(422), lines, parsed)
    const { mapping } = parsed
    const looked = { mapping, shown: sha256Hex(canonicalJson(mapping)) }
    if (fields.get('act') === 'look') return show(reply, lines, looked)
    if (!stillShows(request.body, 'shown', looked.shown))
      return show(reply.code(409), lines, { ...looked, isStale: 'shown' })
    const basedOn = shownId(fields.get('version'))
    const by = { actor: officerOf(request).login, at: now(), basedOn }
    const outcome = stores.filingMappings.save(mapping, by)
    if (outcome === 'changed-meanwhile')
      return show(reply.code(409), lines, { ...looked, isStale: 'version' })
    return reply.redirect(`/admin${PATH}?done=${outcome}`, 303)
  })
}

interface Extras {
  errors?: Record<string, string>
  mapping?: FilingMapping | null
  shown?: string | null
  isStale?: PublicFactsModel['isStale']
  done?: string | null
}

const DONE: ReadonlyMap<string, string> = new Map([
  ['saved', '対応付けを変更しました。選定案に反映しています。確定した選定は変わりません。'],
  ['unchanged', '対応付けに、変更はありませんでした。'],
])
