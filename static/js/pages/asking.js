// What a person has to decide while timing a text: starts that contradict
// others, and starts whose line has changed. One thing is asked at a time.

/**
 * @param {string} name under which open questions are kept
 * @param {(segment: string, change: object) => void} send
 */
export function createAsking(name, { t, lines, recall, remember, send }) {
  let questions = recall(name) ?? [];
  const postponed = new Set(); // offers for later

  function keep(list) {
    questions = list;
    remember(name, list);
  }
  const others = (segment) => questions.filter((question) => question.segment !== segment);

  function question({ segment, change, sentence }, { segments }) {
    const settle = () => keep(others(segment));
    const believe = () => {
      settle();
      send(segment, { ...change, believe: true });
    };
    return {
      sentence: t('timing.question', lines[segments.indexOf(segment)]?.textContent ?? '', sentence),
      answers: [[t('timing.believe'), believe], [t('timing.keep'), settle]],
    };
  }

  function offer({ segment, line, text, startMs, timestamp }, { segments }) {
    const forget = [t('timing.offer.forget'), () => send(segment, { forget: true })];
    const wait = [t('timing.offer.later'), () => postponed.add(segment)];
    if (line === null) return { sentence: t('timing.offer.none', text, timestamp), answers: [forget, wait] };
    const to = segments[line];
    const change = to === segment ? { startMs } : { startMs, from: segment };
    return {
      sentence: t('timing.offer', text, timestamp, lines[line].textContent),
      answers: [[t('timing.offer.yes'), () => send(to, change)], forget, wait],
    };
  }

  return {
    add: (wish, sentence) => keep([...others(wish.segment), { segment: wish.segment, change: wish.change, sentence }]),
    settled: (segment) => keep(others(segment)),
    /**
     * A sentence and its answers, each its words and its deed; null if nothing
     * is open. An offer is answered by a change on its way; undone, it is open.
     */
    first(reading, changes) {
      if (questions.length) return question(questions[0], reading);
      const answered = new Set(changes.flatMap(({ segment, change }) => [segment, change.from]));
      const open = reading.offers.find(({ segment }) => !postponed.has(segment) && !answered.has(segment));
      return open ? offer(open, reading) : null;
    },
  };
}
