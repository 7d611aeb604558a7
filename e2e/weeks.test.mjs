// A week of the head, of a strand lead, of a teacher and of an adviser: from the
// start page through links and buttons only, with nothing typed into the address
// bar. Once with the keyboard alone, once without JavaScript on a phone.
import { strict as assert } from 'node:assert'
import { after, before, test } from 'node:test'
import { signIns } from './demo.mjs'
import { WAYS } from './hands.mjs'
import { URL, checkPage, launch, open, picture, visit } from './harness.mjs'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

/** One person at their pages: each page that is reached is looked at. */
class Person {
  constructor (page, way) {
    Object.assign(this, { page, way, main: page.locator('main'), hands: way.hands(page), seen: new Set() })
  }

  /** What every page keeps, and that its heading says this. */
  async look (heading = /./) {
    const { page, way } = this
    const title = await page.locator('h1').innerText()
    assert.match(title, heading)
    // A page to which one comes again as it was is looked at once.
    const as = `${page.url()} ${title} ${await page.title()}`
    if (this.seen.has(as)) return
    this.seen.add(as)
    await picture(page, `weeks-${this.role}-${way.short}-${this.seen.size}`)
    // What a form refuses answers with 422, and the console says so.
    page.complaints = page.complaints.filter((one) => !/status of 4/.test(one))
    await checkPage(page, { js: way.js })
  }

  async signIn (role) {
    this.role = role.toLowerCase().replaceAll(' ', '-')
    await open(this.page, '/sign-in')
    await this.press(new RegExp(`^${role}: `))
    await this.page.waitForURL(/\/start$/)
  }

  async signOut () {
    await this.hands.press(this.page.locator('header').getByRole('button', { name: /sign out/i }))
    await this.page.waitForURL(`${URL}/`)
  }

  link (words, within = this.main) {
    // The button that begins a task is a link as well.
    return within.getByRole('link', { name: words }).or(within.locator('a').and(within.getByRole('button', { name: words }))).first()
  }

  /** Follows a link of the page. */
  async go (words, heading) {
    await this.hands.press(this.link(words))
    await this.look(heading)
  }

  /** Follows a link of the way that leads here. */
  async back (words, heading) {
    await this.hands.press(this.link(words, this.page.locator('.govuk-breadcrumbs')))
    await this.look(heading)
  }

  /** Follows a link of the header. */
  async up (words, heading) {
    await this.hands.press(this.link(words, this.page.locator('header')))
    await this.look(heading)
  }

  /** Presses a button, of the page or of a part of it. */
  async press (words, heading, within = this.main) {
    await this.hands.press(within.getByRole('button', { name: words }).first())
    await this.look(heading)
  }

  async write (name, words, within = this.main) {
    await this.hands.write(within.locator(`[name="${name}"]:not([type="hidden"])`).first(), words)
  }

  async writeDay (name, day, within = this.main) {
    const [year, month, date] = day.split('-').map(Number)
    for (const [part, value] of [['day', date], ['month', month], ['year', year]]) {
      await this.write(`${name}-${part}`, String(value), within)
    }
  }

  async choose (name, value, within = this.main) {
    await this.hands.choose(within.locator(`input[name="${name}"][value="${value}"]`).first())
  }

  async says (words) {
    assert.match((await this.main.innerText()).replace(/\s+/g, ' '), words)
  }

  /** What stands under ‘it is done’, at the top of the page. */
  async done (words) {
    assert.match(await this.page.locator('.govuk-notification-banner').innerText(), words)
  }
}

/** A day before or after today, in London. */
function day (from) {
  const now = new Date(Date.now() + from * 86_400_000)
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(now)
}

/** Tells a story in both ways. */
function week (name, role, tell) {
  for (const way of WAYS) {
    test(`${name}, ${way.how}`, { timeout: 120_000 }, async () => {
      const { page, close } = await visit(browser, way)
      const person = new Person(page, way)
      try {
        await person.signIn(role)
        await tell(person, way)
      } catch (error) {
        await picture(page, `weeks-${person.role}-${way.short}-failed`, true).catch(() => {})
        throw error
      } finally {
        await close()
      }
    })
  }
}

