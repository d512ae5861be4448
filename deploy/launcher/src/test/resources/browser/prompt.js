'use strict';

// A page on which a person talks with a program through /sandbox/sessions: what is typed goes to the program, what the
// program writes is shown. PromptPageIT calls begin, types, and looks.

const LETTER = document.getElementById('letter').getBoundingClientRect();

let talk;

/** Starts a program: the members of the message `start`, but for the size of the terminal. `gateway` is host and port. */
async function begin(gateway, program, wantsTerminal) {
  const login = new URLSearchParams({username: 'ada', password: 'ada'});
  const answer = await fetch(`http://${gateway}/token`, {method: 'POST', body: login});
  const {access_token: token} = await answer.json();
  talk = new Talk(`ws://${gateway}/sandbox/sessions?token=${token}`, program, wantsTerminal);
}

/** What a person sees, when each piece of it has come, and which size the program was told last. */
function look() {
  return {
    screen: document.getElementById('screen').textContent,
    state: document.getElementById('state').textContent,
    arrivals: talk.arrivals,
    window: talk.window,
  };
}

function windowSize() {
  return {rows: Math.floor(innerHeight / LETTER.height), columns: Math.floor(innerWidth / LETTER.width)};
}

class Talk {
  constructor(url, program, wantsTerminal) {
    this.hasTerminal = wantsTerminal;
    this.window = windowSize();
    this.screen = new Screen(document.getElementById('screen'));
    this.arrivals = [];
    this.socket = new WebSocket(url);
    this.socket.onopen = () => this.say({type: 'start', ...program, ...wantsTerminal && {terminal: this.window}});
    this.socket.onmessage = event => this.hear(JSON.parse(event.data));
    addEventListener('keydown', event => this.press(event));
    addEventListener('resize', () => this.resize());
  }

  say(message) {
    this.socket.send(JSON.stringify(message));
  }

  hear(message) {
    if (message.type === 'output') {
      this.arrivals.push({stream: message.stream, data: message.data, millis: performance.now()});
      this.screen.write(message.data);
    } else {
      document.getElementById('state').textContent = describe(message);
    }
  }

  press(event) {
    const data = typed(event);
    if (this.hasTerminal) {
      this.say({type: 'input', data});
    } else if (data === '\x03') {
      this.say({type: 'signal', signal: 'SIGINT'});
    } else {
      // A pipe shows nobody what goes into it.
      this.screen.write(data);
      this.say({type: 'input', data});
    }
    event.preventDefault();
  }

  resize() {
    this.window = windowSize();
    if (this.hasTerminal) {
      this.say({type: 'resize', ...this.window});
    }
  }
}

/** What a key means to a program. */
function typed(event) {
  if (event.ctrlKey) {
    return String.fromCharCode(event.key.toUpperCase().charCodeAt(0) - 64);
  }
  return event.key === 'Enter' ? '\n' : event.key;
}

function describe(message) {
  switch (message.type) {
    case 'started': return message.stage;
    case 'ended': return `${message.verdict}, exit code ${message.exitCode}`;
    default: return `${message.type}: ${message.status} ${message.detail}`;
  }
}

/** As much of a terminal as a prompt needs: lines that end, and are written anew up to the point where they differ. */
class Screen {
  constructor(element) {
    this.element = element;
    this.lines = [''];
    this.column = 0;
  }

  write(text) {
    for (const sign of text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')) {
      this.put(sign);
    }
    this.element.textContent = this.lines.join('\n');
  }

  put(sign) {
    if (sign === '\n') {
      this.lines.push('');
      this.column = 0;
    } else if (sign === '\r') {
      this.column = 0;
    } else if (sign === '\b') {
      this.column = Math.max(0, this.column - 1);
    } else if (sign >= ' ') {
      const line = this.lines.pop();
      this.lines.push(line.slice(0, this.column) + sign + line.slice(this.column + 1));
      this.column++;
    }
  }
}
