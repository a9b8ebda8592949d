import { type Selector, transform } from 'lightningcss'

/** Every class in every selector of a stylesheet, also where it only says of what a thing is part. */
export function classesOf(css: string): Set<string> {
  const names = new Set<string>()
  const note = (selector: Selector) => {
    for (const part of selector) {
      if (part.type === 'class') names.add(part.name)
      if (part.type === 'pseudo-class' && isList(part.kind) && 'selectors' in part)
        for (const inner of (part.selectors ?? []) as Selector[]) note(inner)
    }
  }
  transform({ filename: 'classes.css', code: Buffer.from(css), visitor: { Selector: note } })
  return names
}

function isList(kind: string): boolean {
  return ['is', 'where', 'not', 'has'].includes(kind)
}
