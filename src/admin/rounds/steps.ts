import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { dayText } from '../../domain/text/dates.ts'
import { letterCounts } from '../../office/letters/untold.ts'
import { lotInForce } from '../../office/lot/in-force.ts'
import { type RoundAcceptance, roundAcceptance, unconfirmed } from '../../office/rounds/acceptance.ts'
import { unconfirmedText } from '../../office/rounds/acceptance-mail.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { publicationReader } from '../../office/rounds/publication.ts'
import { reportedRound } from '../../office/rounds/reported.ts'
import type { Site } from '../../web/site.ts'
import type { EditionModel } from './edition.ts'

/** One thing that comes after a confirmation; ticked by facts alone. */
export interface Step {
  heading: string
  note: string
  isDone: boolean
  act: { href: string; label: string; isKey: boolean } | null
  links: { href: string; label: string }[]
}

interface Asked {
  stores: Stores
  round: ConfirmedEdition
  model: EditionModel
  site: Site
  now: Date
  /** Who only reads is offered no act. */
  mayWork: boolean
}

/** What an officer does with a result, in this order: the first that is open is the one to press. */
export function stepsAfter(asked: Asked): Step[] {
  const steps = [
    approvalStep(asked),
    acceptanceStep(asked),
    publicationStep(asked),
    ...lotStep(asked),
    reportStep(asked),
    lettersStep(asked),
  ]
  const next = steps.findIndex(({ isDone, isOptional, act }) => !isDone && !isOptional && act !== null)
  return steps.map(({ isOptional: _, act, ...step }, index) => ({
    ...step,
    act: act && { ...act, isKey: index === next },
  }))
}

type Offered = Omit<Step, 'act'> & {
  act: { href: string; label: string } | null
  isOptional?: boolean
}

function approvalStep({ stores, round, model: { base }, mayWork }: Asked): Offered {
  const paper = stores.approvalPapers.ofEdition(round.number, round.edition).at(-1)
  const links = [
    { href: `${base}/list`, label: '選定病院一覧' },
    { href: `${base}/reasons`, label: '選定理由一覧' },
  ]
  if (!paper)
    return {
      heading: '起案・決裁の文書番号と決裁日を記録する',
      note: '起案に付ける一覧を印刷し、決裁が済んだら、文書番号と決裁日を記録します。印刷用：',
      isDone: false,
      isOptional: true,
      act: mayWork ? { href: `${base}/approval`, label: '文書番号と決裁日を記録する' } : null,
      links,
    }
  return {
    heading: '起案・決裁の文書番号と決裁日を記録する',
    note: `${paper.documentNumber}、${dayText(paper.decidedOn)}決裁。`,
    isDone: true,
    act: null,
    links: [...links, ...(mayWork ? [{ href: `${base}/approval`, label: '訂正する' }] : [])],
  }
}

function acceptanceStep({ stores, round, model: { base }, now, mayWork }: Asked): Offered {
  const acceptance = roundAcceptance(stores, round, now)
  const heading = '受諾確認（任意）'
  const page = { href: `${base}/acceptance`, label: '病院ごとの状況' }
  if (!acceptance.request)
    return {
      heading,
      note: '選定した病院に、支援を受けるかどうかを、報告の前に受付票で確認できます。行わずに次へ進むこともできます。',
      isDone: false,
      isOptional: true,
      act: mayWork ? { href: `${base}/acceptance/ask`, label: '受諾確認を始める' } : null,
      links: [page],
    }
  const isDone = unconfirmed(acceptance).length === 0
  return {
    heading,
    note: acceptanceNote(acceptance),
    isDone,
    isOptional: true,
    act: isDone ? null : { href: page.href, label: '病院ごとの状況を見る' },
    links: isDone ? [page] : [],
  }
}

function acceptanceNote(acceptance: RoundAcceptance): string {
  const { request, isOpen } = acceptance
  const deadline = deadlineText({ closesAt: request!.closesAt! })
  const until = isOpen ? `${deadline}まで受け付けています。` : `${deadline}で締め切りました。`
  return `${until}${unconfirmedText(acceptance) ?? 'すべての病院から受諾の連絡がありました。'}`
}

