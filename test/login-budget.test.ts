// What login servers are spared: the pace of logins, and credentials that were rejected.
import { describe, expect, it } from 'vitest'
import { budget, pause } from '../src/collect/budget.ts'
import type { Failure } from '../src/collect/failure.ts'
import { limits } from '../src/collect/limits.ts'
import { rejections } from '../src/collect/rejections.ts'
import type { LoginBudget } from '../src/model/inventory.ts'

const never = new AbortController().signal
const limit = (per_second: number | null, in_flight: number | null): LoginBudget => ({ per_second, in_flight })
const turns = () => new Promise(resolve => setTimeout(resolve, 5))

describe('a budget of logins', () => {
  it('lets no more in at a time than it says, over all and in a group, in the order they came', async () => {
    const made = budget({ all: limit(null, 3), groups: new Map([['old', limit(null, 1)]]) })
    const inside: string[] = []
    const leave = new Map<string, () => void>()
    const enter = (name: string, groups: string[]) =>
      made.enter(groups, never).then(go => {
        inside.push(name)
        leave.set(name, go)
      })
    const all = [enter('a', ['old']), enter('b', ['old'])]
    await turns()
    all.push(enter('c', []), enter('d', []), enter('e', []))
    await turns()
    // b waits for its group, and holds no turn of all meanwhile.
    expect(inside).toEqual(['a', 'c', 'd'])
    leave.get('c')?.()
    await turns()
    expect(inside).toEqual(['a', 'c', 'd', 'e'])
    leave.get('d')?.()
    await turns()
    expect(inside).toHaveLength(4)
    leave.get('a')?.()
    await turns()
    expect(inside.at(-1)).toBe('b')
    await Promise.all(all)
  })
  it('gives a turn that becomes free to the one who waits, and to nobody who comes in that moment', async () => {
    const made = budget({ all: limit(null, 1), groups: new Map() })
    let inside = 0
    let most = 0
    const enter = async () => {
      const leave = await made.enter([], never)
      most = Math.max(most, ++inside)
      return () => {
        inside--
        leave()
      }
    }
    const first = await enter()
    const second = enter()
    first()
    const third = enter()
    ;(await second)()
    ;(await third)()
    expect(most).toBe(1)
  })
  it('begins logins no faster than it says, with the jitter on the slow side', async () => {
    let now = 1000
    const wait = async (milliseconds: number) => {
      now += Math.max(0, milliseconds)
    }
    const begun: number[] = []
    const made = budget({ all: limit(100, null), groups: new Map() }, { now: () => now, random: () => 0.5, wait })
    for (let i = 0; i < 4; i++) {
      await made.enter([], never)
      begun.push(Math.round(now))
      // One that came late does not make up for it.
      if (i === 2) now += 500
    }
    // 100 a second is one every 10 ms; half the jitter of 20 % is 1 ms more.
    expect(begun).toEqual([1000, 1011, 1022, 1522])
  })
  it('keeps nobody waiting once the run is over, and forgets those who left the queue', async () => {
    const stop = new AbortController()
    const made = budget({ all: limit(null, 1), groups: new Map() })
    const leave = await made.enter([], never)
    const waiting = made.enter([], stop.signal)
    stop.abort('enough')
    ;(await waiting)()
    leave()
    const third = await made.enter([], never)
    third()
    const began = performance.now()
    await pause(10_000, stop.signal)
    expect(performance.now() - began).toBeLessThan(5000)
  })
})

