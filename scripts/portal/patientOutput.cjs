/**
 * Loaded before a program whose output goes to a file. On a full disk its lines are lost, and the program goes on: otherwise the
 * failed write is an uncaught exception, which is logged, which fails again, and so on without an end.
 */
const { writeSync } = require('node:fs');

for (const stream of [process.stdout, process.stderr]) {
  stream._write = (chunk, _encoding, done) => {
    try {
      writeSync(stream.fd, chunk);
    } catch {
      // There is nowhere to tell it.
    }
    done();
  };
}
