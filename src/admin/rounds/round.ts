import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { EDITION_KINDS, roundLabel } from '../../domain/record/round.ts'
import { mayActAs } from '../../domain/record/staff.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { VerificationText } from '../../office/rounds/verify.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { editionHref, openProposalHref } from './address.ts'
import { takeDecided } from './done.ts'
import { type EditionModel, editionModel, settledText } from './edition.ts'

interface RoundModel extends EditionModel {
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

interface Step {
  heading: string
  note: string
  isDone: boolean
  act: { href: string; label: string; isKey: boolean } | null
  links: { href: string; label: string }[]
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
  stores: Stores,
  round: ConfirmedEdition,
  verification: VerificationText | null,
): FastifyReply {
  const { number, edition } = round
  const [base, newest] = [editionHref(stores, round), `/admin/rounds/${number}`]
  const isNewest = base === newest
  const model = editionModel(stores, round, { base, isCurrent: isNewest })
  return adminPage(reply, 'admin/rounds/round', {
    ...model,
    label: `${roundLabel(number)}の結果${edition === 1 ? '' : `（第${edition}版）`}`,
    done: takeDecided(reply.request) ? doneText(stores, round) : null,
    steps: isNewest ? stepsAfter(model, reply.request) : [],
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
  return { heading, text, next: [{ href: '#next', label: '厚生労働省への報告ファイルを保存する' }] }
}

/** What an officer does with a result, in this order. */
function stepsAfter({ base, selected, waitlisted, report }: EditionModel, request: FastifyRequest): Step[] {
  const { resultsPublished } = request.site
  const mayPublish = mayActAs(officerOf(request).role, 'admin')
  return [
    {
      heading: '厚生労働省への報告ファイルを保存する',
      note: `${selected.length}病院、支援順位の順。${reportText(report)}ほかの形式：`,
      isDone: false,
      act: { href: `${base}/ministry.xlsx`, label: 'Excelで保存する', isKey: true },
      links: [
        { href: `${base}/ministry.csv`, label: 'CSV（UTF-8）' },
        { href: `${base}/ministry.csv?encoding=cp932`, label: 'CSV（Shift_JIS）' },
      ],
    },
    {
      heading: '病院に結果を知らせる',
      note: `選定${selected.length}病院、補欠${waitlisted.length}病院。${resultsPublished ? SHOWN : NOT_SHOWN}${mayPublish ? '' : '設定の変更は、管理者が行います。'}`,
      isDone: resultsPublished,
      act: mayPublish && !resultsPublished ? { href: PUBLISHING, label: '設定を開く', isKey: false } : null,
      links: mayPublish && resultsPublished ? [{ href: PUBLISHING, label: '設定を開く' }] : [],
    },
    {
      heading: '起案・決裁用の一覧を印刷する',
      note: '文書番号、起案日、決裁日、施行日と決裁の欄があります。ほかの一覧：',
      isDone: false,
      act: { href: `${base}/list`, label: '選定病院一覧を開く', isKey: false },
      links: [{ href: `${base}/reasons`, label: '選定理由一覧' }],
    },
  ]
}

const PUBLISHING = '/admin/settings#resultsPublished'
const SHOWN = '病院の受付票に、選定の結果を表示しています。'
const NOT_SHOWN =
  '病院の受付票には、まだ結果を表示していません。設定の「病院への結果の表示」を変更すると、表示します。'

function reportText({ missing, duplicates }: EditionModel['report']): string {
  const blank = new Set(missing.map(({ code }) => code)).size
  const found = [
    ...(blank > 0 ? [`空欄の項目のある病院が${blank}病院`] : []),
    ...(duplicates.length > 0 ? [`病院名・連絡先の重複が${duplicates.length}組`] : []),
  ]
  return found.length === 0
    ? '点検で見つかった問題はありません。'
    : `点検の結果、${found.join('、')}あります。このページの「報告の点検の結果」で確認してください。`
}

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
