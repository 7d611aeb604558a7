// Everybody's pages: one click on the sign-in page makes one somebody of the
// demo; what they open first, and what that leads to, on a phone and a screen.
import { strict as assert } from 'node:assert'
import { after, before, describe, test } from 'node:test'
import { PROGRAMME, address, be } from './demo.mjs'
import { SIZES, URL, checkPage, launch, open, picture, visit } from './harness.mjs'

/** Each role's button on the sign-in page, and the addresses it leads to. */
const ROLES = {
  Administrator: ['/admin', '/organisations', '/organisations/new', '/organisations/1/people', '/organisations/1/invite',
    '/account', '/account/sessions', '/account/tokens', '/account/second-factor', '/account/password', '/account/confirm', '/account/data', '/account/calendar', '/account/digest'],
  'Programme lead': ['/programmes', 'programme', 'programme/steps', 'programme/themes', 'programme/escalation', '/concerns', 'programme/edit', 'programme/invite', 'programme/invite?authority=Kent',
    'programme/people', 'programme/schools'],
  Adviser: ['/adviser', 'school', 'school/people', 'school/contact', 'school/diagnoses', 'school/notes', 'school/warnings', 'school/concerns', 'school/concerns/new', '/concerns'],
  Headteacher: ['school', 'school/people', 'school/invite', 'school/leave', 'school/releases', 'school/self-view',
    'school/diagnoses', 'school/diagnoses/new', 'agreed', 'agreed/strands/leadership', 'agreed/statements/l3', 'agreed/evidence',
    'agreed/strengths', 'agreed/mine', 'open', 'open/evidence', 'school/priorities', 'school/priorities/new', 'school/plan',
    'school/decisions', 'school/dates', 'school/strategies', 'school/reviews', 'school/notes', 'school/warnings', 'school/concerns',
    'school/papers', 'school/papers/governors', 'school/papers/self-evaluation'],
  'Deputy head': ['school', 'school/people'],
  'Strand lead': ['school', 'school/self-view', 'school/diagnoses', 'agreed', 'agreed/strands/pedagogy_and_curriculum', 'agreed/evidence',
    'school/priorities', 'school/plan', 'school/decisions', 'school/reviews'],
  'Achievement Team leader': ['school', 'school/people'],
  Teacher: ['school', 'school/diagnoses', 'open', 'open/mine', 'open/mine/inclusion', 'agreed/mine', 'agreed/strands/leadership', 'school/plan', 'school/papers'],
  Governor: ['school', 'school/people', 'school/papers'],
  'Peer reviewer': ['school'],
  Funder: ['/funder'],
  Evaluator: ['/cohorts', '/cohorts/invented-northbridge-first-cohort']
}

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

for (const size of Object.keys(SIZES)) {
  for (const js of [true, false]) {
    describe(`${size} px, ${js ? 'with' : 'without'} JavaScript`, () => {
      for (const [role, paths] of Object.entries(ROLES)) {
        test(role, async () => {
          const { page, close } = await visit(browser, { size, js })
          try {
            await be(page, role)
            await picture(page, `${size}-${js ? 'js' : 'nojs'}-start-${role}`)
            await checkPage(page, { js })
            for (const path of paths) {
              page.complaints.length = 0
              const answer = await open(page, await address(page, path))
              await picture(page, `${size}-${js ? 'js' : 'nojs'}-${role}-${path}`)
              assert.equal(answer.status(), 200, path)
              await checkPage(page, { js })
            }
          } finally {
            await close()
          }
        })
      }
    })
  }
}

test('a head is invited, reads what joining means, and joins, without JavaScript', async () => {
  const { page, close } = await visit(browser, { js: false, size: 320 })
  try {
    await be(page, 'Programme lead')
    await open(page, `${PROGRAMME}/invite`)
    const fill = async (name, value) => await page.locator(`main [name="${name}"]`).last().fill(value)
    const school = `Invented: Tarn Lane ${Date.now()}`
    const email = `head.${Date.now()}@demo.example`
    await fill('school', school)
    await fill('name', 'Ruth Tarn')
    await fill('email', email)
    await page.getByRole('button', { name: 'Send the invitation' }).click()
    await page.waitForURL(/done=invited/)
    await checkPage(page, { js: false })
    await page.locator('header').getByRole('button', { name: /sign out/i }).click()
    let link
    for (let attempt = 0; attempt < 40 && !link; attempt++) {
      await open(page, '/demo/letters')
      const text = await page.locator('main').innerText()
      const at = text.indexOf(email)
      link = at < 0 ? undefined : text.slice(at).match(/\/invitations\/[0-9a-f]{64}/)?.[0]
      if (!link) await new Promise((resolve) => setTimeout(resolve, 500))
    }
    assert.ok(link, 'the letter came')
    await open(page, link)
    assert.match(await page.locator('main').innerText(), /What stays yours/)
    await checkPage(page, { js: false })
    await fill('password', 'short')
    await page.getByRole('button', { name: 'Join the programme' }).click()
    assert.match(await page.title(), /^Error: /)
    await fill('password', 'seven quiet otters')
    await page.getByRole('button', { name: 'Join the programme' }).click()
    await page.waitForURL(/\/start$/)
    assert.match(await page.locator('h1').innerText(), /invite the people/i)
    assert.equal((await page.request.get(URL + link)).status(), 200)
  } finally {
    await close()
  }
})
