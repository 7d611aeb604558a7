// Two ways to use a page: by hand, with a mouse or a finger, and with the keyboard
// alone. A story is told once with each.
import { strict as assert } from 'node:assert'

/** Does something that leads to another page, and waits until it is there. */
async function arriving (page, act) {
  const arrived = page.waitForEvent('framenavigated')
  await act()
  await arrived
  await page.waitForLoadState()
}

/** With a mouse or a finger. */
export const byHand = (page) => ({
  press: async (target) => await arriving(page, async () => await target.click()),
  write: async (target, text) => await target.fill(text),
  choose: async (target) => await target.check(),
  pick: async (target, label) => await target.selectOption({ label }),
  touch: async (target) => await target.click()
})

/** With the keyboard alone: Tab until it has the focus, then type. */
export const byKeyboard = (page) => {
  const reach = async (target) => {
    const element = await target.elementHandle()
    const there = async () => await element.evaluate((one) => one === document.activeElement)
    for (let step = 0; step < 200; step++) {
      if (await there()) return await seen(target)
      await page.keyboard.press('Tab')
    }
    assert.fail(`the keyboard does not reach ${target}`)
  }
  // Whoever uses it sees where they are: the focus is marked, and in the window.
  const seen = async (target) => {
    const [marked, inside] = await target.evaluate((one) => {
      const { outlineStyle, boxShadow } = getComputedStyle(one)
      const label = one.labels?.[0] && getComputedStyle(one.labels[0], '::before').boxShadow
      const box = one.getBoundingClientRect()
      return [
        outlineStyle !== 'none' || boxShadow !== 'none' || (label ?? 'none') !== 'none',
        box.bottom > 0 && box.top < window.innerHeight
      ]
    })
    assert.ok(marked, `the focus is marked on ${target}`)
    assert.ok(inside, `the focus is in the window on ${target}`)
  }
  return {
    // What is pressed in a story leads somewhere.
    press: async (target) => {
      await reach(target)
      await arriving(page, async () => await page.keyboard.press('Enter'))
    },
    write: async (target, text) => {
      await reach(target)
      await page.keyboard.press('Control+A')
      await page.keyboard.type(text)
    },
    // Tab goes to the first of a group or to the one that is chosen; arrows go on.
    choose: async (target) => {
      const name = await target.getAttribute('name')
      if (await target.getAttribute('type') === 'checkbox') {
        await reach(target)
        await page.keyboard.press('Space')
        return
      }
      const group = target.locator('xpath=ancestor::form').locator(`input[name="${name}"]`)
      const chosen = group.and(page.locator(':checked'))
      const first = await chosen.count() ? chosen : group.first()
      await reach(first)
      if (!await first.isChecked()) await page.keyboard.press('Space')
      for (let step = 0; step < 20 && !await target.isChecked(); step++) await page.keyboard.press('ArrowDown')
      assert.ok(await target.isChecked())
    },
    pick: async (target, label) => {
      await reach(target)
      for (let step = 0; step < 80; step++) {
        if (await target.evaluate((one) => one.selectedOptions[0].label) === label) return
        await page.keyboard.press('ArrowDown')
      }
      assert.fail(`no option ‘${label}’`)
    },
    // What is touched stays on the page, or what follows is waited for elsewhere.
    touch: async (target) => {
      await reach(target)
      await page.keyboard.press('Enter')
    }
  }
}

/** What differs between the two tellings of a story. */
export const WAYS = [
  { how: 'with the keyboard alone', short: 'keys', js: true, size: 1280, hands: byKeyboard },
  { how: 'without JavaScript, on a phone', short: 'nojs', js: false, size: 320, hands: byHand }
]
