import { sealDraft } from '../../src/survey/answer/draft-link.ts'
import { aForm } from '../support/builders.ts'
import { FOUR } from '../support/further.ts'
import {
  AFTER,
  answered,
  asking,
  at,
  byLot,
  drawn,
  drawnFromSource,
  having,
  on,
  type PageStates,
  posted,
  sent,
  unwritable,
  withdrawn,
} from '../support/page-states.ts'
import { OTHER } from '../support/survey.ts'

const BEFORE = '2024-03-01T00:00:00Z'
const bad = { ...OTHER, hospitalName: '', emr: 'planned' }
const further = { 'q.links': '12', 'q.kinds': 'インターネット、遠隔保守', 'q.map': 'no' }
const extended = having({ closesAt: '2024-03-25', originalClosesAt: '2024-03-18' })
/** No compression shortens it. */
const long = Array.from({ length: 9000 }, (_, index) =>
  String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
).join('')

/** The pages up to the sending of an answer. */
export const BEFORE_SENDING: PageStates = {
  調査の御案内: {
    受付開始前: ['回答の受付開始', at('/', on(BEFORE))],
    受付中: ['回答をはじめる', at('/')],
    この調査だけの質問: ['問7', at('/', asking(FOUR))],
    期限の延長後: ['延長しました', at('/', extended)],
    受付終了後: ['回答の受付は終了しました', at('/', on(AFTER))],
    抽選の方法の掲載: ['点数が同じ病院の順位', at('/', byLot)],
  },
  抽選の結果: {
    くじ番号の一覧: ['確かめ方', at('/lot', answered({}, {}), drawn)],
    公表された結果: ['立会人', at('/lot', answered(), drawnFromSource)],
  },
  '事業のQ&A': { 表示: ['事業に関するQ&A', at('/qa')] },
  選定の方法: { 表示: ['例：6つの病院から4病院を選ぶ', at('/selection')] },
  '回答票（印刷用）': {
    表示: ['送付先', at('/survey/blank')],
    この調査だけの質問: ['問7', at('/survey/blank', asking(FOUR))],
  },
  個人情報の取扱い: { 表示: ['提供する相手', at('/privacy')] },
  ウェブアクセシビリティ: { 表示: ['JIS X 8341-3', at('/accessibility')] },
  回答の入力: {
    未入力: ['確認画面へ進む', at('/survey')],
    入力済み: ['確認画面へ進む', sent('/survey/form', aForm({ emr: 'planned', emrPlannedMonth: '2024-09' }))],
    一覧にない病院: ['病院の所在地', sent('/survey/form', aForm(OTHER))],
    エラー: ['入力内容を確認してください', sent('/survey/confirm', bad)],
    別の端末での続き: [
      'リンク',
      (site, page) => {
        const draft = { secret: site.secret, expiresAt: new Date(AFTER) }
        return page.goto(`${site.address}/survey/resume?d=${sealDraft(aForm(), draft)}`)
      },
    ],
    期限の延長後: ['延長しました', at('/survey', extended)],
    この調査だけの質問: ['問7', at('/survey', asking(FOUR))],
    この調査だけの質問のエラー: [
      '外部接続点の数を入力してください',
      sent('/survey/confirm', aForm(), asking(FOUR)),
    ],
    受付開始前: ['回答の受付は、まだ始まっていません', at('/survey', on(BEFORE))],
    受付終了後: ['回答の受付は終了しました', at('/survey', on(AFTER))],
    受付終了後の送信: [
      '送信されなかった内容',
      sent('/survey', aForm({ remarks: '一行目\n二行目' }), on(AFTER)),
    ],
  },
  回答内容の確認: {
    確認: ['まだ送信されていません', sent('/survey/confirm', aForm())],
    この調査だけの質問: ['12か所', sent('/survey/confirm', { ...aForm(), ...further }, asking(FOUR))],
    一覧にない病院: ['一覧にない病院', sent('/survey/confirm', aForm(OTHER))],
    選定の対象とならない回答: [
      '御確認ください',
      sent('/survey/confirm', aForm({ emr: 'none', intent: 'none' })),
    ],
    保存できないとき: ['続く場合は', sent('/survey', aForm({ remarks: '一行目\n二行目' }), unwritable)],
    送信の集中: [
      'もう一度押してください',
      sent('/survey', aForm(), (site) => posted(site, '/survey', aForm(), 301)),
    ],
    取り下げた回答の再送信: [
      '既に取り下げられています',
      (site, page) => {
        const { submissionId } = aForm()
        return sent(
          '/survey',
          aForm({ submissionId, intent: 'none' }),
          answered({ submissionId }),
          withdrawn,
        )(site, page)
      },
    ],
  },
  院内決裁用の印刷: { 表示: ['決裁日', sent('/survey/print', aForm({ remarks: '一行目\n二行目' }))] },
  '入力を中断し、後で続ける': {
    リンク: ['リンクをコピーする', sent('/survey/link', aForm())],
    長すぎる回答: ['長いため、リンクを作れません', sent('/survey/link', aForm({ remarks: long }))],
    使えないリンク: ['リンク', at('/survey/resume?d=x')],
  },
}
