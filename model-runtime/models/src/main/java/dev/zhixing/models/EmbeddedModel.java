package dev.zhixing.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF model that lies in a jar, with its SHA-256 beside it. A file inside a jar cannot be mapped
 * into memory, so it is extracted to a cache folder once, under its digest.
 *
 * <p>Extraction is atomic, and safe for several threads and processes at once: a file of the right
 * name and size is whole. Immutable, safe for all threads.
 */
public final class EmbeddedModel {
  private static final int DIGEST_CHARACTERS = 64;

  private final String name;
  private final URL model;
  private final String digest;

  private EmbeddedModel(String name, URL model, String digest) {
    this.name = name;
    this.model = model;
    this.digest = digest;
  }

  /**
   * Finds {@code zhixing-tiny}.
   *
   * @throws IllegalStateException if it is not on the class path
   */
  public static EmbeddedModel tiny() {
    return find(EmbeddedModel.class, "zhixing-tiny");
  }

  /** Finds {@code NAME.gguf} and {@code NAME.sha256} beside a class. */
  static EmbeddedModel find(Class<?> beside, String name) {
    @Nullable URL model = beside.getResource(name + ".gguf");
    @Nullable URL digest = beside.getResource(name + ".sha256");
    if (model == null || digest == null) {
      throw new IllegalStateException(
          "embedded model: expected the resources %s.gguf and %s.sha256 beside %s, found %s; is"
                  .formatted(name, name, beside.getName(), model == null ? "no model" : "no digest")
              + " zhixing-models on the class path, and was it built with the model?");
    }
    return new EmbeddedModel(name, model, readDigest(name, digest));
  }

  /** Returns the model's SHA-256 in lower-case hexadecimal. */
  public String sha256() {
    return digest;
  }

  /**
   * Returns the model as a file, extracted if it is not there yet or has another size.
   *
   * @param cache a folder of the user's, created if it is missing
   * @return {@code cache/NAME-SHA256.gguf}
   * @throws UncheckedIOException if it cannot be written
   * @throws IllegalStateException if the resource does not have its digest
   */
  public Path extractTo(Path cache) {
    Path target = cache.resolve("%s-%s.gguf".formatted(name, digest));
    try {
      URLConnection connection = model.openConnection();
      connection.setUseCaches(false);
      long size = connection.getContentLengthLong();
      try (InputStream in = connection.getInputStream()) {
        if (!isWhole(target, size)) {
          extract(in, size, target);
        }
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: expected to extract the model here, found %s; is the folder writable, the disk full?"
              .formatted(target, e),
          e);
    }
  }

  private void extract(InputStream in, long size, Path target) throws IOException {
    Path folder = Files.createDirectories(target.toAbsolutePath().getParent());
    Path temporary = Files.createTempFile(folder, name + "-", ".part");
    try {
      MessageDigest sha256 = sha256Digest();
      Files.copy(new DigestInputStream(in, sha256), temporary, StandardCopyOption.REPLACE_EXISTING);
      String found = HexFormat.of().formatHex(sha256.digest());
      if (!found.equals(digest)) {
        throw new IllegalStateException(
            "embedded model %s.gguf: expected SHA-256 %s, found %s; the jar is damaged or was built"
                    .formatted(name, digest, found)
                + " with another model's digest");
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!isWhole(target, size)) { // some systems do not replace what another process has mapped
        throw e;
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static boolean isWhole(Path file, long size) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) == size;
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Reads the first word, as {@code sha256sum} writes it. */
  private static String readDigest(String name, URL resource) {
    try (InputStream in = resource.openStream()) {
      String text = new String(in.readNBytes(4 * DIGEST_CHARACTERS), StandardCharsets.US_ASCII);
      String digest = text.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
      if (digest.length() != DIGEST_CHARACTERS
          || !digest.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
        throw new IllegalStateException(
            "embedded model %s.sha256: expected 64 hexadecimal digits, found '%s'"
                .formatted(name, digest));
      }
      return digest;
    } catch (IOException e) {
      throw new UncheckedIOException(name + ".sha256: cannot be read: " + e.getMessage(), e);
    }
  }
}
