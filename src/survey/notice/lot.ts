import type { FastifyInstance } from 'fastify'
import type { Draw } from '../../db/lot-rows.ts'
import type { LotLine } from '../../domain/lot/lottery.ts'
import { LOT_METHODS } from '../../domain/lot/method.ts'
import { correctionLines, drawnFromText, recomputation } from '../../domain/lot/words.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText, dayText } from '../../domain/text/dates.ts'
import { keptPage } from '../../web/kept-page.ts'
import type { SurveyOptions } from '../options.ts'

/** A draw as anybody may see it: it names no hospital and no officer. */
interface PublicDraw {
  round: number
  label: string
  method: string
  drawnAt: string
  from: string
  /** Of an announced source. */
  lines: { label: string; text: string }[]
  list: LotLine[] | null
  seed: string
  steps: string[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/notice/lot': { draws: PublicDraw[] }
  }
}

/** 抽選の結果: once drawn and published, with everything that it takes to compute it again. */
export function lotRoutes(app: FastifyInstance, { stores }: SurveyOptions): void {
  keptPage(app, '/lot', (_site, view) => {
    const draws = stores.lots.draws().filter(({ published }) => published !== null)
    if (draws.length === 0) return null
    return view('survey/notice/lot', { draws: draws.toReversed().map(publicDraw) })
  })
}

function publicDraw({ round, lottery, drawn, closesAt }: Draw): PublicDraw {
  return {
    round,
    label: roundLabel(round),
    method: labelOf(LOT_METHODS, lottery.method),
    drawnAt: dateTimeText(drawn.at),
    from: drawnFromText(lottery, deadlineText({ closesAt })),
    lines: lottery.method === 'announced' ? announcedLines(lottery) : [],
    list: lottery.method === 'receipts' ? lottery.list : null,
    seed: lottery.seed,
    steps: recomputation(lottery),
  }
}

function announcedLines(lottery: Extract<Draw['lottery'], { method: 'announced' }>): PublicDraw['lines'] {
  const { source, announcedAt, knownOn, value, witnesses } = lottery
  return [
    { label: '抽選に用いたもの', text: source },
    { label: '御案内に掲載した日時', text: dateTimeText(new Date(announcedAt)) },
    { label: '結果が公表された日', text: dayText(knownOn) },
    { label: '公表された結果', text: value },
    { label: '立会人', text: witnesses.join('、') },
    ...correctionLines(lottery),
  ]
}
