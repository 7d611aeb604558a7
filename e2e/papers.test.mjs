// Papers as others open them: Word and Excel files through LibreOffice, the calendar
// through a reader of its own, over the change to summer time.
import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import ICAL from 'ical.js'
import { address, be } from './demo.mjs'
import { URL, launch, open, visit } from './harness.mjs'

/** What is awkward to write into a file: pounds, apostrophes, what looks like a
 * formula or like a tag. */
const AWKWARD = '=2+3: £40 for the pupils’ books & the staff\'s "corner" <not bold>'
const HTML = 'html:HTML (StarWriter)'
// Fields parted by commas and quoted, UTF-8, each cell as it is shown, all sheets.
const CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'

let browser, folder
before(async () => {
  browser = await launch()
  folder = mkdtempSync(join(tmpdir(), 'aspire-papers-'))
})
after(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Has LibreOffice, with a profile of its own, write these files in another form. */
function convert (form, names) {
  const said = spawnSync(process.env.SOFFICE ?? 'soffice', [
    `-env:UserInstallation=${pathToFileURL(join(folder, 'profile'))}`, '--headless', '--norestore',
    '--convert-to', form, '--outdir', join(folder, 'out'), ...names.map((name) => join(folder, name))
  ], { encoding: 'utf8', timeout: 90_000, env: { ...process.env, HOME: folder } })
  assert.equal(said.status, 0, said.error?.message ?? said.stderr)
  // What it cannot read it says, and ends as if all were well.
  assert.equal(said.stdout.match(/^convert /gm)?.length, names.length, said.stdout + said.stderr)
}

/** The cells of a CSV, row by row. */
function cells (text) {
  const rows = [[]]
  for (const [, quoted, bare, end] of text.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? bare)
    if (end === '\n') rows.push([])
    if (!end) break
  }
  return rows.filter((row) => row.length > 1 || row[0])
}

/** True where these stand in the list in this order, with or without others between. */
function inOrder (some, list) {
  let from = 0
  return some.every((one) => {
    const at = list.indexOf(one, from)
    from = at + 1
    return at >= 0
  })
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

test('Word and Excel files say in LibreOffice what the page says', { timeout: 180_000 }, async () => {
  const { page, close } = await visit(browser)
  try {
    await be(page, 'Headteacher')
    const home = await address(page, 'school')
    await open(page, `${home}/priorities`)
    const priority = page.locator('main a').filter({ hasText: /^Marking that pays/ }).first()
    await open(page, `${await priority.getAttribute('href')}/actions/new`)
    const field = (name) => page.locator(`main [name="${name}"]`)
    await field('what').fill(AWKWARD)
    await field('owner').selectOption({ label: await field('owner').locator('option', { hasText: 'Asha Patel' }).first().innerText() })
    const day = new Date(Date.now() + 8 * 86_400_000)
    await field('due-day').fill(String(day.getDate()))
    await field('due-month').fill(String(day.getMonth() + 1))
    await field('due-year').fill(String(day.getFullYear()))
    await page.locator('main form button').last().click()
    await page.waitForURL(/done=added/)

    // All kinds of papers that the school has.
    await open(page, `${home}/papers`)
    const all = await page.locator('main a[href$=".docx"]').evaluateAll((links) => links.map((one) => one.getAttribute('href').replace(/\.docx$/, '')))
    const kinds = new Map(all.reverse().map((path) => [path.split('/').pop().replace(/-\d+$/, ''), path]))
    assert.deepEqual([...kinds.keys()].sort(), ['governors', 'my-list', 'plan', 'review', 'self-evaluation', 'visit'])
    const shown = new Map()
    for (const [kind, path] of kinds) {
      for (const form of ['docx', 'xlsx']) {
        const answer = await page.request.get(`${URL}${path}.${form}`)
        assert.equal(answer.status(), 200, path)
        writeFileSync(join(folder, `${kind}.${form}`), await answer.body())
      }
      await open(page, path)
      shown.set(kind, await page.locator('main').evaluate((main) => ({
        title: main.querySelector('h1').innerText.split('\n').pop(),
        headings: [...main.querySelectorAll('h2')].map((one) => one.innerText),
        tables: [...main.querySelectorAll('table')].map((table) => ({
          // A picture's own table stands in the Excel file; the Word file has the picture.
          drawn: Boolean(table.closest('details')),
          rows: [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()))
        }))
      })))
    }
    convert(HTML, [...kinds.keys()].map((kind) => `${kind}.docx`))
    convert(CSV, [...kinds.keys()].map((kind) => `${kind}.xlsx`))
    const files = readdirSync(join(folder, 'out'))

    for (const [kind, { title, headings, tables }] of shown) {
      // LibreOffice's own reading of the Word file, as a page of its own.
      await page.setContent(readFileSync(join(folder, 'out', `${kind}.html`), 'utf8'))
      const word = await page.evaluate(() => {
        const plain = (one) => one.textContent.replace(/\s+/g, ' ').trim()
        return {
          title: document.title,
          language: document.body.lang,
          text: plain(document.body),
          headings: [...document.querySelectorAll('h1, h2, h3')].map(plain),
          tables: [...document.querySelectorAll('table')].map((table) => [...table.rows].map((row) => [...row.cells].map(plain))),
          heads: document.querySelectorAll('table thead').length
        }
      })
      const sheets = files.filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.csv'))
        .map((name) => cells(readFileSync(join(folder, 'out', name), 'utf8')))
      const [first] = sheets.filter(([head]) => same(head, ['What', 'Says']))
      assert.ok(word.title.startsWith(title), `${kind}: ‘${word.title}’ begins with ‘${title}’`)
      assert.ok(word.text.includes(title), kind)
      assert.equal(word.language, 'en-GB', kind)
      assert.ok(inOrder(headings, word.headings), `${kind}: ${headings} in ${word.headings}`)
      assert.ok(first.some((row) => same(row, ['Title', title])), kind)
      assert.ok(first.some((row) => same(row, ['School', 'Invented: Ashdale Primary'])), kind)
      assert.ok(inOrder(headings, first.filter(([what]) => what === 'Heading').map(([, says]) => says)), kind)
      for (const { drawn, rows } of tables) {
        assert.ok(drawn || word.tables.some((one) => same(one, rows)), `${kind}: in Word ${JSON.stringify(rows)}`)
        assert.ok(sheets.some((one) => same(one, rows)), `${kind}: in Excel ${JSON.stringify(rows)}`)
      }
      assert.ok(word.heads >= tables.filter(({ drawn }) => !drawn).length, `${kind}: tables have a head`)
    }
    convert('fodt:OpenDocument Text Flat XML', ['governors.docx'])
    const picture = readFileSync(join(folder, 'out', 'governors.fodt'), 'utf8').match(/<svg:desc>([^<]*)/)?.[1] ?? ''
    assert.match(picture, /^The path since .*Diagnosis agreed/, 'the picture is told in words')
    assert.doesNotMatch(picture, /, ,|, ;/, 'and no empty ones')
    const plan = JSON.stringify(shown.get('plan').tables)
    assert.ok(plan.includes(JSON.stringify(AWKWARD)), plan)
  } finally {
    await close()
  }
})

