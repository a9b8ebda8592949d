import type { Draw } from '../../db/lot-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { LotLine } from '../../domain/lot/lottery.ts'
import { isDrawn, LOT_METHODS } from '../../domain/lot/method.ts'
import { METHOD_EXPLANATIONS, recomputation } from '../../domain/lot/words.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { hospitalsOnLot, type OnLot } from '../../domain/selection/words/lots.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText, dayText } from '../../domain/text/dates.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { type LotPhase, type LotStanding, lotStanding } from '../../office/lot/standing.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'

/** A line of a record: what it is, and what it says. */
interface Line {
  label: string
  text: string
}

/** The draw as a page shows it. */
interface DrawShown {
  lines: Line[]
  /** くじ番号 by 受付番号; null of an announced source. */
  list: LotLine[] | null
  seed: string
  steps: string[]
  /** What was typed wrong, and put right. */
  corrections: Line[]
  /** '' while only officers know it. */
  publishedAt: string
  /** It orders a confirmed selection: nothing can be put right any more. */
  isSettled: boolean
  isAnnounced: boolean
  /** The round that it was drawn for, where another one keeps it; '' else. */
  keptFrom: string
}

export interface LotModel {
  round: number
  /** For the round that is prepared the address needs none. */
  query: string
  roundLabel: string
  isAdditional: boolean
  phase: LotPhase
  methodLabel: string
  explanation: string
  deadline: string
  mayChoose: boolean
  /** What will be drawn by, or was to be; empty where nothing is announced. */
  announced: Line[]
  isAnnounced: boolean
  /** The numbers of the rounds before are known: with few new ones the seed could be guessed. */
  isGuessable: boolean
  knownOn: string
  tied: number
  onLot: OnLot[]
  draw: DrawShown | null
}

/** The round whose draw a page is about: the one that is prepared, or a confirmed one that is named. */
export function standingOf({ stores, now }: AdminOptions, source: unknown): LotStanding {
  const wanted = fieldsOf(source).get('round')
  const round = stores.editions.newest().find(({ number }) => String(number) === wanted)
  return lotStanding(stores, now(), round?.number)
}

export function lotModel(stores: Stores, standing: LotStanding, { reading }: Draft): LotModel {
  const { round, phase, method, draw, closesAt, announced, mayChoose } = standing
  const nameOf = officerNames(stores)
  return {
    round,
    query: queryOf(stores, round),
    roundLabel: roundLabel(round),
    isAdditional: round > 1,
    phase,
    methodLabel: labelOf(LOT_METHODS, method),
    explanation: METHOD_EXPLANATIONS[method],
    deadline: closesAt ? deadlineText({ closesAt }) : '',
    mayChoose,
    isAnnounced: method === 'announced',
    announced: announced
      ? [
          { label: '抽選に用いるもの', text: announced.source },
          { label: '結果が公表される日', text: dayText(announced.knownOn) },
          { label: '登録', text: `${dateTimeText(announced.createdAt)}　${nameOf(announced.author)}` },
        ]
      : [],
    isGuessable: round > 1 && method === 'receipts' && phase === 'before',
    knownOn: announced ? dayText(announced.knownOn) : '',
    tied: isDrawn(method) ? reading.lots().tied.size : 0,
    onLot: hospitalsOnLot(reading),
    draw: draw && drawShown(draw, { round, nameOf }),
  }
}

/** '' for the round that is prepared, ?round=1 for one that is done anew. */
function queryOf({ editions }: Stores, round: number): string {
  return editions.newestOf(round) ? `?round=${round}` : ''
}

function drawShown(
  { lottery, drawn, closesAt, published, isSettled, round: drawnFor }: Draw,
  { round, nameOf }: { round: number; nameOf: (login: string) => string },
): DrawShown {
  const who = `${dateTimeText(drawn.at)}　${nameOf(drawn.actor)}`
  const deadline = { label: '回答期限', text: deadlineText({ closesAt }) }
  const common = {
    seed: lottery.seed,
    steps: recomputation(lottery),
    publishedAt: published ? dateTimeText(published.at) : '',
    isSettled,
    keptFrom: drawnFor === round ? '' : roundLabel(drawnFor),
  }
  if (lottery.method === 'receipts')
    return {
      ...common,
      lines: [
        { label: '抽選の実施', text: who },
        deadline,
        { label: '用いたくじ番号', text: `${lottery.list.length}件` },
      ],
      list: lottery.list,
      corrections: [],
      isAnnounced: false,
    }
  return {
    ...common,
    lines: [
      { label: '抽選に用いるもの', text: lottery.source },
      { label: '登録', text: dateTimeText(new Date(lottery.announcedAt)) },
      deadline,
      { label: '公表された結果', text: lottery.value },
      { label: '立会人', text: lottery.witnesses.join('、') },
      { label: '結果の入力', text: who },
    ],
    list: null,
    corrections: lottery.corrections.map(({ at, by, from, reason }) => ({
      label: `${dateTimeText(new Date(at))}　${nameOf(by)}`,
      text: `訂正前：${from}\n理由：${reason}`,
    })),
    isAnnounced: true,
  }
}

/** The page of the draw, after an act on it. */
export function doneHref(stores: Stores, round: number, done: string): string {
  const kept = queryOf(stores, round)
  return `/admin/lot${kept === '' ? '?' : `${kept}&`}done=${done}`
}
