#!/usr/bin/env node
// The bin: process streams in, exit code out.
import { run } from './cli/run.ts'

// A reader that goes away (`... | head`) is no error of ours.
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
})
process.exitCode = await run(process.argv.slice(2), {
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
  env: process.env,
  width: process.stdout.columns ?? 80,
  colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
})
