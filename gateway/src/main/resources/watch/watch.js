// Plays what the address names: /watch/<name>, perhaps with ?token=…; relative, so that it works below /api too.
(() => {
  "use strict";

  // Retries wait 1, 2, 4 and then 5 seconds: a publisher that comes back is seen soon, and nobody is flooded.
  const FIRST_PAUSE = 1000;
  const LONGEST_PAUSE = 5000;
  // So often in a row nothing is found before pictures of a stream are tried, which need no encoder.
  const TRIES_BEFORE_PICTURES = 3;
  // Time that stands still for so long although something is to be played is a stall.
  const STALL = 8000;
  const CATCH_UP_RATE = 1.1;

  const name = decodeURIComponent(location.pathname.split("/").pop());
  const token = new URLSearchParams(location.search).get("token");
  const query = token === null ? "" : `?token=${encodeURIComponent(token)}`;
  const playlist = `../hls/${encodeURIComponent(name)}/index.m3u8${query}`;
  const stream = `../mjpeg/${encodeURIComponent(name)}${query}`;

  const video = document.getElementById("video");
  const pictures = document.getElementById("pictures");
  const state = document.getElementById("state");

  let hls = null;
  let pause = FIRST_PAUSE;
  let failures = 0;
  let retry = 0;
  let lastTime = 0;
  let lastMoved = Date.now();

  document.title = `${name} – live video`;
  document.getElementById("name").textContent = name;
  pictures.alt = `Pictures of ${name}`;

  const say = (text) => {
    if (state.textContent !== text) {
      state.textContent = text;
    }
  };

  const stop = () => {
    clearTimeout(retry);
    if (hls !== null) {
      hls.destroy();
      hls = null;
    }
  };

  const play = () => {
    const begun = video.play();
    if (begun !== undefined) {
      begun.catch(() => say("Ready: press play"));
    }
  };

  const later = (text) => {
    stop();
    failures += 1;
    if (failures >= TRIES_BEFORE_PICTURES && pictures.hidden && video.currentTime === 0) {
      showPictures();
    }
    say(text);
    retry = setTimeout(start, pause);
    pause = Math.min(LONGEST_PAUSE, 2 * pause);
  };

  const showPictures = () => {
    pictures.onload = () => {
      pictures.hidden = false;
      video.hidden = true;
    };
    pictures.onerror = hidePictures;
    pictures.src = stream;
  };

  const hidePictures = () => {
    pictures.onload = null;
    pictures.onerror = null;
    pictures.removeAttribute("src");
    pictures.hidden = true;
    video.hidden = false;
  };

  const startWithPlayer = () => {
    hls = new Hls({ manifestLoadingMaxRetry: 0, liveDurationInfinity: true });
    // Not as an option, which would count more than what a playlist with parts says (PART-HOLD-BACK).
    hls.config.liveSyncDurationCount = 2;
    hls.on(Hls.Events.LEVEL_LOADED, (event, data) => {
      // Who began at a key frame farther back catches up; without parts there is nothing to catch up with.
      hls.config.maxLiveSyncPlaybackRate = data.details.partList ? CATCH_UP_RATE : 1;
    });
    hls.on(Hls.Events.MANIFEST_PARSED, play);
    hls.on(Hls.Events.ERROR, (event, data) => {
      if (!data.fatal) {
        return;
      }
      if (data.type === Hls.ErrorTypes.MEDIA_ERROR) {
        hls.recoverMediaError();
        return;
      }
      const status = data.response ? data.response.code : 0;
      later(status === 401 || status === 403 ? "A token is needed to watch this" : "Nobody is publishing; waiting …");
    });
    hls.loadSource(playlist);
    hls.attachMedia(video);
  };

  const startWithout = () => {
    video.onerror = () => later("Nobody is publishing; waiting …");
    video.src = playlist;
    play();
  };

  const start = () => {
    stop();
    if (window.Hls !== undefined && Hls.isSupported()) {
      startWithPlayer();
    } else if (video.canPlayType("application/vnd.apple.mpegurl") !== "") {
      startWithout();
    } else {
      say("This browser plays no HLS; showing pictures");
      showPictures();
    }
  };

  video.addEventListener("timeupdate", () => {
    if (video.currentTime !== lastTime) {
      lastTime = video.currentTime;
      lastMoved = Date.now();
      pause = FIRST_PAUSE;
      failures = 0;
      hidePictures();
      say("Live");
    }
  });
  video.addEventListener("pause", () => say("Paused"));

  setInterval(() => {
    const isStalled = !video.paused && !video.hidden && lastTime > 0 && Date.now() - lastMoved > STALL;
    if (isStalled && hls !== null) {
      // A publisher that comes back may leave a gap: what lies behind it is what is live.
      const end = video.buffered.length > 0 ? video.buffered.end(video.buffered.length - 1) : 0;
      if (end > video.currentTime + 1) {
        video.currentTime = Math.max(video.currentTime, end - 3);
      } else {
        say("Nothing comes at present; waiting …");
      }
      lastMoved = Date.now();
    }
  }, 1000);

  document.getElementById("again").addEventListener("click", () => {
    pause = FIRST_PAUSE;
    failures = 0;
    hidePictures();
    start();
  });

  start();
})();
