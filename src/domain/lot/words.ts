import { dateTimeText } from '../text/dates.ts'
import { type AnnouncedLottery, type Lottery, lineText } from './lottery.ts'
import type { LotMethod } from './method.ts'

/** What a method means, for an officer who chooses and for whoever reads the notice. */
export const METHOD_EXPLANATIONS: Readonly<Record<LotMethod, string>> = {
  receipts:
    '回答フォームから届いた回答ごとに、000から999までのくじ番号を無作為に定め、受付票に記載します。回答期限の後に、期限までに届いたすべての回答のくじ番号から、順番を計算します。',
  announced:
    '宝くじの当せん番号のように、回答期限の後に公表されるものを、期限の前に定めて御案内に掲載します。公表された結果から、順番を計算します。',
  text: '選定基準に入力した文字列から、順番を計算します。抽選は行いません。',
}

/** How anybody computes the seed again, step by step. */
export function recomputation(lottery: Lottery): string[] {
  const first =
    lottery.method === 'receipts'
      ? [
          `一覧の1行ごとに、受付番号とくじ番号を半角のコロンでつなぎ、改行（LF）を付けます（例：${example(lottery)}）。受付番号の文字コードの順に、すべての行をつなぎます。`,
          'つないだ文字列のSHA-256を計算し、16進数（英字は小文字）で表します。',
          'その前に「receipts:」を付けたものが、抽選に用いる文字列です。',
        ]
      : [
          '「announced:」、抽選に用いるもの、半角のコロン、公表された結果を、順につないだものが、抽選に用いる文字列です。',
        ]
  return [
    ...first,
    '点数などが同じ病院を、「抽選に用いる文字列:病院のコード」のSHA-256（16進数、英字は小文字）の小さい順に並べます。病院のコードは、この調査で病院を区別する番号です。',
  ]
}

function example({ list }: Extract<Lottery, { method: 'receipts' }>): string {
  return lineText(list[0] ?? { number: 'R-0001', lot: '042' }).trimEnd()
}

/** What the seed was drawn from, in a sentence. @param deadline 令和6年3月18日（月）24時 */
export function drawnFromText(lottery: Lottery, deadline: string): string {
  return lottery.method === 'receipts'
    ? `回答期限（${deadline}）までに回答フォームから届いたすべての回答（${lottery.list.length}件。取り下げられたものや、用いないこととしたものを含みます。）のくじ番号を用いました。`
    : `回答期限（${deadline}）より前に定めたものについて、期限の後に公表された結果を用いました。`
}

/** What was typed wrong at first: who has read it on the notice finds it there, put right. */
export function correctionLines({
  corrections,
}: Pick<AnnouncedLottery, 'corrections'>): { label: string; text: string }[] {
  return corrections.map(({ at, from, reason }) => ({
    label: '入力の訂正',
    text: `${dateTimeText(new Date(at))}に訂正しました。訂正前：${from}　理由：${reason}`,
  }))
}
