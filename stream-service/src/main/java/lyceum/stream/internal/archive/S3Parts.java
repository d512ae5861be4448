package lyceum.stream.internal.archive;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The XML of uploads in parts ({@code CreateMultipartUpload} and {@code CompleteMultipartUpload} of the S3 API). */
final class S3Parts {

    /** Ids of uploads have no character that XML would escape, but an ampersand perhaps. */
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>\\s*([^<]+?)\\s*</UploadId>");

    private S3Parts() {}

    static String uploadId(Buffer answer) {
        Matcher id = UPLOAD_ID.matcher(answer.toString());
        if (!id.find()) {
            throw new IllegalArgumentException("the store of recordings names no upload");
        }
        return id.group(1).replace("&amp;", "&");
    }

    /** @param tags of all parts in order, as the store has told them */
    static Buffer order(List<String> tags) {
        StringBuilder order = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < tags.size(); i++) {
            order.append("<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>"
                    .formatted(i + 1, tags.get(i).replace("&", "&amp;").replace("<", "&lt;")));
        }
        return Buffer.buffer(order.append("</CompleteMultipartUpload>").toString());
    }
}
