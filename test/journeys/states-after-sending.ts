import { aForm } from '../support/builders.ts'
import { FOUR } from '../support/further.ts'
import {
  AFTER,
  answered,
  asking,
  at,
  byLot,
  confirmed,
  corrected,
  having,
  late,
  on,
  type PageStates,
  posted,
  purged,
  type Site,
  sent,
  submit,
  unreadable,
  unwritable,
  withdrawn,
} from '../support/page-states.ts'
import { receiptOf, sendingId } from '../support/receipts.ts'
import { confirmRound } from '../support/rounds.ts'
import { saveSubmission } from '../support/submissions.ts'
import { OTHER } from '../support/survey.ts'

const RECEIPT = receiptOf(1)
const HOSPITAL = '4619900011'
const bad = { ...OTHER, hospitalName: '', emr: 'planned' }
const published = having({ resultsPublished: 'yes' })
const mail = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'kakuho@pref.example.jp' }

const OUTSIDE = { name: '架空病院', address: '架空町1', beds: 80 }
const closed =
  (number: string) =>
  ({ stores }: Site) =>
    stores.submissions.close(number, { actor: 'test', at: new Date(AFTER), reason: '電話で確認' })
/** As often as it may be in an hour. */
async function correctedOften(site: Site): Promise<void> {
  saveSubmission(site.stores)
  for (let time = 1; time <= 20; time += 1)
    await posted(site, `${RECEIPT}/edit`, aForm({ remarks: `${time}回目` }))
}
/** After the deadline, with the hospital kept out by the prefecture. */
function leftOut(site: Site): void {
  site.setNow(AFTER)
  confirmRound(site.stores, { seats: 1, excluded: [HOSPITAL] })
}

/** The hospital is asked for 受諾確認, until the end of this day. */
const asked = (site: Site) => {
  const by = { actor: 'test', at: new Date(AFTER) }
  const closesAt = new Date('2024-03-25T15:00:00Z')
  site.stores.acceptance.ask({ round: 1, closesAt, reason: null, follows: 0 }, [], by)
}
const said = (answer: 'accepted' | 'declined') => (site: Site) => {
  const keys = { round: 1, hospitalCode: HOSPITAL, submission: 'R-0001', reason: null, countsFrom: null }
  site.stores.acceptance.answer({ ...keys, answer }, new Date(AFTER))
}

