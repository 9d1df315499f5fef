// The end of waiting for a device: told once, with the first reason, and to nobody who does not wait any more.
import { expect, it } from 'vitest'
import { failure } from '../src/collect/failure.ts'
import { openStop } from '../src/collect/stop.ts'

const [late, interrupted] = [failure('timed-out', 'too late', true), failure('interrupted', 'run it again')]

it('tells everybody who listens, in their order, and the first reason alone', () => {
  const { stop, end } = openStop()
  const told: unknown[] = []
  stop.listen(why => told.push('one', why))
  stop.listen(why => told.push('two', why))
  expect(stop.why).toBeNull()
  end(late)
  end(interrupted)
  expect(told).toEqual(['one', late, 'two', late])
  expect(stop.why).toBe(late)
})

it('tells nobody who has forgotten it, even while it is being told, and nobody who comes too late', () => {
  const { stop, end } = openStop()
  const told: string[] = []
  const gone = () => void told.push('gone')
  const other = () => void told.push('other')
  stop.listen(gone)
  stop.listen(() => {
    told.push('one')
    stop.forget(other)
    stop.listen(() => void told.push('too late'))
  })
  stop.listen(other)
  stop.forget(gone)
  end(late)
  stop.listen(() => void told.push('too late'))
  end(interrupted)
  expect(told).toEqual(['one'])
})
