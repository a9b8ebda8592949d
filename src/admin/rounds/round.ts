import type { FastifyReply } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { EDITION_KINDS, roundLabel } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { VerificationText } from '../../office/rounds/verify.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { mayWork } from '../session/officer.ts'
import { editionHref, openProposalHref } from './address.ts'
import { takeDecided } from './done.ts'
import { type EditionModel, editionModel, settledText } from './edition.ts'
import { type Step, stepsAfter } from './steps.ts'

interface RoundModel extends EditionModel {
  number: number
  label: string
  /** What has just happened to it, and what comes next; null on every later look. */
  done: { heading: string; text: string; next: { href: string; label: string }[] } | null
  /** 次にすること; none on an edition that another one has replaced. */
  steps: Step[]
  /** The places of an 追加選定 begin with 1 again. */
  isAdditional: boolean
  isNewest: boolean
  newest: string
  confirmed: string
  /** The newest first. */
  editions: EditionLine[]
  /** Something about a round waits for its second person: nothing else can be done meanwhile. */
  openProposal: string | null
  verification: VerificationText | null
}

interface EditionLine {
  href: string
  label: string
  kind: string
  confirmed: string
  reason: string
  isShown: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/round': RoundModel
  }
}

/** A confirmed edition of a round, with the others of the round. */
export function roundPage(
  reply: FastifyReply,
  { stores, now }: AdminOptions,
  round: ConfirmedEdition,
  verification: VerificationText | null,
): FastifyReply {
  const { request } = reply
  const { number, edition } = round
  const [base, newest] = [editionHref(stores, round), `/admin/rounds/${number}`]
  const isNewest = base === newest
  const model = editionModel(stores, round, { base, isCurrent: isNewest })
  return adminPage(reply, 'admin/rounds/round', {
    ...model,
    number,
    label: `${roundLabel(number)}の結果${edition === 1 ? '' : `（第${edition}版）`}`,
    done: takeDecided(request)
      ? doneText(stores, round)
      : (ACTED.get(fieldsOf(request.query).get('done')) ?? null),
    steps: isNewest
      ? stepsAfter({ stores, round, model, site: request.site, now: now(), mayWork: mayWork(request) })
      : [],
    isAdditional: number > 1,
    isNewest,
    newest,
    confirmed: settledText(stores, round)!,
    editions: editionLines(stores, round),
    openProposal: openProposalHref(stores),
    verification,
  })
}

function doneText(
  stores: Stores,
  { number, edition, kind, declinedCode }: ConfirmedEdition,
): RoundModel['done'] {
  const name = stores.hospitals.all().find(({ key }) => key === declinedCode)?.name ?? ''
  const label = roundLabel(number)
  const heading = {
    confirmed: `${label}を確定しました`,
    declined: `${name}の辞退を記録し、${label}の第${edition}版を確定しました`,
    reopened: `${label}をやり直し、第${edition}版を確定しました`,
  }[kind]
  const text =
    kind === 'confirmed'
      ? '確定した内容と厚生労働省への報告ファイルを保存しました。後から回答や台帳が変わっても、この結果は変わりません。'
      : '厚生労働省への報告ファイルを作り直しました。既に報告している場合は、差替えが必要です。これまでの版は、そのまま残っています。'
  return {
    heading,
    text,
    next: [{ href: '#next', label: '次の手順へ進む' }],
  }
}

/** What was just done on a page of its own that leads back here. */
const ACTED = new Map<string, RoundModel['done']>(
  Object.entries({
    approval: {
      heading: '文書番号と決裁日を記録しました',
      text: '選定病院一覧にも印字します。',
      next: [{ href: '#next', label: '次の手順へ進む' }],
    },
    shown: {
      heading: '病院に結果を表示しました',
      text: 'この回の結果を、各病院の受付票に表示しています。',
      next: [{ href: '#next', label: '次の手順へ進む' }],
    },
    'points-shown': {
      heading: '病院に点数を表示しました',
      text: '自院の点数と、同じ区分で選定した病院の最も低い点数を、各病院の受付票に表示しています。',
      next: [{ href: '#next', label: '次の手順へ進む' }],
    },
    'points-hidden': {
      heading: '病院に点数を表示しないことにしました',
      text: 'この回の点数を、受付票に表示していません。結果と理由は表示しています。',
      next: [],
    },
    hidden: {
      heading: '病院に結果を表示しないことにしました',
      text: 'この回の結果を、受付票に表示していません。',
      next: [],
    },
  }),
)

function editionLines(stores: Stores, shown: ConfirmedEdition): EditionLine[] {
  const names = new Map(stores.hospitals.all().map(({ key, name }) => [key, name]))
  return stores.editions
    .ofRound(shown.number)
    .toReversed()
    .map((each) => ({
      href: editionHref(stores, each),
      label: `第${each.edition}版`,
      kind:
        labelOf(EDITION_KINDS, each.kind) +
        (each.declinedCode === null ? '' : `（${names.get(each.declinedCode)!}）`),
      confirmed: settledText(stores, each)!,
      reason: each.reason ?? '',
      isShown: each.edition === shown.edition,
    }))
}