/** The pages of an answer that was sent, and those of errors. */
export const AFTER_SENDING: PageStates = {
  受付票: {
    有効: ['御回答ありがとうございました', at(RECEIPT, answered())],
    この調査だけの質問: ['12か所', at(RECEIPT, asking(FOUR), answered({ extra: { links: 12, map: 'no' } }))],
    くじ番号: ['点数が同じ病院の順位を', at(RECEIPT, byLot, answered())],
    受付のお知らせのメール: [
      'お送りします',
      at(RECEIPT, (site) => posted(site, '/survey', aForm({ submissionId: sendingId(1) }))),
    ],
    重複: ['別の回答も届いています', at(receiptOf(2), answered({}, {}))],
    不採用: ['別の回答を有効としました', at(receiptOf(2), answered({}, {}), closed('R-0002'))],
    対象外: ['対象としないこととしました', at(RECEIPT, answered({ hospital: OUTSIDE }), closed('R-0001'))],
    病院の確認待ち: ['病院を県の担当者が確認します', at(RECEIPT, answered({ hospital: OUTSIDE }))],
    訂正後: ['回答の履歴', at(RECEIPT, corrected)],
    取下げ後: ['この回答は取り下げられています', at(RECEIPT, answered(), withdrawn)],
    選定の対象とならない回答: ['この回答の取扱い', at(RECEIPT, answered({ emr: 'none' }))],
    受付終了後: ['受付は終了しました', at(RECEIPT, answered(), on(AFTER))],
    選定の報告中: ['厚生労働省への報告の手続を進めています', at(RECEIPT, answered(), confirmed(1))],
    '結果：選定': ['支援対象病院に選定されました', at(RECEIPT, answered(), confirmed(1), published)],
    '結果：補欠': ['補欠となりました', at(RECEIPT, answered(), confirmed(0), published)],
    '結果：選定されなかった': ['今回は選定されませんでした', at(RECEIPT, answered(), leftOut, published)],
    '結果：対象とならなかった': [
      '選定の対象となりませんでした',
      at(RECEIPT, answered({ emr: 'none' }), confirmed(1), published),
    ],
    '結果：辞退': ['辞退されたものとして', at(RECEIPT, answered(), confirmed(1, HOSPITAL), published)],
    '結果：表示しない回答': [
      '結果を表示していません',
      at(receiptOf(2), answered({}, {}), confirmed(1), published),
    ],
  },
  受諾確認: {
    依頼: ['支援対象病院とする予定です', at(RECEIPT, answered(), confirmed(1), asked, on(AFTER))],
    受諾: ['支援を受ける旨の', at(RECEIPT, answered(), confirmed(1), asked, said('accepted'), on(AFTER))],
    締切後: [
      '至急お知らせください',
      at(RECEIPT, answered(), confirmed(1), asked, on('2024-03-26T00:00:00Z')),
    ],
    辞退の確認: ['支援を辞退しますか', at(`${RECEIPT}/decline`, answered(), confirmed(1), asked, on(AFTER))],
    辞退の理由が長い: [
      '500文字以内',
      sent(`${RECEIPT}/decline`, { reason: 'あ'.repeat(501) }, answered(), confirmed(1), asked, on(AFTER)),
    ],
    辞退を保存できないとき: [
      '辞退の申出は完了していません',
      sent(
        `${RECEIPT}/decline`,
        { reason: '体制が整わないため' },
        answered(),
        confirmed(1),
        asked,
        on(AFTER),
        unwritable,
      ),
    ],
    受諾を保存できないとき: [
      'もう一度送信する',
      sent(`${RECEIPT}/accept`, {}, answered(), confirmed(1), asked, on(AFTER), unwritable),
    ],
    辞退の申出: ['辞退の申出を', at(RECEIPT, answered(), confirmed(1), asked, said('declined'), on(AFTER))],
    辞退の後の受諾: [
      '既に辞退の申出を受け付けています',
      sent(`${RECEIPT}/accept`, {}, answered(), confirmed(1), asked, said('declined'), on(AFTER)),
    ],
    締切後の受諾: [
      '受諾確認の受付は終了しました',
      sent(`${RECEIPT}/accept`, {}, answered(), confirmed(1), asked, on('2024-03-26T00:00:00Z')),
    ],
  },
  '回答の確認・訂正': {
    未入力: ['受付票を開く', at('/receipts')],
    誤り: ['正しくありません', sent('/receipts', { number: 'R-0001', code: 'WXYZ-9999' })],
    未入力のエラー: ['確認コードを入力してください', sent('/receipts', {})],
  },
  回答の訂正: {
    入力: ['回答を訂正します', at(`${RECEIPT}/edit`, answered())],
    エラー: ['入力内容を確認してください', sent(`${RECEIPT}/confirm`, bad, answered())],
    確認: ['訂正あり', sent(`${RECEIPT}/confirm`, aForm({ intent: 'none', remarks: '追記' }), answered())],
    変更なし: [
      '訂正する項目はありません',
      sent(`${RECEIPT}/confirm`, aForm({ department: '総務課' }), answered()),
    ],
    ほかの画面での訂正: [
      '訂正は完了していません',
      sent(`${RECEIPT}/confirm`, { ...aForm(), version: '1' }, corrected),
    ],
    保存できないとき: [
      '登録されている回答は、変わっていません',
      sent(`${RECEIPT}/edit`, { ...aForm({ intent: 'none' }), version: '1' }, answered(), unwritable),
    ],
    短い時間の多くの訂正: ['短い時間に何度も訂正', sent(`${RECEIPT}/edit`, aForm(), correctedOften)],
    受付終了後の送信: ['送信されなかった内容', sent(`${RECEIPT}/edit`, aForm(), answered(), on(AFTER))],
    取下げ後の送信: ['既に取り下げられています', sent(`${RECEIPT}/edit`, aForm(), answered(), withdrawn)],
  },
  回答の取下げ: {
    確認: ['回答を取り下げますか', at(`${RECEIPT}/withdraw`, answered())],
    保存できないとき: ['取下げは完了していません', sent(`${RECEIPT}/withdraw`, {}, answered(), unwritable)],
    受付終了後: ['訂正と取下げの受付は終了しました', at(`${RECEIPT}/withdraw`, answered(), on(AFTER))],
  },
  期限後受付: {
    入力: ['24時まで受け付けます', late('', null)],
    エラー: ['入力内容を確認してください', late('/confirm', { email: '' })],
    確認: ['1回だけ', late('/confirm', aForm())],
    院内決裁用の印刷: ['決裁日', late('/print', aForm())],
    期限切れ: ['このリンクの期限は過ぎています', late('', null, on('2024-03-26T00:00:00Z'))],
    回答済み: ['受付済みです', late('', null, (site, url) => posted(site, url, aForm()))],
    取消し: [
      '取り消されています',
      late('', null, ({ stores }) =>
        stores.lateLinks.revoke(1, { actor: 'test', at: new Date(AFTER), reason: '電話で受けたため' }),
      ),
    ],
    不明なリンク: ['このリンクは使えません', at('/late/x')],
  },
  調査の終了: { 表示: ['この調査は終了しました', at('/', purged)] },
  エラー: {
    '403': [
      'この操作は行えません',
      async (site, page) => {
        await page.goto('about:blank')
        await submit(page, `${site.address}/survey`, aForm())
      },
    ],
    '404': ['ページが見つかりません', at('/nothing')],
    '413': [
      '送信された内容が大きすぎます',
      sent('/survey/confirm', aForm({ remarks: 'あ'.repeat(100_000) })),
    ],
    '429': [
      '短い時間に操作が集中しています',
      at('/receipts/R-0001/WXYZ-9998', answered(), (site) =>
        posted(site, '/receipts', { number: 'R-0001', code: 'WXYZ-9999' }, 61),
      ),
    ],
    '503': ['このページを閉じると失われます', sent('/survey', aForm({ remarks: '備考' }), unreadable)],
  },
}

/** What a state needs beyond the defaults when the program starts. */
export function environmentOf(state: string): Record<string, string> {
  return state === '受付のお知らせのメール' ? mail : {}
}
