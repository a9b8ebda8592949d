import { SaxesParser } from 'saxes'

/** What is made of an XML file while it is unpacked. Names of elements come without their prefix. */
export interface XmlHandlers {
  open?: (name: string, attributes: XmlAttributes) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

export type XmlAttributes = Readonly<Record<string, string>>

/** More than any workbook of Excel's has: one tag, text or comment, or elements within elements. */
export class XmlTooLarge extends Error {}

/** Characters: a cell has at most 32,767, each of them written with up to seven. */
const LONGEST_TOKEN = 262_144
const DEEPEST = 100
/** What the parser is handed at a time. */
const PIECE = 16_384

/** Reads an XML file that comes in parts; a token longer than any of Excel's ends the reading. */
export class XmlReader {
  readonly #parser = new SaxesParser({ position: false, xmlns: false })
  readonly #decoder = new TextDecoder('utf-8')
  /** Characters since the last token was complete, or a few more. */
  #sinceToken = 0
  #depth = 0

  constructor({ open, close, text }: XmlHandlers) {
    this.#parser.on('opentag', ({ name, attributes }) => {
      this.#sinceToken = 0
      this.#depth += 1
      if (this.#depth > DEEPEST) throw new XmlTooLarge()
      open?.(bare(name), attributes)
    })
    this.#parser.on('closetag', ({ name }) => {
      this.#sinceToken = 0
      this.#depth -= 1
      close?.(bare(name))
    })
    const onText = (value: string) => {
      this.#sinceToken = 0
      text?.(value)
    }
    const onOther = () => {
      this.#sinceToken = 0
    }
    this.#parser.on('text', onText)
    this.#parser.on('cdata', onText)
    this.#parser.on('comment', onOther)
    this.#parser.on('processinginstruction', onOther)
  }

  /** @throws XmlTooLarge, or what the parser throws at what is no XML */
  write(bytes: Uint8Array): void {
    this.#push(this.#decoder.decode(bytes, { stream: true }))
  }

  end(): void {
    this.#push(this.#decoder.decode())
    this.#parser.close()
  }

  #push(xml: string): void {
    for (let at = 0; at < xml.length; at += PIECE) {
      const piece = xml.slice(at, at + PIECE)
      this.#sinceToken += piece.length
      if (this.#sinceToken > LONGEST_TOKEN) throw new XmlTooLarge()
      this.#parser.write(piece)
    }
  }
}

function bare(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
