import { step } from '../portal/terminal.mjs';

/** Prints each step with its time and link, and in the end what took how long. */
export class Teller {
  constructor(url) {
    this.url = url;
    this.started = Date.now();
    this.times = [];
  }

  link(path) {
    return this.url + path;
  }

  async step(title, work, say = seen => seen) {
    const started = Date.now();
    const result = await step(title, work);
    this.times.push([title, (Date.now() - started) / 1000]);
    const text = say(result);
    if (text) console.log(`      ${text}`);
    return result;
  }

  summary() {
    console.log('\nTime of each step:');
    for (const [title, seconds] of this.times)
      console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${title}`);
    console.log(
      `  ${((Date.now() - this.started) / 1000)
        .toFixed(1)
        .padStart(6)} s  in all`,
    );
  }
}
