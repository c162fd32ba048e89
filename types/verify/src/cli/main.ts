#!/usr/bin/env node
// Command-line entry point: `commonsight-verify`.
import { runCli } from './runCli.ts';

process.exitCode = await runCli(process.argv.slice(2), (line) => console.log(line));
