package lyceum.stream.internal.convert;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Stops a reader that goes on behind the last row of a picture: the row itself comes only after it was told of. */
final class WholePicture implements IIOReadProgressListener {

    private static final float ALL_PERCENT = 100;

    private boolean isThere;

    boolean isThere() {
        return isThere;
    }

    @Override
    public void imageProgress(ImageReader reader, float percent) {
        isThere = percent >= ALL_PERCENT;
        if (percent > ALL_PERCENT) {
            reader.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader reader, int first) {}

    @Override
    public void sequenceComplete(ImageReader reader) {}

    @Override
    public void imageStarted(ImageReader reader, int image) {}

    @Override
    public void imageComplete(ImageReader reader) {}

    @Override
    public void thumbnailStarted(ImageReader reader, int image, int thumbnail) {}

    @Override
    public void thumbnailProgress(ImageReader reader, float percent) {}

    @Override
    public void thumbnailComplete(ImageReader reader) {}

    @Override
    public void readAborted(ImageReader reader) {}
}
