import type { Stores } from '../../db/stores.ts'
import {
  type ChainFault,
  type PinFault,
  readDetail,
  type StoredEntry,
} from '../../domain/record/audit-chain.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { recordReader } from './reading.ts'

/** Names an entry that does not hold: its number, when it was, and what it says was done. */
export class FaultWords {
  readonly #read: ReturnType<typeof recordReader>
  readonly #entries: Map<number, StoredEntry>

  constructor(stores: Stores, place: Prefecture, entries: readonly StoredEntry[]) {
    this.#read = recordReader(stores, { place, mayManage: false })
    this.#entries = new Map(entries.map((entry) => [entry.seq, entry]))
  }

  ofChain(fault: ChainFault): string {
    const { seq } = fault
    switch (fault.kind) {
      case 'changed':
        return `操作の記録の${this.#named(seq)}が、記録したときの内容と一致しません。書き換えられています。`
      case 'unreadable':
        return `操作の記録の${this.#named(seq)}は、内容を読み取れません。書き換えられています。`
      case 'missing':
        return `操作の記録の${stretch(seq, fault.to)}がありません（${this.#between(seq, fault.to)}）。`
      case 'moved':
        return `操作の記録の${this.#named(seq)}は、${fault.from}件目に記録されたものです。順序が入れ替えられています。`
      case 'unlinked':
        return `操作の記録の${this.#named(seq)}が、その前の${this.#named(seq - 1)}に続いていません。どちらかが書き換えられたか、差し込まれています。`
      case 'misnumbered':
        return `操作の記録に、番号の誤ったもの（${this.#named(seq)}）があります。差し込まれています。`
    }
  }

  ofPin(fault: PinFault): string {
    const { source, at, count } = fault.pin
    const when = at ? `（${dateTimeText(at)}）` : ''
    if (fault.kind === 'cut-off')
      return `操作の記録は${fault.count}件ですが、${source}${when}では${count}件ありました。${stretch(fault.count + 1, count)}が失われています。残っている最後の記録は、${this.#named(fault.count)}です。`
    return `操作の記録の${stretch(fault.after + 1, count)}が、${source}${when}に控えた内容と一致しません。書き換えた上で、その後の記録が作り直されています。${count}件目は、${this.#named(count)}です。`
  }

  /** @param source where the earlier state was kept */
  ofChange(source: string, { was, is }: { was: StoredEntry; is: StoredEntry | null }): string {
    const then = `${source}では、${this.#told(was)}`
    return is
      ? `操作の記録の${was.seq}件目が書き換えられています。${then}でしたが、現在は、${this.#told(is)}です。`
      : `操作の記録の${was.seq}件目が失われています。${then}でした。`
  }

  /** 12件目（令和6年3月12日…、鹿児島 花子が、…しました） */
  #named(seq: number): string {
    const entry = this.#entries.get(seq)
    return entry ? `${seq}件目（${this.#said(entry)}）` : `${seq}件目`
  }

  #told(entry: StoredEntry): string {
    return `「${this.#said(entry)}」`
  }

  #said({ detail, ...entry }: StoredEntry): string {
    const { at, text } = this.#read({ ...entry, detail: readDetail(detail) ?? {} })
    const when = Number.isNaN(at.getTime()) ? '日時は読み取れません' : dateTimeText(at)
    return `${when}、${text.replace(/。$/, '')}`
  }

  #between(from: number, to: number): string {
    const [before, after] = [this.#entries.get(from - 1), this.#entries.get(to + 1)]
    return [before && `前は${dateTimeText(before.at)}`, after && `後は${dateTimeText(after.at)}`]
      .filter(Boolean)
      .join('、')
  }
}

/** 3件目から5件目まで */
function stretch(from: number, to: number): string {
  return from === to ? `${from}件目` : `${from}件目から${to}件目まで`
}
