#!/usr/bin/env node
// The bin: process streams in, exit code out.
import { askHidden } from './cli/ask.ts'
import { wantsColour } from './cli/io.ts'
import { run } from './cli/run.ts'

// A reader that goes away (`... | head`) is no error of ours; a full disk is one.
process.stdout.on('error', error => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EPIPE') return
  process.stderr.write(`iphelper-audit: standard output cannot be written (${code})\n`)
  process.exit(4)
})
process.exitCode = await run(process.argv.slice(2), {
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
  env: process.env,
  width: process.stdout.columns ?? 80,
  errorWidth: process.stderr.columns ?? 80,
  loaded: performance.now(),
  live: process.stderr.isTTY === true,
  ask: process.stdin.isTTY ? question => askHidden(process.stdin, text => process.stderr.write(text), question) : undefined,
  colour: wantsColour(process.env, process.stdout.isTTY === true),
})
