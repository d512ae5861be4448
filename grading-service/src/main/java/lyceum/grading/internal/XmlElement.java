package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** An element of {@code hw.xml} or {@code code.xml}. Its parser reads nothing but the bytes it is given: no DTD, no entity. */
final class XmlElement {

    /** A hundred times what any homework has. */
    private static final int MAX_BYTES = 256 * 1024;

    private final Element element;

    private XmlElement(Element element) {
        this.element = element;
    }

    /** @return the root of a document */
    static XmlElement parse(Buffer document, String file) throws BrokenHomework {
        if (document.length() > MAX_BYTES) {
            throw new BrokenHomework(file + " has more than " + MAX_BYTES + " bytes");
        }
        try {
            DocumentBuilder builder = factory().newDocumentBuilder();
            // The default one writes to stderr.
            builder.setErrorHandler(new DefaultHandler());
            return new XmlElement(
                    builder.parse(new ByteArrayInputStream(document.getBytes())).getDocumentElement());
        } catch (SAXParseException e) {
            throw new BrokenHomework(file + ", line " + e.getLineNumber() + ": " + e.getMessage());
        } catch (SAXException | IOException e) {
            throw new BrokenHomework(file + ": " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    String name() {
        return element.getTagName();
    }

    /** @return its text without white space at the ends */
    String text() {
        return element.getTextContent().strip();
    }

    /** @return the value of an attribute, or nothing where it is absent */
    Optional<String> attribute(String name) {
        return element.hasAttribute(name) ? Optional.of(element.getAttribute(name)) : Optional.empty();
    }

    /** @return its elements in their order */
    List<XmlElement> children() {
        List<XmlElement> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(new XmlElement(child));
            }
        }
        return children;
    }

    /** @return its elements of a name in their order */
    List<XmlElement> children(String name) {
        return children().stream().filter(child -> child.name().equals(name)).toList();
    }

    /** @return its first element of a name */
    Optional<XmlElement> child(String name) {
        return children(name).stream().findFirst();
    }

    /** @return its first element of a name, which must be there */
    XmlElement required(String name) throws BrokenHomework {
        return child(name).orElseThrow(() -> new BrokenHomework("there is no " + name + " in " + name()));
    }
}
