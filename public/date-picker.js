/** Shows the browser's calendars: what is picked is written into the field that `data-writes-into` names, in Japanese. */
for (const picker of document.querySelectorAll('[data-writes-into]')) {
  // A browser without this calendar makes a field for text of it: there is one already.
  if (picker.type !== picker.getAttribute('type')) continue
  const field = document.getElementById(picker.dataset.writesInto)
  picker.hidden = false
  picker.addEventListener('change', () => {
    if (picker.value !== '') field.value = written(picker.value)
  })
}

/** 2026-12-18T17:00 → 令和8年12月18日17時00分 */
function written(value) {
  const [, year, month, day, hour, minute] = value.match(/^(\d+)-(\d+)(?:-(\d+)(?:T(\d+):(\d+))?)?/)
  const days = day ? `${Number(day)}日` : ''
  const time = hour ? `${Number(hour)}時${minute}分` : ''
  const era = Number(year) - 2018
  return `${era > 0 ? `令和${era === 1 ? '元' : era}` : year}年${Number(month)}月${days}${time}`
}
