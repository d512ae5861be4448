package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Client;
import lyceum.launcher.wire.Request;

/** Calls of the lesson routes, waited for. */
record LessonCalls(Client client) {

    Answer send(Request request) {
        return client.send(request).await();
    }

    /** @param fields encoded already */
    Answer put(String fields) {
        return send(Request.form("PUT", "/elicast", fields));
    }

    /** @return the lesson that was made of these fields, as it is read again */
    JsonNode stored(String fields) {
        return lesson(put(fields));
    }

    /** @return the lesson that this answer to a PUT speaks of, as it is read again */
    JsonNode lesson(Answer created) {
        return read(id(created)).json().required("elicast");
    }

    long id(Answer created) {
        assertThat(created.status()).as("answer to PUT: " + created).isEqualTo(200);
        return created.json().at("/elicast/id").asLong();
    }

    Answer read(long id) {
        Answer answer = send(Request.of("GET", "/elicast/" + id));
        assertThat(answer.status()).as("answer to GET: " + answer).isEqualTo(200);
        return answer;
    }
}
