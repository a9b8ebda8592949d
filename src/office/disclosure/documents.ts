import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Report } from '../../db/reports.ts'
import type { Stores } from '../../db/stores.ts'
import type { DocumentRules } from '../../domain/disclosure/classes.ts'
import { documentOfFile } from '../../domain/disclosure/documents.ts'
import { afterDeclines } from '../../domain/disclosure/round-documents.ts'
import { dateText, dayText } from '../../domain/text/dates.ts'
import type { HeldDocument, OtherDocument } from '../../files/disclosure/contents.ts'

/** A list as it is made today. */
export interface ListFile {
  /** Of the table of classes. */
  id: string
  type: 'csv' | 'xlsx'
  bytes: Uint8Array
}

/** Which of a round's files stand for others of the same contents. */
const SAME_AS_CSV = new Set(['ministry.cp932.csv', 'ministry.xlsx'])
/** Whose hash runs over every hospital. */
const LARGE = new Set(['register.json', 'snapshot.json', 'archive.json'])

interface Held {
  stores: Stores
  round: ConfirmedEdition
  classes: readonly DocumentRules[]
  isMany: boolean
}

/** What is frozen with the round, in the order in which the pages name it. */
export function roundDocuments({ stores, round, classes, isMany }: Held): HeldDocument[] {
  const paper = stores.approvalPapers.ofEdition(round.number, round.edition).at(-1)
  const files = stores.editions.files(round)
  const isAmended = files.some(({ name }) => name === 'amended.json')
  return files.flatMap(({ name, bytes, sha256 }): HeldDocument[] => {
    const document = documentOfFile(name)
    if (!document || SAME_AS_CSV.has(name)) return []
    const { id, title, note = '' } = document
    return [
      {
        id,
        path: `03_確定結果/${plainName(title)}`,
        title,
        dated: dateText(round.settled.at),
        documentNumber: paper?.documentNumber ?? '',
        type: name.endsWith('.csv') ? 'csv' : name.endsWith('.xlsx') ? 'xlsx' : 'json',
        bytes,
        columns: isAmended ? afterDeclines({ id, columns: columnsOf(classes, id) }) : columnsOf(classes, id),
        sha256,
        isLarge: isMany && LARGE.has(id),
        note,
      },
    ]
  })
}

/** What was sent to the ministry, of the reports that the round is part of. */
export function reportDocuments({ stores, round, classes }: Held): HeldDocument[] {
  const own = stores.reports.all().filter(({ editions }) => editions.some(isOf(round)))
  return own.flatMap(({ id, facts, isTakenBack }: Report) => {
    const file = stores.reports.file(id, 'ministry.csv')
    if (!file) return []
    return {
      id: 'ministry',
      path: `04_報告と通知/第${id}号_厚生労働省への報告`,
      title: `厚生労働省への報告（第${id}号）`,
      dated: dayText(facts.reportedOn),
      documentNumber: facts.documentNumber,
      type: 'csv' as const,
      bytes: file.bytes,
      columns: columnsOf(classes, 'ministry'),
      sha256: file.sha256,
      isLarge: false,
      note: isTakenBack ? '記録を取り下げた報告' : '提出した内容',
    }
  })
}

/** The lists, as they stand on the day of the set. */
export function listDocuments(
  { classes }: Pick<Held, 'classes'>,
  lists: readonly ListFile[],
): HeldDocument[] {
  return lists.map(({ id, type, bytes }) => {
    const { title, note = '' } = classes.find((each) => each.id === id)!
    return {
      id,
      path: `${id === 'letters' ? '04_報告と通知' : '05_一覧と記録'}/${plainName(title)}`,
      title,
      dated: '',
      documentNumber: '',
      type,
      bytes,
      columns: columnsOf(classes, id),
      sha256: null,
      isLarge: false,
      note: note || '作成した日の内容',
    }
  })
}

/** What is held without being a table: it is looked at one by one. */
export function otherDocuments({ stores, round }: Pick<Held, 'stores' | 'round'>): OtherDocument[] {
  const sendings = stores.letters.sendings(round.number)
  const attachments = stores.attachments.all()
  const imports = stores.gmis.imports()
  return [
    ...sendings.map(({ sentOn, documentNumber }) => ({
      title: '送付した通知文',
      dated: dayText(sentOn),
      documentNumber,
      note: '病院ごとの文書です。宛先の病院と内容を確認してください。',
    })),
    ...attachments.map(({ title, createdAt }) => ({
      title: `御案内の資料：${title}`,
      dated: dateText(createdAt),
      documentNumber: '',
      note: '調査の案内のページで公開しています。',
    })),
    ...(imports.length > 0
      ? [
          {
            title: 'GMIS調査の回答',
            dated: '',
            documentNumber: '',
            note: '取り込んだ元のファイルは保有していません。病院ごとの回答は、公共安全・法人等に当たります。',
          },
        ]
      : []),
  ]
}

/** 内部資料：順位と点数 → 内部資料 */
function plainName(title: string): string {
  return title.replace(/[：（].*$/, '')
}

function columnsOf(classes: readonly DocumentRules[], id: string) {
  return classes.find((each) => each.id === id)!.columns
}

function isOf({ id, number }: ConfirmedEdition) {
  return (each: { id: number; number: number }) => each.id === id || each.number === number
}
