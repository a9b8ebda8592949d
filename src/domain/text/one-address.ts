/** Whether a text is one plain mail address: no name, no list, nothing by which a header could be added. */
export function isOneAddress(text: string): boolean {
  return ONE_ADDRESS.test(text)
}

const ONE_ADDRESS = /^[^\s\p{Cc}@<>()[\]\\,;:"]+@[^\s\p{Cc}@<>()[\]\\,;:"]+$/u
