/* What a person looks for on a page: evaluated from outside, answered at once, as a page without scripts cannot wait. */

globalThis.fieldOf = (label) => {
  const found = [...document.querySelectorAll('label')].find((each) =>
    each.textContent.trim().startsWith(label),
  )
  if (!found?.control) throw new Error(`no field is labelled ${label}`)
  return found.control
}

globalThis.focusOn = (label) => {
  const field = fieldOf(label)
  field.scrollIntoView({ block: 'center' })
  field.focus()
}

globalThis.chosenIn = (label) => fieldOf(label).selectedOptions?.[0]?.textContent ?? ''

/** Where to point at a choice, a link or a button by its words, the same words before words that only begin so. */
globalThis.placeOf = (words) => {
  const all = [...document.querySelectorAll('main label, main button, main a')]
  const found =
    all.find((each) => each.textContent.trim() === words) ??
    all.find((each) => each.textContent.includes(words))
  if (!found) throw new Error(`nothing to press says ${words}`)
  found.scrollIntoView({ block: 'center' })
  const { left, top, width, height } = found.getClientRects()[0]
  return { x: left + width / 2, y: top + height / 2 }
}

globalThis.markPage = () => document.documentElement.classList.add('seen-before')

globalThis.isAnotherPage = () =>
  document.readyState === 'complete' && !document.documentElement.classList.contains('seen-before')

globalThis.textOf = (selector) => document.querySelector(selector)?.textContent.trim() ?? ''
