import { GROUNDS } from '../../domain/disclosure/classes.ts'
import { grouped } from '../../domain/text/grouped.ts'
import type { Disclosed, SetContents } from './contents.ts'

/** The text to read first: what is in the set, how it was made, and what is left out. */
export function readme(
  { survey, round, madeAt, ordinance, wordings, standing }: SetContents,
  disclosed: readonly Disclosed[],
): string {
  const places = disclosed.flatMap(({ removals }) => removals).reduce((sum, { count }) => sum + count, 0)
  const lines = [
    `${survey}　${round}　開示用の文書`,
    `作成：${madeAt}`,
    `条例：${ordinance}`,
    '',
    `文書${disclosed.length}件。不開示の箇所は${grouped(places)}か所で、黒い四角を2つ並べた記号に置き換えています。`,
    '元の文字は、どのファイルにも残っていません。記号の数は、元の文字の長さと関係がありません。',
    '空欄も同じ記号に置き換えています。記号があることは、そこに記載があることを意味しません。',
    '',
    '■ 入っているもの',
    '・01_対象文書の一覧：保有している文書と、開示の別',
    '・02_不開示理由一覧：どの文書の、どの項目を、どの理由で不開示にしたか',
    '・03_確定結果、04_報告と通知、05_一覧と記録：文書。同じ内容をCSV、Excel、印刷用のHTMLで収めています。',
    '・一部開示の表は、開示する項目の順に並べ替えています。元の並び順から、順位などが分かることを防ぐためです。',
    '・「内部資料」の病院の表は、シートを分けずに1つにまとめています。',
    standing.isPublished
      ? '・選定された病院の名前は、病院への結果の表示を始めているため、開示しています。'
      : '・選定された病院の名前は、病院への結果の表示を始めていないため、審議検討に関する情報として不開示です。',
    '',
    '■ 不開示の区分',
    ...GROUNDS.map(({ id, label }) => `・${label}：${wordings[id]}`),
    '',
    '■ 掲載していない値',
    '・原本のSHA-256は、隠した文字が少なく、値から元の文字を探し当てられる文書では掲載していません。',
    '・操作の記録の「照合用の値」、保存用一式の部分ごとの値も、同じ理由で不開示です。',
    '・確認コード、回答用リンクは、どの文書にもありません。',
    '',
  ]
  return lines.join('\r\n')
}
