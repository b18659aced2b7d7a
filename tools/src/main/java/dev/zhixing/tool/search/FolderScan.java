package dev.zhixing.tool.search;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The documents that a folder holds: text and Markdown files of at most 2 MiB, at most 5,000 of
 * them. Hidden files and folders are passed over, links are not followed. Documents past a limit
 * are counted.
 */
final class FolderScan extends SimpleFileVisitor<Path> {

  private static final int MOST_FILES = 5_000;
  private static final int MOST_DEPTH = 20;
  private static final long MOST_BYTES = 2L << 20;
  private static final Set<String> ENDINGS =
      Set.of("txt", "text", "md", "markdown", "rst", "adoc", "org");

  /** What tells whether a file has changed since it was indexed. */
  record Version(long modified, long size) {}

  private final Path folder;
  private final Map<String, Version> files = new TreeMap<>();
  private int skipped;

  private FolderScan(Path folder) {
    this.folder = folder;
  }

  static FolderScan of(Path folder) throws IOException {
    var scan = new FolderScan(folder);
    Files.walkFileTree(folder, Set.of(), MOST_DEPTH, scan);
    return scan;
  }

  /** By path relative to the folder, with forward slashes. */
  Map<String, Version> files() {
    return files;
  }

  /** Documents left out because they are too large, too many or cannot be read. */
  int skipped() {
    return skipped;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    return !directory.equals(folder) && isHidden(directory)
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!attributes.isRegularFile() || isHidden(file) || !ENDINGS.contains(ending(file))) {
      return FileVisitResult.CONTINUE;
    }
    if (attributes.size() > MOST_BYTES || files.size() >= MOST_FILES) {
      skipped++;
    } else {
      files.put(
          folder.relativize(file).toString().replace('\\', '/'),
          new Version(attributes.lastModifiedTime().toMillis(), attributes.size()));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
    if (file.equals(folder)) {
      throw problem;
    }
    skipped++;
    return FileVisitResult.CONTINUE;
  }

  private static boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
