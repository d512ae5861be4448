// The least that socket.io 4 needs to show everybody each click: no store, no names, no counters.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const http = createServer((request, response) => {
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  response.end(String(heapUsed + external))
})
const io = new Server(http, { path: '/api/socket.io/', transports: ['websocket'], pingInterval: 25_000, pingTimeout: 60_000 })

io.on('connection', (socket) => {
  socket.on('click', ({ user, comment, style }, ack) => {
    io.emit('click', { user, comment, style, timestamp: Math.floor(Date.now() / 1000) })
    ack?.()
  })
})
http.listen(0, '127.0.0.1', () => console.log(`listening ${http.address().port}`))