/** The last Sunday of March that is next to come: clocks go from one to two. */
function summerTime (today = new Date()) {
  for (const year of [today.getFullYear(), today.getFullYear() + 1]) {
    const last = new Date(Date.UTC(year, 2, 31))
    last.setUTCDate(31 - last.getUTCDay())
    if (last > today) return last
  }
}

test('a calendar has each on its day, also over the change to summer time', { timeout: 60_000 }, async () => {
  const { page, close } = await visit(browser)
  try {
    const change = summerTime()
    await be(page, 'Adviser')
    await open(page, '/adviser')
    const contact = await page.locator('main a').filter({ hasText: /Note that you were in touch.*Pinfold/s }).getAttribute('href')
    await open(page, contact)
    const field = (name) => page.locator(`main [name="${name}"]`)
    await page.locator('main [name="kind"][value="call"]').check()
    const yesterday = new Date(Date.now() - 86_400_000)
    for (const [name, date] of [['on', yesterday], ['next', change]]) {
      await field(`${name}-day`).fill(String(date.getUTCDate()))
      await field(`${name}-month`).fill(String(date.getUTCMonth() + 1))
      await field(`${name}-year`).fill(String(date.getUTCFullYear()))
    }
    await page.locator('main').getByRole('button', { name: 'Note it' }).click()
    await page.waitForURL(/done=contact/)
    await open(page, '/account/calendar')
    await page.locator('main').getByRole('button', { name: /^Make a/ }).click()
    await page.waitForLoadState()
    const path = (await page.locator('main').innerHTML()).match(/\/calendar\/[0-9a-f]{64}\.ics/)[0]
    const answer = await page.request.get(URL + path)
    assert.equal(answer.status(), 200)
    const text = await answer.text()

    // Its own rule of summer time says what this machine's says of London.
    const calendar = new ICAL.Component(ICAL.parse(text))
    const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone'))
    assert.equal(zone.tzid, 'Europe/London')
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', day: '2-digit' })
    for (const days of [-2, -1, 0, 1, 2, 100, 200, 240]) {
      const at = new Date(change.getTime() + days * 86_400_000)
      for (const hour of [0, 3, 10, 23]) {
        const time = new ICAL.Time({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), hour, isDate: false }, zone)
        const shown = `${String(at.getUTCDate()).padStart(2, '0')}, ${String(hour).padStart(2, '0')}:00`
        assert.equal(clock.format(time.toJSDate()), shown, `${time} in London`)
      }
    }

    // As a calendar has it: each event on its one day, whole, and again under its name.
    const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
    assert.ok(events.length >= 4, `${events.length} events`)
    assert.equal(new Set(events.map((one) => one.uid)).size, events.length)
    for (const event of events) {
      assert.ok(event.startDate.isDate && event.endDate.isDate, `${event.summary} has no time of day`)
      assert.equal(event.duration.toSeconds(), 86_400, event.summary)
      assert.match(event.summary, /Invented: /)
    }
    const pinfold = events.filter((one) => one.summary.includes('Pinfold') && one.uid.startsWith('after-contact-'))
    assert.deepEqual(pinfold.map((one) => one.startDate.toString()), [change.toISOString().slice(0, 10)])
    // The grid of a week, day by day, shows it on that Sunday and on no other day.
    const grid = [-1, 0, 1].map((days) => {
      const from = ICAL.Time.fromDateString(new Date(change.getTime() + days * 86_400_000).toISOString().slice(0, 10))
      return events.filter((one) => one.startDate.compare(from) <= 0 && one.endDate.compare(from) > 0 && one.summary.includes('Pinfold')).length
    })
    assert.deepEqual(grid, [0, 1, 0])
  } finally {
    await close()
  }
})
