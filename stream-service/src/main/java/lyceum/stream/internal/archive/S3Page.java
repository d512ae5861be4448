package lyceum.stream.internal.archive;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One answer to {@code ListObjectsV2}, whose keys are encoded as in a URL: XML cannot hold all of them.
 *
 * @param objects in order
 * @param prefixes what keys have up to the delimiter, where one was asked for
 * @param next what to go on with; null at the end
 */
record S3Page(List<S3Object> objects, List<String> prefixes, String next) {

    /**
     * An object, without its bytes.
     *
     * @param tag another one for other bytes; empty where the store tells none
     */
    record S3Object(String key, String tag, long bytes) {}

    private static final XMLInputFactory XML = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static S3Page of(Buffer body) {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(body.getBytes()));
            return read(reader);
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("the store of recordings does not answer in XML", e);
        }
    }

    private static S3Page read(XMLStreamReader reader) throws XMLStreamException {
        List<S3Object> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String next = null;
        String key = "";
        String tag = "";
        long bytes = 0;
        boolean isInPrefixes = false;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamReader.END_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "CommonPrefixes" -> isInPrefixes = false;
                    case "Contents" -> objects.add(new S3Object(key, tag, bytes));
                    default -> {}
                }
            } else if (event == XMLStreamReader.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "CommonPrefixes" -> isInPrefixes = true;
                    case "Prefix" -> {
                        if (isInPrefixes) {
                            prefixes.add(decoded(reader.getElementText()));
                        }
                    }
                    case "Contents" -> tag = "";
                    case "Key" -> key = decoded(reader.getElementText());
                    case "ETag" -> tag = reader.getElementText();
                    case "Size" -> bytes = Long.parseLong(reader.getElementText());
                    case "NextContinuationToken" -> next = reader.getElementText();
                    default -> {}
                }
            }
        }
        return new S3Page(objects, prefixes, next);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
