/* What the journeys ask of a page from within: evaluated by the debugger, so that its security policy stays as it is. */

/** As a form of the site would be sent. */
globalThis.submitForm = (action, fields) => {
  const form = Object.assign(document.createElement('form'), { method: 'post', action })
  for (const [name, value] of Object.entries(fields))
    form.append(Object.assign(document.createElement('textarea'), { name, value }))
  document.body.append(form)
  form.submit()
}

globalThis.setLetterSize = (size) => {
  document.documentElement.style.fontSize = size
}

/** What is wider than the window, or than a box that cuts it off. */
globalThis.lostText = () => {
  const root = document.documentElement
  const cutsOff = (element) => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX)
  const isMeantTo = (element) => element.closest('.visually-hidden, .skip-link, select') !== null
  const cut = [...document.querySelectorAll('body *')].filter(
    (element) => cutsOff(element) && element.scrollWidth > element.clientWidth + 1 && !isMeantTo(element),
  )
  return [
    ...(root.scrollWidth > root.clientWidth ? [`the page: ${root.scrollWidth} px`] : []),
    ...cut.map(beginning),
  ]
}

/** Buttons that look like links are told by their line, and the browser's own radio buttons by themselves. */
globalThis.controlsWithoutEdge = () => {
  const isDrawn = (element) =>
    getComputedStyle(element).appearance !== 'none' &&
    element.matches('[type="radio"], [type="checkbox"], select')
  const hasEdge = (element) => {
    const { borderTopStyle, borderTopWidth, textDecorationLine } = getComputedStyle(element)
    return (borderTopStyle !== 'none' && parseFloat(borderTopWidth) > 0) || textDecorationLine === 'underline'
  }
  return shown('main :is(button, .button, input:not([type="hidden"]), select, textarea)')
    .filter((element) => !isDrawn(element) && !hasEdge(element))
    .map(beginning)
}

/** Gives each the focus in turn. */
globalThis.unseenFocus = () =>
  shown('a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex="0"]')
    .filter((element) => element.tabIndex >= 0 && !showsFocus(element))
    .map(beginning)

/** Of whatever has it now: a word for it, and whether it can be seen. Null between the page's end and its beginning. */
globalThis.focused = () => {
  const element = document.activeElement
  if (element === document.body) return null
  return { id: element.id, text: element.textContent.trim(), seen: outlined(element) }
}

function showsFocus(element) {
  element.focus()
  return document.activeElement === element && outlined(element)
}

function outlined(element) {
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
}

function shown(selector) {
  return [...document.querySelectorAll(selector)].filter(
    (element) => element.checkVisibility() && !element.closest('.visually-hidden'),
  )
}

function beginning({ outerHTML }) {
  return outerHTML.slice(0, 80)
}
