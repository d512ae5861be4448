// Clients that are shown clicks, and a few of them that click: node load.mjs <port> <clients> <clicks a second>
//
// Says "connected" when all are in. For each line "<seconds>" that it reads it clicks for so long and says, as JSON, how
// many clicks were sent and acknowledged and how many were shown, and after how long (milliseconds).
import { createInterface } from 'node:readline'
import { performance } from 'node:perf_hooks'
import WebSocket from 'ws'

const [port, clients, perSecond] = process.argv.slice(2).map(Number)
const url = `ws://127.0.0.1:${port}/api/socket.io/?EIO=4&transport=websocket`
const CONNECTING = 50
const CLICKING = 10
const LAST_MILLIS = 30_000
const MARK = '"comment":"'

const sockets = []
let ages = []
let acknowledged = 0

function connect() {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    socket.on('error', reject)
    socket.on('close', (code) => fail(`closed with ${code}`))
    socket.on('message', (data) => {
      const text = data.toString('latin1')
      if (text.startsWith('42["click"')) {
        const at = text.indexOf(MARK) + MARK.length
        ages.push(performance.now() - Number(text.slice(at, text.indexOf('"', at))))
      } else if (text.startsWith('43')) {
        acknowledged++
      } else if (text === '2') {
        socket.send('3')
      } else if (text.startsWith('0')) {
        socket.send('40')
      } else if (text.startsWith('40')) {
        sockets.push(socket)
        resolve()
      } else if (text.startsWith('44')) {
        reject(new Error(text))
      }
    })
  })
}

function fail(text) {
  console.error(text)
  process.exit(1)
}

async function connectAll() {
  let left = clients
  const connectSome = async () => {
    while (left-- > 0) {
      await connect()
    }
  }
  await Promise.all(Array.from({ length: CONNECTING }, connectSome))
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, Math.max(0, millis)))

async function click(seconds) {
  ages = []
  acknowledged = 0
  const clicks = seconds * perSecond
  const begin = performance.now()
  for (let i = 0; i < clicks; i++) {
    await pause(begin + (i * 1_000) / perSecond - performance.now())
    const at = i % Math.min(CLICKING, clients)
    const comment = String(performance.now())
    sockets[at].send(`42${i}["click",{"user":"user ${at}","comment":"${comment}","style":"big green"}]`)
  }
  const end = performance.now() + LAST_MILLIS
  while (performance.now() < end && (acknowledged < clicks || ages.length < clicks * clients)) {
    await pause(20)
  }
  const sorted = Float64Array.from(ages).sort()
  const share = (percent) => sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]
  return { clicks, acknowledged, shown: sorted.length, p50: share(50), p99: share(99) }
}

await connectAll()
console.log('connected')
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await click(Number(line))))
}
process.exit(0)
