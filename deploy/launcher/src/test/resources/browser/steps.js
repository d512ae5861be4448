// What ConsolePageIT asks of the console's page beyond its buttons.

/** Compares how the console reads lists of steps with how the original client read them (elicast fixtures, ots-semantics). */
async function judgeSteps({ real_list: realList, replay, answers }) {
  const { exercises, isUsable, stepsUntil, textOf, withAnswer } = await import('/console/lesson/ots.js');
  const differences = [];
  let compared = 0;
  const compare = (what, expected, actual) => {
    compared += 1;
    if (expected !== actual) {
      differences.push(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
    }
  };
  const list = (ots) => ots === 'real_list' ? realList : ots;
  for (const { name, ots, text_at: texts } of replay) {
    for (const [ts, text] of texts) {
      compare(`${name} at ${ts}`, text, textOf(list(ots), stepsUntil(list(ots), ts)));
    }
  }
  for (const { name, ots, ex_id: exId, solve_ots: steps, code } of answers) {
    const exercise = exercises(list(ots)).find((one) => one.exId === exId);
    // One in which the author wrote nothing is an error of the original client, and is passed over here.
    const answered = isUsable(list(ots), exercise) ? textOf(withAnswer(list(ots), exercise, steps)) : undefined;
    compare(name, code, answered);
  }
  return { differences, compared };
}

/** What axe-core finds serious or critical on the page as it is, and how wide the page has become. */
async function axeFindings() {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return {
    serious: violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`),
    overflow: document.documentElement.scrollWidth,
  };
}

/** Connects to a channel on the page of the WebSockets, and says something. */
async function trySocket(channel, text) {
  const section = document.getElementById(channel);
  [...section.querySelectorAll('details')].at(-1).open = true;
  section.querySelector('form button').click();
  const log = section.querySelector('[role=log]');
  while (!log.textContent.includes('connected')) {
    await new Promise((done) => setTimeout(done, 20));
  }
  section.querySelector('textarea').value = text;
  [...section.querySelectorAll('button')].find((one) => one.textContent === 'Send').click();
  return {};
}
