"""Answers programs that send a signal which may be for themselves (signals.py), each as long as its share of time lasts."""

import heapq
import select
import time

import signals


class Questions:
    def __init__(self, nursery):
        self.nursery = nursery
        self.resting = []  # a heap: when it is answered again, its number, and the room

    def listen(self, room):
        self.nursery.watch_room(room, room.listener, select.EPOLLIN, self.on_question)

    def on_question(self, room):
        """Its program sends a signal that may be for itself (signals.py)."""
        begun = time.process_time()
        if room.question is None:
            room.question, room.asked_at = signals.next_question(room.listener), time.monotonic()
        if room.question is None:
            if signals.is_over(room.listener):
                self.nursery.leave(room.listener)
            return
        effect, number = signals.effect(room.pid, room.question) if room.pid else (signals.NONE, 0)
        if effect is signals.LATER and time.monotonic() < room.asked_at + signals.BLOCKED_SECONDS:
            return self.rest(room, begun, signals.LOOK_AGAIN_SECONDS)
        if effect is signals.END:
            self.nursery.end_by(room, number)
        else:
            signals.let_go_on(room.listener, room.question)
        room.question = None
        self.rest(room, begun, 0)

    def rest(self, room, begun, least_seconds):
        """Turns to others for a while, which is longer for who has had his share."""
        seconds = time.process_time() - begun
        room.answering_seconds += seconds
        share = signals.REST * seconds if room.answering_seconds > signals.MOST_SECONDS else 0
        pause = max(least_seconds, share)
        if pause:
            self.nursery.leave(room.listener)
            heapq.heappush(self.resting, (time.monotonic() + pause, room.number, room))

    def patience(self):
        """How many seconds there are until somebody is to be answered again; None where nobody rests."""
        return max(0, self.resting[0][0] - time.monotonic()) if self.resting else None

    def wake(self):
        while self.resting and self.resting[0][0] <= time.monotonic():
            room = heapq.heappop(self.resting)[2]
            if room.listener is not None and not room.lost:
                self.listen(room)
                self.nursery.attend(room, self.on_question, room)
