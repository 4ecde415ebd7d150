/** A reason to stop that is told in one sentence, without a stack trace. */
export class Failure extends Error {}

export function say(text) {
  process.stderr.write(`portal: ${text}\n`);
}

/** Runs one named step and prints its time; on a terminal the time counts while it works. */
export async function step(title, work) {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(0);
  const live = process.stderr.isTTY;
  let detail = '';
  const show = () =>
    process.stderr.write(
      `\r\x1b[2K  … ${title} ${seconds()} s ${detail.slice(0, 80)}`,
    );
  const timer = live ? setInterval(show, 500) : undefined;
  if (!live) process.stderr.write(`  … ${title}\n`);
  try {
    const result = await work(text => {
      detail = text;
    });
    process.stderr.write(
      `${live ? '\r\x1b[2K' : ''}  ✓ ${title} (${seconds()} s)\n`,
    );
    return result;
  } catch (error) {
    process.stderr.write(
      `${live ? '\r\x1b[2K' : ''}  ✗ ${title} (${seconds()} s)\n`,
    );
    throw error;
  } finally {
    clearInterval(timer);
  }
}