describe('rejections', () => {
  it('three in a row, and the credential is used no more; others are', async () => {
    const count = rejections()
    for (const device of ['r1', 'r2', 'r3']) {
      expect(await count.ask('env:PW for audit', device)).toBeNull()
      count.answered('env:PW for audit', device, device, false)
    }
    expect(await count.ask('env:PW for audit', 'r4')).toBe('it was rejected 3 times in a row (r1, r2, r3)')
    expect(await count.ask('env:PW for other', 'r1')).toBeNull()
  })
  it('an acceptance between them starts the count anew, a lost connection does not', async () => {
    const count = rejections()
    for (const [n, answer] of [false, false, true, false, null, false].entries()) {
      expect(await count.ask('x', `place ${n}`)).toBeNull()
      count.answered('x', `place ${n}`, 'r', answer)
    }
    expect(await count.ask('x', 'one more')).toBeNull()
    count.answered('x', 'one more', 'r', false)
    expect(await count.ask('x', 'the next')).toMatch(/rejected 3 times/)
  })
  it('sends none to a place that has rejected it, by whatever way of the inventory it comes there', async () => {
    const count = rejections()
    await count.ask('x', '10.0.0.1 22')
    // The same host, on the way to another device: it waits to learn what comes of the first.
    const meanwhile = count.ask('x', '10.0.0.1 22')
    const elsewhere = count.ask('x', '10.0.0.2 22')
    expect(await Promise.race([meanwhile, turns().then(() => 'waits')])).toBe('waits')
    count.answered('x', '10.0.0.1 22', 'r1', false)
    expect(await meanwhile).toBe('it has been rejected there before')
    expect(await elsewhere).toBeNull()
    count.answered('x', '10.0.0.2 22', 'r2', true)
    // Good elsewhere, and still no good there.
    expect(await count.ask('x', '10.0.0.1 22')).toBe('it has been rejected there before')
    expect(await count.ask('y', '10.0.0.1 22')).toBeNull()
  })
  it('sends one again where nobody knows what came of it, or where it was good', async () => {
    const count = rejections()
    for (const answer of [null, true, null]) {
      expect(await count.ask('x', 'r')).toBeNull()
      count.answered('x', 'r', 'r', answer)
    }
    expect(await count.ask('x', 'r')).toBeNull()
  })
  it('sends an unproven credential to no more devices at a time than may reject it', async () => {
    const count = rejections()
    let sent = 0
    const refused: (string | null)[] = []
    const asking = Array.from({ length: 50 }, (_, i) =>
      count.ask('x', `r${i}`).then(async sentence => {
        refused.push(sentence)
        if (sentence !== null) return
        sent++
        await turns()
        count.answered('x', `r${i}`, `r${i}`, false)
      }),
    )
    await Promise.all(asking)
    expect(sent).toBe(3)
    expect(refused.filter(r => r !== null)).toHaveLength(47)
  })
  it('sends it everywhere once one device has taken it', async () => {
    const count = rejections()
    await count.ask('x', 'r0')
    const others = Array.from({ length: 20 }, (_, n) => count.ask('x', `r${n + 1}`))
    count.answered('x', 'r0', 'r0', true)
    expect(await Promise.all(others)).toEqual(Array.from({ length: 20 }, () => null))
  })
})

describe('the clock of a device', () => {
  it('says which step took too long, and that the next try may be better', async () => {
    const clock = limits(10, never).attempt()
    clock.step('agreeing on keys', 0.02)
    await new Promise<Failure>(clock.stop.listen)
    expect(clock.stop.why).toEqual({
      kind: 'timed-out',
      failed: 'timed out after 0.02 s while agreeing on keys',
      again: true,
    } satisfies Failure)
    clock.end()
  })
  it('a new step stops the clock of the last one; all attempts share the whole', async () => {
    const time = limits(0.06, never)
    const first = time.attempt()
    first.step('connecting', 0.03)
    await pause(10, never)
    first.step('logging in')
    await pause(30, never)
    expect(first.stop.why).toBeNull()
    first.end()
    const second = time.attempt()
    second.step(() => 'trying again')
    await new Promise<Failure>(second.stop.listen)
    expect(second.stop.why).toMatchObject({ failed: 'timed out after 0.06 s while trying again' })
    second.end()
    expect(time.over()).toBe(true)
  })
  it('ends with the run', () => {
    const stop = new AbortController()
    const clock = limits(10, stop.signal).attempt()
    stop.abort('interrupted; run it again')
    expect(clock.stop.why).toEqual({ kind: 'interrupted', failed: 'interrupted; run it again', again: false })
    clock.end()
  })
})
