package dev.zhixing.chat;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.onnx.OnnxBert;
import dev.zhixing.engine.onnx.OnnxFile;
import dev.zhixing.engine.safetensors.WordPieceJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An encoder whose weights LangChain4j publishes in a jar: an ONNX file and its {@code
 * tokenizer.json}. They are turned into a GGUF file in a cache folder once, under the digest of the
 * weights. That takes a second or two, and about twice the file's size of memory.
 */
enum EmbeddingArtifact {
  ENGLISH(
      "all-minilm-l6-v2",
      "all-minilm-l6-v2",
      12,
      1,
      "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e",
      "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0"),
  CHINESE(
      "bge-small-zh-v15",
      "bge-small-zh-v1.5",
      8,
      2,
      "69a0b846f4f116b5e6aabf9546ea6754d02264f3211a13a1bd69b31b8040749a",
      "48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26");

  /** Part of the file's name; to be raised when the import gives another file. */
  private static final int VERSION = 1;

  private final String artifact;
  private final String resource;
  private final int heads;
  private final int poolingType;
  private final String weightsDigest;
  private final String tokenizerDigest;

  EmbeddingArtifact(
      String artifact,
      String resource,
      int heads,
      int poolingType,
      String weightsDigest,
      String tokenizerDigest) {
    this.artifact = artifact;
    this.resource = resource;
    this.heads = heads;
    this.poolingType = poolingType;
    this.weightsDigest = weightsDigest;
    this.tokenizerDigest = tokenizerDigest;
  }

  /**
   * Returns the GGUF file, made if it is not there yet. It appears whole or not at all, also when
   * several processes make it at once.
   *
   * @param cache a folder, created if it is missing
   * @param progress hears that the file is being made, if it is
   */
  Path fileIn(Path cache, Consumer<String> progress) {
    Path file = file(cache);
    return Files.isRegularFile(file) ? file : make(file, progress);
  }

  private Path file(Path cache) {
    return cache.resolve(
        "%s-%s-%d.gguf".formatted(resource, weightsDigest.substring(0, 16), VERSION));
  }

  /** Makes the file anew. */
  Path make(Path cache, String why, Consumer<String> progress) {
    progress.accept(why);
    return make(file(cache), progress);
  }

  private Path make(Path file, Consumer<String> progress) {
    progress.accept("%s: taking the weights out of %s.onnx, once …".formatted(file, resource));
    GgufWriter writer = new GgufWriter().string("general.name", resource);
    OnnxFile weights =
        OnnxFile.read(resource + ".onnx", ByteBuffer.wrap(read(".onnx", weightsDigest)));
    OnnxBert.copy(weights, heads, poolingType, writer);
    WordPieceJson.keys(resource + "-tokenizer.json", read("-tokenizer.json", tokenizerDigest))
        .forEach((key, value) -> put(writer, key, value));
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      Path temporary = Files.createTempFile(folder, resource + "-", ".tmp");
      try {
        writer.write(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      return file;
    } catch (IOException | UncheckedIOException e) {
      throw new UncheckedIOException(
          "%s: expected to write the encoder here, found %s; is the folder writable, the disk full?"
              .formatted(file, e),
          e instanceof IOException io ? io : new IOException(e));
    }
  }

  private static void put(GgufWriter writer, String key, Object value) {
    switch (value) {
      case String text -> writer.string(key, text);
      case Boolean flag -> writer.flag(key, flag);
      case Integer number -> writer.uint32(key, number);
      case int[] numbers -> writer.int32s(key, numbers);
      case String[] texts -> writer.strings(key, List.of(texts));
      default -> throw new IllegalStateException(key + ": a value of " + value.getClass());
    }
  }

  private byte[] read(String suffix, String digest) {
    String name = resource + suffix;
    @Nullable URL url = EmbeddingArtifact.class.getResource("/" + name);
    if (url == null) {
      throw new IllegalStateException(
          "embedding model: expected the resource %s, found none; is %s on the class path?"
              .formatted(name, "dev.langchain4j:langchain4j-embeddings-" + artifact));
    }
    try {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      byte[] bytes = new byte[Math.max(0, connection.getContentLength())];
      try (InputStream in = connection.getInputStream()) {
        in.readNBytes(bytes, 0, bytes.length);
      }
      check(name, bytes, digest);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void check(String name, byte[] bytes, String digest) {
    String found;
    try {
      found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    if (!found.equals(digest)) {
      throw new IllegalStateException(
          "%s: expected SHA-256 %s, found %s; is it %s of another version?"
              .formatted(
                  name, digest, found, "dev.langchain4j:langchain4j-embeddings-" + artifact));
    }
  }
}