week('a head sees what is due, says what was done, and lets governors read for a while', 'Headteacher', async (head, way) => {
  await head.go(/school’s page/, /takes part since/)
  const school = new globalThis.URL(head.page.url()).pathname
  await head.go(/^The plan/, /overdue|due|plan/i)
  await head.go(/^Say at the staff meeting/, /^Say at the staff/)
  // On the phone it turns out that one morning was forgotten.
  await head.choose('state', way.js ? 'done' : 'open')
  await head.write('why', way.js ? 'Said on Monday: three of ten fell out' : 'One morning was not on the list')
  await head.press('Say so', /overdue|due|plan/i)
  await head.done(/./)
  await head.says(way.js ? /Said on Monday: three of ten fell out/ : /One morning was not on the list/)

  await head.back(/^Invented/, /takes part since/)
  await head.go(/^Papers/, /papers to read/)
  await head.go('Governors’ page', /Governors/)
  await head.says(/What we do well.*Questions to ask/)
  const pdf = await head.link(/^PDF/).getAttribute('href')
  assert.equal((await head.page.request.get(URL + pdf)).headers()['content-type'], 'application/pdf')

  // A governor of the school reads it while it is released, and not a moment longer.
  const { page: other, close } = await visit(browser)
  try {
    await open(other, '/sign-in')
    const { email, password } = signIns().find((one) => one.role === 'governor' && one.school === 'Invented: Ashdale Primary')
    await other.locator('main [name="email"]').fill(email)
    await other.locator('main [name="password"]').fill(password)
    await other.locator('main').getByRole('button', { name: 'Sign in', exact: true }).click()
    await other.waitForURL(/\/start$/)
    const theirs = async () => (await other.request.get(`${URL}${school}/self-view`)).status()
    assert.equal(await theirs(), 404)
    await head.back(/^Papers/, /papers to read/)
    await head.go('who can see what', /let others see something/)
    const kind = head.main.locator('select[name="kind"]')
    const to = head.main.locator('select[name="to"]')
    const governors = await to.locator('option').evaluateAll((all) => all.map((one) => one.label).find((one) => /^The governors of/.test(one)))
    await head.hands.pick(kind, 'Your school in your own words')
    await head.hands.pick(to, governors)
    await head.press('Let them see it', /let others see something/)
    await head.done(/Released/)
    assert.equal(await theirs(), 200)
    const row = head.main.locator('tr').filter({ hasText: /^\s*Governors of/ }).filter({ hasText: 'Your school in your own words' })
    await head.press(/^Withdraw/, /let others see something/, row)
    await head.done(/Withdrawn/)
    assert.equal(await theirs(), 404)
  } finally {
    await close()
  }
})

week('a strand lead looks at their strand, says what is stuck, writes down a value and plans a test', 'Strand lead', async (lead, way) => {
  await lead.go(/school’s page/, /takes part since/)
  await lead.go(/^Look together/, /diagnos/i)
  await lead.go(/^Five strands, opened on .* 20/, /./)
  await lead.go(/^Assessment for Learning/, /looked/)
  await lead.says(/Agreed: Not yet/)
  await lead.hands.touch(lead.main.locator('summary').filter({ hasText: 'One piece of evidence' }).first())
  await lead.says(/Six pupils of Year 5/)
  await checkPage(lead.page, { js: way.js })
  await lead.back(/^Invented/, /takes part since/)

  await lead.go(/^The plan/, /overdue|due|plan/i)
  await lead.go(/^Each strand lead says what/, /^Each strand lead/)
  await lead.choose('state', 'stuck')
  await lead.write('why', '')
  await lead.press('Say so', /^Each strand lead/)
  assert.match(await lead.page.title(), /^Error: /)
  await lead.write('why', way.js ? 'It waits for the list of mornings' : 'It still waits for the list of mornings')
  await lead.press('Say so', /overdue|due|plan/i)
  await lead.says(/waits for the list of mornings/)

  await lead.go('Marking that pays for itself', /^Marking that pays/)
  await lead.hands.touch(lead.main.locator('summary').filter({ hasText: 'Write down how it stands' }))
  await lead.writeDay('on', day(way.js ? -2 : -1))
  await lead.write('value', way.js ? '5.5' : '5')
  await lead.press(/Write it down|Write down|Keep/, /^Marking that pays/)
  await lead.done(/Written down/)
  await lead.hands.touch(lead.main.locator('summary').filter({ hasText: 'Plan a small test' }))
  await lead.write('planned', 'Year 4 talks about one piece of work in each lesson')
  await lead.write('prediction', 'At least half of the class say what they changed')
  await lead.press(/plan/i, /^Marking that pays/)
  await lead.done(/Planned/)
})

week('a teacher gives a view, stops, and takes it up again', 'Teacher', async (teacher, way) => {
  const strand = way.js ? 'Inclusion' : 'Attendance and behaviour'
  const answer = async (many) => {
    const groups = await teacher.main.locator('fieldset').count()
    assert.equal(groups, 4)
    for (let at = 0; at < many; at++) {
      const radios = teacher.main.locator('fieldset').nth(at).locator('input[type="radio"]')
      await teacher.hands.choose(radios.nth([2, 1, 4, 0][at]))
    }
  }
  const chosen = async () => await teacher.main.locator('input[type="radio"]:checked').count()

  await teacher.go('Give your view', /^Your view/)
  await teacher.go(strand, new RegExp(`^${strand}`))
  const before = await chosen()
  await answer(2)
  await teacher.main.locator('input[type="text"]').first().waitFor()
  await teacher.hands.write(teacher.main.locator('input[type="text"]').first(), 'I see it in the rooms beside mine')
  await teacher.press(/come back later/, /^Your view/)
  await teacher.done(/./)
  await teacher.signOut()

  // Another day: what was answered is still there.
  await teacher.signIn('Teacher')
  await teacher.go('Give your view', /^Your view/)
  await teacher.go(strand, new RegExp(`^${strand}`))
  assert.equal(await chosen(), Math.max(before, 2))
  assert.equal(await teacher.main.locator('input[type="text"]').first().inputValue(), 'I see it in the rooms beside mine')
  await answer(4)
  await teacher.press('Keep it and go on', /./)
  if (way.js) {
    await teacher.up('Your start page', /Say how you see our school/)
  } else {
    await teacher.says(/Your part is done/)
    await teacher.up('Your start page', /./)
    assert.equal(await teacher.link('Give your view').count(), 0)
  }
})

