'use strict';

// What the web client of elicast asks of its server, without its screen (elicast contract, sections 5 and 8).
// RecordingPageIT calls recordAndStudy and judges what it returns.

const RECORDING_MILLIS = 2000;
const CUT_AT_MILLIS = 1200;
const MODEL_SOLUTION = 'a * b';
const WRONG_SOLUTION = 'a + b';
const RIGHT_SOLUTION = 'b * a';

/** Records, saves, reads, plays, runs, answers, cuts and saves over, each by the requests that the client makes. */
async function recordAndStudy(gateway) {
  const server = new Server(gateway);
  const log = await openLog(server);
  const voice = await dataUri(await record(RECORDING_MILLIS));
  const ots = lessonOts();
  const program = textOf(ots);
  const run = await server.send('POST', '/code/run', {code: program});
  const saved = await server.send('PUT', '/elicast', lessonForm(ots, [voice]));
  const id = saved.elicast.id;
  const listed = await server.get('/elicast');
  const read = (await server.get(`/elicast/${id}`)).elicast;
  return {
    log, run, saved, program, voice, ots, listed: listed.elicasts, read,
    playedSeconds: await play(read.voice_blobs[0]),
    decodedSeconds: await decodedSeconds(read.voice_blobs[0]),
    wrong: await answer(server, id, ots, WRONG_SOLUTION),
    right: await answer(server, id, ots, RIGHT_SOLUTION),
    cut: await cutAndOverwrite(server, id, ots, voice),
  };
}

class Server {
  constructor(gateway) {
    this.gateway = gateway;
  }

  get(path) {
    return this.json(path, {});
  }

  send(method, path, fields) {
    const body = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
    return this.json(path, {method, body, headers: {'Content-Type': 'application/x-www-form-urlencoded'}});
  }

  async json(path, options) {
    const response = await fetch(this.gateway + path, options);
    if (!response.ok) {
      throw new Error(`${options.method || 'GET'} ${path}: ${response.status} ${await response.text()}`);
    }
    return response.json();
  }
}

async function openLog(server) {
  const {ticket} = await server.send('POST', '/log/ticket', {name: JSON.stringify('')});
  const submitted = await server.send('POST', '/log/submit', {ticket, data: JSON.stringify({action: 'get-ticket'})});
  return {ticket, submitted};
}

async function record(millis) {
  const stream = await navigator.mediaDevices.getUserMedia({audio: true});
  const recorder = new MediaRecorder(stream, {mimeType: 'audio/webm'});
  const pieces = [];
  recorder.ondataavailable = event => pieces.push(event.data);
  const stopped = happens(recorder, 'stop');
  recorder.start();
  await happens(recorder, 'start');
  await new Promise(done => setTimeout(done, millis));
  recorder.stop();
  await stopped;
  stream.getTracks().forEach(track => track.stop());
  // Named anew without "codecs=opus", which the server would refuse.
  return new Blob(pieces, {type: 'audio/webm'});
}

async function dataUri(blob) {
  const reader = new FileReader();
  reader.readAsDataURL(blob);
  await happens(reader, 'load');
  return reader.result;
}

/** Returns how far it has played. */
async function play(uri) {
  const audio = document.getElementById('voice');
  audio.src = uri;
  await audio.play();
  while (audio.currentTime < 0.5) {
    await happens(audio, 'timeupdate');
  }
  audio.pause();
  return audio.currentTime;
}

async function decodedSeconds(uri) {
  const bytes = await (await fetch(uri)).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(bytes);
  return sound.duration;
}

function answer(server, id, ots, solution) {
  const code = textOf(ots.map(ot => ot.insertedText === MODEL_SOLUTION ? {...ot, insertedText: solution} : ot));
  return server.send('POST', `/code/answer/${id}`, {ex_id: 1, solve_ots: JSON.stringify(keystrokes(ots, solution)), code});
}

/** The viewer types the solution, all at the time in the middle between the two markers. */
function keystrokes(ots, solution) {
  const [start, end] = ots.filter(ot => ot.command === 'exPlaceholder').map(ot => ot.ts);
  const ts = Math.round((start + end) / 2);
  const from = ots.find(ot => ot.insertedText === MODEL_SOLUTION).fromPos;
  const typed = [...solution].map((letter, index) => insertion(ts, from + index, letter));
  return [{ts, command: 'nop', time: Date.now()}, ...typed];
}

async function cutAndOverwrite(server, id, ots, voice) {
  const {outputs} = await server.send('POST', '/audio/split', {
    segments: JSON.stringify([[0, CUT_AT_MILLIS]]),
    audio_blobs: JSON.stringify([voice]),
  });
  const kept = ots.filter(ot => ot.ts <= CUT_AT_MILLIS);
  kept.push({ts: CUT_AT_MILLIS + 1, command: 'record_end'});
  const overwritten = await server.send('POST', `/elicast/${id}`, lessonForm(kept, outputs));
  const read = (await server.get(`/elicast/${id}`)).elicast;
  return {outputs, ots: kept, overwritten, read, decodedSeconds: await decodedSeconds(read.voice_blobs[0])};
}

function lessonForm(ots, voices) {
  return {
    title: 'Rectangles \u{1f642} & areas',
    ots: JSON.stringify(ots),
    voice_blobs: JSON.stringify(voices),
    teacher: '',
  };
}

/** One recording session: an edit, an exercise with its model solution, an edit, a run; then hidden tests. */
function lessonOts() {
  const head = 'def area(a, b):\n    return ';
  const tail = '\n\nprint("넓이", area(3, 4))\n';
  const test = 'assert area(2, 5) == 10\n';
  return [
    {ts: 0, command: 'selection', fromPos: 0, toPos: 0},
    {ts: 0, command: 'record_start', soundChunkIdx: 0, time: Date.now()},
    insertion(300, 0, head),
    {ts: 600, command: 'exPlaceholder', exId: 1},
    {...insertion(800, head.length, MODEL_SOLUTION), _exId: 1},
    {ts: 1000, command: 'exPlaceholder', exId: 1},
    insertion(1400, (head + MODEL_SOLUTION).length, tail),
    {ts: 1600, command: 'run'},
    {ts: 1700, command: 'run', exitCode: 0, output: '넓이 12\n'},
    {ts: 2000, command: 'record_end'},
    {ts: 2000, command: 'assert', time: Date.now()},
    {...insertion(2500, (head + MODEL_SOLUTION + tail).length, test), _assert: true},
    {ts: 3000, command: 'assert', time: Date.now()},
  ];
}

function insertion(ts, position, insertedText) {
  return {ts, command: 'text', fromPos: position, toPos: position, insertedText, removedText: ''};
}

/** Applies all edits. The solutions are of one length, so later edits need not move. */
function textOf(ots) {
  return ots.filter(ot => ot.command === 'text')
    .reduce((text, ot) => text.slice(0, ot.fromPos) + ot.insertedText + text.slice(ot.toPos), '');
}

function happens(target, event) {
  return new Promise((resolve, reject) => {
    target.addEventListener(event, resolve, {once: true});
    target.addEventListener('error', () => reject(target.error || new Error(`${event} did not happen`)), {once: true});
  });
}