/** Only where it was drawn for this round: one without a new deadline has the last draw, published or not. */
function lotStep({ stores, round, mayWork }: Asked): Offered[] {
  const { draw } = lotInForce(stores, round.number)
  if (draw?.round !== round.number) return []
  const isDone = draw.published !== null
  return [
    {
      heading: '抽選の結果を公開する（任意）',
      note: isDone
        ? '誰でも計算し直して確かめられるページで、公開しています。'
        : 'くじ番号などを公開すると、誰でも計算し直して確かめられます。病院の名前は載りません。',
      isDone,
      isOptional: true,
      act:
        mayWork && !isDone
          ? { href: `/admin/lot/publication?round=${round.number}`, label: '公開の確認へ' }
          : null,
      links: isDone ? [{ href: '/lot', label: '抽選の結果' }] : [],
    },
  ]
}

function publicationStep({ stores, round, model, site, mayWork }: Asked): Offered {
  const { isShown, showsPoints, last } = publicationReader(stores, site.resultsPublished)(round.number)
  const href = `${model.base}/publication`
  const points = { href: `${href}/points`, label: showsPoints ? '点数の表示をやめる' : '点数も表示する' }
  const hasPoints = frozenRoundReader(stores)(round).reasons !== null
  const counts = `選定${model.selected.length}病院、補欠${model.waitlisted.length}病院。`
  const by = last ? '' : '（設定の「病院への結果の表示」によります。）'
  return {
    heading: '病院に結果を表示する',
    note: `${counts}病院の受付票に、この回の結果を${showsPoints ? '点数とともに' : ''}${isShown ? '表示しています' : 'まだ表示していません'}${isShown ? by : ''}。`,
    isDone: isShown,
    act: mayWork && !isShown ? { href, label: '病院に結果を表示する' } : null,
    links: mayWork && isShown ? [{ href, label: '表示をやめる' }, ...(hasPoints ? [points] : [])] : [],
  }
}

function reportStep({ stores, round, model, mayWork }: Asked): Offered {
  const { base, selected, report } = model
  const reported = reportedRound(stores.reports.all(), round.number)
  const isCurrent = reported?.edition === round.edition
  const files = [
    { href: `${base}/ministry.xlsx`, label: 'Excel' },
    { href: `${base}/ministry.csv`, label: 'CSV（UTF-8）' },
    { href: `${base}/ministry.csv?encoding=cp932`, label: 'CSV（Shift_JIS）' },
  ]
  const record = reported && {
    href: `/admin/reports/${reported.report.id}`,
    label: `報告第${reported.report.id}号`,
  }
  const sent = reported
    ? `${dayText(reported.report.facts.reportedOn)}に報告しました（${reported.report.facts.documentNumber}）。`
    : ''
  const what = isCurrent
    ? sent
    : `${sent}${reported ? 'その後に新しい版を確定しました。報告を差し替えてください。' : ''}${selected.length}病院、支援順位の順。${reportText(report)}`
  return {
    heading: '厚生労働省に報告し、報告を記録する',
    note: `${what}${isCurrent ? '' : 'この回のファイル：'}`,
    isDone: isCurrent,
    act:
      mayWork && !isCurrent
        ? { href: `${base}/report`, label: reported ? '差替えの報告をする' : '点検して報告する' }
        : null,
    links: [...(isCurrent ? [] : files), ...(record ? [record] : [])],
  }
}

function lettersStep({ stores, round, mayWork }: Asked): Offered {
  const { all, untold } = letterCounts(stores, round)
  const href = `/admin/letters?round=${round.number}`
  const isDone = all > 0 && untold === 0
  return {
    heading: '病院に通知文を送る',
    note: isDone
      ? `${all}病院に送りました。`
      : `${all}病院のうち${untold}病院に、まだ送っていません（発送またはメールの記録によります）。`,
    isDone,
    act: mayWork && !isDone ? { href, label: '通知文を作る' } : null,
    links: mayWork && isDone ? [{ href, label: '通知文' }] : [],
  }
}

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
