import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { AnswerLine } from '../../domain/answer/lines.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { type Correction, correctionReader } from '../../office/master/corrections.ts'
import { filingLines, furtherLines } from '../../office/master/further-lines.ts'
import type { AdminOptions } from '../options.ts'
import { hospitalClosingRoutes } from './closing.ts'
import { correctionRoutes } from './corrections.ts'
import { hospitalEditRoutes } from './edit.ts'
import { hospitalMergeRoutes } from './merge.ts'
import { hospitalUnmergeRoutes } from './unmerge.ts'

/** What a hospital's page tells of the work by hand: the rest of its entry, what it states itself, what may be done. */
export interface ByHand {
  further: AnswerLine[]
  filings: AnswerLine[]
  /** What its answers that count, or wait, say of the entry and nobody has settled. */
  open: { number: string; correction: Correction }[]
  /** Hospitals that went into this one. */
  tookIn: { key: string; name: string }[]
}

/** One hospital of the master by hand. */
export function byHandRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  hospitalEditRoutes(app, options)
  hospitalClosingRoutes(app, options, readDraft)
  hospitalMergeRoutes(app, options)
  hospitalUnmergeRoutes(app, options)
  correctionRoutes(app, options)
}

export function byHandOf(stores: Stores, hospital: Hospital): ByHand {
  const correctionOf = correctionReader(stores)
  return {
    further: furtherLines(hospital),
    filings: filingLines(hospital),
    open: stores.submissions.ofHospital(hospital.key).flatMap((submission) => {
      const correction = submission.state === 'withdrawn' ? null : correctionOf(submission)
      return correction?.state === 'open' ? [{ number: submission.number, correction }] : []
    }),
    tookIn: stores.hospitalActs
      .mergers()
      .filter(({ kept }) => kept === hospital.key)
      .map(({ gone, goneBefore }) => ({ key: gone, name: goneBefore.name })),
  }
}

/** What happened, and what it means, behind an act of this kind. */
export function byHandDone(done: string): string | undefined {
  return DONE.get(done)
}

const DONE = new Map([
  ['added', '病院を追加しました。公開の回答フォームの一覧にも表示されます。'],
  ['added-linked', '病院を追加し、回答をこの病院の回答としました。'],
  ['edited', '登録内容を変更しました。変更前と変更後の内容は、記録に残っています。選定案に反映しています。'],
  ['unchanged', '登録内容に、変更はありませんでした。'],
  ['corrected', '病院からの訂正の申出を「対応済み」にしました。'],
  ['closed', '調査から外しました。公開の回答フォームの一覧、病院の数、選定案に入りません。'],
  ['reopened', '調査に戻しました。公開の回答フォームの一覧、病院の数、選定案に再び入ります。'],
  [
    'merged',
    '2つの病院を統合しました。確認待ちになった回答がある場合は、どちらを有効とするかを決めてください。',
  ],
  ['unmerged', '統合を取り消しました。移った回答と判断は、この病院に戻っています。'],
])
