/** Shows the browser's calendars: what is picked is written into the field that `data-writes-into` names, in Japanese. */
for (const picker of document.querySelectorAll('[data-writes-into]')) {
  // A browser without this calendar makes a field for text of it: there is one already.
  if (picker.type !== picker.getAttribute('type')) continue
  const field = document.getElementById(picker.dataset.writesInto)
  picker.hidden = false
  picker.addEventListener('change', () => {
    if (picker.value !== '') field.value = written(picker.value) + timeIn(field.value)
  })
}

/** 2026-12-18 → 令和8年12月18日, 2027-04 → 令和9年4月 */
function written(value) {
  const [, year, month, day] = value.match(/^(\d+)-(\d+)(?:-(\d+))?/)
  const era = Number(year) - 2018
  const name = era > 0 ? `令和${era === 1 ? '元' : era}` : year
  return `${name}年${Number(month)}月${day ? `${Number(day)}日` : ''}`
}

/** The hour stays as it was typed. */
function timeIn(text) {
  return (
    text
      .match(/(?:正午|(?:午前|午後)?\s*[0-9０-９]{1,2}(?:時|[:：]).*)$/)?.[0]
      .replace(/^(?=[0-9０-９].*[:：])/, ' ') ?? ''
  )
}
