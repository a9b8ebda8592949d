/**
 * Adds to each list of hospitals a filter, and what the prefecture knows of the chosen one. A page says where: in the
 * field of a `select` by `data-hospital-filter`, and where the facts are wanted by `data-hospital-facts`.
 */
for (const place of document.querySelectorAll('[data-hospital-filter]')) {
  const select = place.parentNode.querySelector('select')
  addFilter(place, select, foldingWith(place.dataset.hospitalFilter))
  const facts = place.parentNode.querySelector('[data-hospital-facts]')
  if (facts) showFacts(select, facts, document.querySelector('[data-with-facts]'))
}

function addFilter(place, select, folded) {
  const { input, count } = controlsIn(place, select)
  const narrowTo = narrowing(select, folded)
  const isOtherOffered = [...select.options].some(({ value }) => value === 'other')
  const update = () => {
    const words = input.value.split(/\s+/).map(folded).filter(Boolean)
    const hits = narrowTo(words)
    count.textContent = words.length === 0 ? '' : countText(hits.length, isOtherOffered)
    return words.length === 0 ? [] : hits
  }
  input.addEventListener('input', update)
  input.addEventListener('keydown', (event) => {
    // An Enter that ends the writing of kanji is not meant for us.
    if (event.isComposing || event.keyCode === 229) return
    if (!['Enter', 'ArrowDown', 'Escape'].includes(event.key)) return
    // Enter here would send the whole form.
    event.preventDefault()
    if (event.key === 'Escape') input.value = ''
    const hits = update()
    if (event.key === 'Escape') return
    if (event.key === 'Enter' && hits.length === 1) choose(select, hits[0])
    select.focus()
  })
}

function controlsIn(place, select) {
  const label = element('label', 'picker__label', '病院名・フリガナ・市町村名・医療機関コードで絞り込む')
  const input = element('input', 'input input--l')
  const count = element('p', 'field__support picker__count')
  Object.assign(input, { id: `${select.id}-filter`, type: 'search', autocomplete: 'off' })
  label.htmlFor = input.id
  input.setAttribute('aria-controls', select.id)
  count.setAttribute('role', 'status')
  place.classList.add('picker')
  place.append(label, input, count)
  return { input, count }
}

/** The select stays what it is; only options that do not fit leave it. The chosen one never goes. */
function narrowing(select, folded) {
  const everything = [...select.children]
  const groups = [...select.querySelectorAll('optgroup')]
  const known = [...select.querySelectorAll('optgroup > option')].map((option) => ({
    option,
    group: option.parentNode,
    text: textOf(option).map(folded).join('|'),
  }))
  return (words) => {
    const chosen = select.value
    const hits = known.filter(({ text }) => words.every((word) => text.includes(word)))
    const shown = new Set(hits)
    for (const group of groups) {
      const stay = known.filter(
        (each) => each.group === group && (shown.has(each) || each.option.value === chosen),
      )
      group.replaceChildren(...stay.map(({ option }) => option))
    }
    select.replaceChildren(...everything.filter((node) => !groups.includes(node) || node.children.length > 0))
    select.value = chosen
    // One may be offered twice, among those of a like name and in its region.
    return [...new Map(hits.map(({ option }) => [option.value, option])).values()]
  }
}

function choose(select, { value }) {
  if (select.value === value) return
  select.value = value
  select.dispatchEvent(new Event('input', { bubbles: true }))
  select.dispatchEvent(new Event('change', { bubbles: true }))
}

function countText(hits, isOtherOffered) {
  if (hits === 0)
    return isOtherOffered
      ? '該当する病院がありません。言葉を短くするか、一覧の最後の「一覧にない病院」を選択してください。'
      : '該当する病院がありません。言葉を短くしてください。'
  return hits === 1
    ? '1病院が該当します。Enterキーで選択できます。'
    : `${hits}病院が該当します。下の一覧から選択してください。`
}

/** Name, municipality, reading, codes and region of a hospital. */
function textOf(option) {
  return [option.label, option.parentNode.label, ...factsOf(option).words, option.value]
}

/** However it is written: by FOLDING, the server's own rules, and 「浜濱濵 崎﨑」, the characters that names have. */
function foldingWith(groups) {
  const today = new Map(groups.split(' ').flatMap((group) => [...group].map((each) => [each, [...group][0]])))
  const { before, after } = FOLDING
  const first = before.map(stepOf)
  const then = after.map(stepOf)
  const all = (text, steps) => steps.reduce((result, step) => step(result), text)
  return (text) => {
    const plain = all(text, first).normalize('NFKC').toLowerCase()
    return all([...plain].map((each) => today.get(each) ?? each).join(''), then)
  }
}

/** One rule: a pattern becomes a text, or each its own, or the character so many code points further. */
function stepOf([pattern, to]) {
  const found = new RegExp(pattern, 'gmu')
  const own = (each) => to[each] ?? each
  const moved = (each) => String.fromCodePoint(each.codePointAt(0) + to)
  const by = { string: to, object: own, number: moved }[typeof to]
  return (text) => text.replace(found, by)
}

/** Beds and region of the chosen hospital, for checking, and where to say that they are wrong. */
function showFacts(select, place, correction) {
  place.setAttribute('role', 'status')
  const update = () => {
    const [option] = select.selectedOptions
    const { beds } = factsOf(option)
    const known = beds && `許可病床数：${beds}床　二次医療圏：${option.parentNode.label}`
    if (correction) correction.hidden = !known
    // Set again it would be read out again.
    if (place.textContent !== known) place.replaceChildren(...(known ? [element('p', 'facts', known)] : []))
  }
  select.addEventListener('change', update)
  window.addEventListener('pageshow', update)
  update()
}

/** Reading, codes and last its beds, which only the hospitals of the master have. */
function factsOf(option) {
  const words = option?.dataset.facts?.split(' ') ?? []
  return { words: words.slice(0, -1), beds: words.at(-1) ?? '' }
}

function element(name, className, textContent = '') {
  return Object.assign(document.createElement(name), { className, textContent })
}
