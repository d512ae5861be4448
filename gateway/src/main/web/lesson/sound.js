// Voice: from the microphone, and between the data URIs of lessons and what a browser plays.

const MEDIA_TYPE = "audio/webm";
const BITS_PER_SECOND = 32_000;

/**
 * Records the microphone, or silence where there is none: the original clients want a sound for every session.
 *
 * @return `{ refusal, stop() }` once sound comes in: why there is no microphone, or null; and a promise of a data URI
 */
export async function recordVoice() {
  const source = await microphone();
  const recorder = new MediaRecorder(source.stream, { mimeType: MEDIA_TYPE, audioBitsPerSecond: BITS_PER_SECOND });
  const pieces = [];
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  const started = happens(recorder, "start");
  recorder.start();
  await started;
  return {
    refusal: source.refusal,
    async stop() {
      const stopped = happens(recorder, "stop");
      recorder.stop();
      await stopped;
      source.close();
      // Named anew: the server refuses a type with "codecs=opus" behind it.
      return dataUri(new Blob(pieces, { type: MEDIA_TYPE }));
    },
  };
}

async function microphone() {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    return { stream, refusal: null, close: () => stream.getTracks().forEach((track) => track.stop()) };
  } catch (error) {
    const context = new AudioContext();
    return { stream: context.createMediaStreamDestination().stream, refusal: error.message, close: () => context.close() };
  }
}

async function dataUri(blob) {
  const reader = new FileReader();
  const read = happens(reader, "load");
  reader.readAsDataURL(blob);
  await read;
  return reader.result;
}

/** A player for a data URI; the policy of the page allows `blob:` only. */
export function playable(uri) {
  const bytes = Uint8Array.from(atob(uri.slice(uri.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
  const audio = new Audio(URL.createObjectURL(new Blob([bytes], { type: MEDIA_TYPE })));
  audio.preload = "auto";
  return audio;
}

export function release(audio) {
  audio.pause();
  URL.revokeObjectURL(audio.src);
}

function happens(target, event) {
  return new Promise((resolve, reject) => {
    target.addEventListener(event, resolve, { once: true });
    target.addEventListener("error", () => reject(target.error ?? new Error(event)), { once: true });
  });
}
