package lyceum.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/** Counts what lies in a directory, in which others make and remove things meanwhile. */
final class Tree extends SimpleFileVisitor<Path> {

    private final Predicate<Path> wanted;
    private long count;

    private Tree(Predicate<Path> wanted) {
        this.wanted = wanted;
    }

    /** @return how many files and directories are wanted; 0 where there is no such directory */
    static long count(Path root, Predicate<Path> wanted) throws IOException {
        Tree tree = new Tree(wanted);
        Files.walkFileTree(root, tree);
        return tree.count;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return visitFile(directory, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        count += wanted.test(file) ? 1 : 0;
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
        return FileVisitResult.CONTINUE;
    }
}
