package lyceum.gateway.video;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import lyceum.media.LiveService.Channel;
import lyceum.media.LiveService.MediaInfo;

/**
 * Channels as the statistics of nginx-rtmp, which dashboards and exporters read (stream contract, 4.7; hls.json,
 * stat_xml_paths). Rates are bits per second, times milliseconds. What is told of several clients here is the publisher:
 * viewers come over HTTP.
 */
final class RtmpStatistics {

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private RtmpStatistics() throws XMLStreamException {
        xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    }

    /** @param uptime of this gateway */
    static String of(List<Channel> channels, Duration uptime, Instant now) {
        try {
            RtmpStatistics statistics = new RtmpStatistics();
            statistics.write(channels, uptime, now);
            return statistics.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("nothing of this is written to where it could fail", e);
        }
    }

    private void write(List<Channel> channels, Duration uptime, Instant now) throws XMLStreamException {
        xml.writeStartDocument("utf-8", "1.0");
        xml.writeStartElement("rtmp");
        // Exporters look for these; there is no nginx here.
        element("nginx_version", "Lyceum");
        element("nginx_rtmp_version", "Lyceum");
        element("built", "");
        element("pid", ProcessHandle.current().pid());
        element("uptime", uptime.toSeconds());
        element("naccepted", channels.size());
        element("bw_in", channels.stream().mapToLong(each -> each.rates().in()).sum());
        element("bytes_in", channels.stream().mapToLong(Channel::bytesIn).sum());
        element(
                "bw_out",
                channels.stream().mapToLong(each -> each.rates().out()).sum());
        element("bytes_out", channels.stream().mapToLong(Channel::bytesOut).sum());
        xml.writeStartElement("server");
        xml.writeStartElement("application");
        element("name", "live");
        xml.writeStartElement("live");
        for (int i = 0; i < channels.size(); i++) {
            writeStream(channels.get(i), i + 1, now);
        }
        element("nclients", channels.stream().filter(Channel::published).count());
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private void writeStream(Channel channel, int number, Instant now) throws XMLStreamException {
        long millis = Duration.between(channel.since(), now).toMillis();
        xml.writeStartElement("stream");
        element("name", channel.name());
        element("time", millis);
        element("bw_in", channel.rates().in());
        element("bytes_in", channel.bytesIn());
        element("bw_out", channel.rates().out());
        element("bytes_out", channel.bytesOut());
        element("bw_audio", channel.rates().audio());
        element("bw_video", channel.rates().video());
        if (channel.published()) {
            writeClient(channel, number, millis);
        }
        writeMeta(channel.media());
        element("nclients", channel.published() ? 1 : 0);
        if (channel.published()) {
            xml.writeEmptyElement("publishing");
            xml.writeEmptyElement("active");
        }
        xml.writeEndElement();
    }

    private void writeClient(Channel channel, int number, long millis) throws XMLStreamException {
        xml.writeStartElement("client");
        element("id", number);
        element("address", channel.publisher().address());
        element("time", millis);
        element("flashver", channel.publisher().program());
        element("dropped", 0);
        element("avsync", 0);
        element("timestamp", millis);
        xml.writeEmptyElement("publishing");
        xml.writeEmptyElement("active");
        xml.writeEndElement();
    }

    private void writeMeta(MediaInfo media) throws XMLStreamException {
        xml.writeStartElement("meta");
        if (!media.video().isEmpty()) {
            xml.writeStartElement("video");
            element("width", media.width());
            element("height", media.height());
            element(
                    "frame_rate",
                    String.format(Locale.ROOT, "%.3f", media.frameRate()).replaceAll("\\.?0+$", ""));
            element("codec", media.video());
            element("profile", media.profile());
            element("compat", 0);
            element("level", media.level());
            xml.writeEndElement();
        }
        if (!media.audio().isEmpty()) {
            xml.writeStartElement("audio");
            element("codec", media.audio());
            element("profile", media.audio().equals("AAC") ? "LC" : "");
            element("channels", media.channels());
            element("sample_rate", media.sampleRate());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void element(String name, Object value) throws XMLStreamException {
        xml.writeStartElement(name);
        // XML knows no control characters, whatever an encoder calls itself.
        xml.writeCharacters(value.toString().replaceAll("[\\p{Cntrl}\\uFFFE\\uFFFF]", " "));
        xml.writeEndElement();
    }
}
