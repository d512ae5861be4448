"""a server and its clients on the loopback, at a port that all of us use"""
import socket
import threading

server = socket.create_server(("127.0.0.1", 8080))


def serve():
    for _ in range(5):
        peer, _ = server.accept()
        with peer:
            peer.sendall(peer.recv(100).upper())


thread = threading.Thread(target=serve)
thread.start()
for n in range(5):
    with socket.create_connection(("127.0.0.1", 8080)) as client:
        client.sendall(b"hello %d" % n)
        print(client.recv(100).decode())
thread.join()