week('an adviser prepares a visit, says what they see, and leaves a note of it', 'Adviser', async (adviser, way) => {
  const of = (words) => new RegExp(`^${words}.*Ashdale`)
  await adviser.go('See your schools', /./)
  await adviser.says(/Last contact.*Visit to the school/)
  for (const [words, heading] of [['The school’s plan', /./], ['What to look after early', /looking after|look after/]]) {
    await adviser.go(of(words), heading)
    await adviser.up('Your start page', /./)
    await adviser.go('See your schools', /./)
  }
  await adviser.go(of('The school’s reviews'), /review/)
  await adviser.go(/^(Autumn|Spring|Summer) 20/, /^Review, /)
  await adviser.hands.touch(adviser.main.locator('summary').filter({ hasText: 'What you see of the whole' }))
  const beside = adviser.main.locator('details[open] form')
  await adviser.choose('letter', 'amber', beside)
  await adviser.press(/^Put it beside/, /^Review, /, beside)
  assert.match(await adviser.page.title(), /^Error: /)
  await adviser.write('words', way.js ? 'The mornings are what all else hangs on.' : 'The lower building has caught up.', beside)
  await adviser.press(/^Put it beside/, /^Review, /, beside)
  await adviser.done(/beside what the school says/)

  await adviser.up('Your start page', /./)
  await adviser.go('See your schools', /./)
  await adviser.go(of('Notes of visits'), /note/i)
  const fresh = adviser.main.locator('form').filter({ has: adviser.page.getByRole('button', { name: 'Keep it as a draft' }) }).last()
  await adviser.writeDay('on', day(-1), fresh)
  await adviser.write('words', way.js
    ? 'Saw two planning meetings. We agreed that the next one begins with a piece of writing.'
    : 'Saw the list of mornings. We agreed that somebody reads it out on Fridays.', fresh)
  await adviser.press('Keep it as a draft', /note/i, fresh)
  await adviser.done(/Kept as your draft/)
  await adviser.press(/^Show it to the school/, /wait/)
  await adviser.done(/may comment/)

  await adviser.up('Your start page', /./)
  await adviser.go('See your schools', /./)
  await adviser.go(of('Note that you were in touch'), /in touch with/)
  await adviser.choose('kind', 'visit')
  await adviser.writeDay('on', day(-1))
  await adviser.writeDay('next', day(20))
  await adviser.press('Note it', /./)
  await adviser.done(/noted/)
})

week('an adviser raises a concern, the head reads it first and answers, and it is closed', 'Adviser', async (person, way) => {
  const concerns = new RegExp('^Concerns about taking part.*Ashdale')
  await person.go('See your schools', /./)
  await person.go(concerns, /concern/i)
  await person.go('Raise a concern', /^Raise a concern/)
  await person.says(/Ring first/)
  await person.press('Keep it as a draft', /^Raise a concern/)
  assert.match(await person.page.title(), /^Error: /)
  await person.write('noticed', 'Nobody came to the last two Network Days, and two letters wait for an answer.')
  await person.write('remedy', way.js ? 'Come to the next one; we pay for cover.' : 'Say which day would do.')
  await person.writeDay('by_when', day(30))
  await person.press('Keep it as a draft', /concern/i)
  await person.done(/Nobody else reads it/)
  await person.press('Show it to the school', /has not answered yet/)
  await person.done(/before anyone else/)
  await person.signOut()

  await person.signIn('Headteacher')
  await person.says(/Until .* nobody else reads it/)
  await person.go('Read it and answer', /^How do you see it/)
  await person.says(/Nobody came to the last two Network Days/)
  await person.write('answer', 'We had no cover on either day. We come to the next one.')
  await person.press(/^Answer/, /concern/i)
  await person.done(/Your answer stands beside it/)
  await person.signOut()

  await person.signIn('Adviser')
  await person.go('See your schools', /./)
  await person.go(concerns, /concern/i)
  await person.go(/^Read it/, /concern/i)
  await person.says(/We had no cover on either day/)
  await person.press('Close it', /concern/i)
  assert.match(await person.page.title(), /^Error: /)
  await person.write('why', 'They come to the next Network Day.')
  await person.press('Close it', /closed/)
  await person.done(/^.*Closed/s)
})
