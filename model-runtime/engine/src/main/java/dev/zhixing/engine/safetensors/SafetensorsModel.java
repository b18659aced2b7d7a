package dev.zhixing.engine.safetensors;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * A model in Hugging Face's layout: a folder with {@code config.json} and {@code
 * model.safetensors}, or several such files and their {@code model.safetensors.index.json}. Keys
 * and tensors are seen in GGUF's names; weights are views of the mapped files, but for the norms of
 * gemma, which are stored less 1, and the matrices of gpt2, which are stored transposed.
 */
public final class SafetensorsModel implements ModelFile {
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 64;
  private static final int MAX_CONFIG = 1 << 24;

  private final Path folder;
  private final Arena arena;
  private final List<WeightsFile> files;
  private final int settings;
  private final GgufMetadata metadata;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> unsupported = new LinkedHashMap<>();

  private SafetensorsModel(Path folder, Arena arena, List<WeightsFile> files) {
    this.folder = folder;
    this.arena = arena;
    this.files = files;
    Map<String, Object> values = json(folder.resolve("config.json"));
    this.settings = values.toString().hashCode();
    HuggingFaceConfig config = new HuggingFaceConfig(name() + "/config.json", values);
    TokenizerSettings.add(folder, config);
    HuggingFaceNames decoders = new HuggingFaceNames(config);
    Function<String, Optional<String>> names = config.isEncoder() ? BertNames::of : decoders::of;
    if (config.isEncoder()) {
      BertConfig.addFiles(folder, config);
    }
    HuggingFaceTensors translated = new HuggingFaceTensors(config, arena);
    for (WeightsFile file : files) {
      file.tensors()
          .forEach(
              (name, tensor) ->
                  names.apply(name).ifPresent(to -> translated.add(file.name(), to, tensor)));
      file.unsupported()
          .forEach((name, type) -> names.apply(name).ifPresent(to -> unsupported.put(to, type)));
    }
    translated.addRopeFactors();
    this.tensors = translated.tensors();
    this.metadata = config.metadata();
  }

  /** Says whether a path is one that {@link #open} reads: a folder or a file of this format. */
  public static boolean reads(Path path) {
    String name = path.toString();
    return name.endsWith(".safetensors")
        || name.endsWith(".safetensors.index.json")
        || Files.isDirectory(path);
  }

  /**
   * Maps a model.
   *
   * @param path the folder, or the safetensors file or its index in it
   * @throws GgufException if a file is missing, cannot be read or is damaged, or if the model is of
   *     a kind that is not supported
   */
  @SuppressWarnings("MustBeClosed") // the model owns the arena and closes it
  public static SafetensorsModel open(Path path) {
    Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().resolveSibling("");
    Arena arena = Arena.ofShared();
    try {
      return new SafetensorsModel(folder, arena, Shards.open(path, folder, arena));
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** Reads a JSON file of the folder. */
  static Map<String, Object> json(Path file) {
    return Json.object(String.valueOf(file.getFileName()), bytes(file, MAX_CONFIG));
  }

  /** Reads a file of the folder that may have so many bytes. */
  static byte[] bytes(Path file, int most) {
    try {
      if (Files.size(file) > most) {
        throw new GgufException(
            "%s: expected at most %d bytes, found %d".formatted(file, most, Files.size(file)));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new GgufException(
          "%s: expected a readable file, found %s; is the folder a whole model?".formatted(file, e),
          e);
    }
  }

  @Override
  public Path path() {
    return folder;
  }

  @Override
  public String name() {
    return String.valueOf(folder.getFileName());
  }

  @Override
  public long size() {
    long size = 0;
    for (WeightsFile file : files) {
      size += file.bytes().byteSize();
    }
    return size;
  }

  @Override
  public long fingerprint() {
    CRC32 checksum = new CRC32();
    for (WeightsFile file : files) {
      MemorySegment bytes = file.bytes();
      long step = Math.max(BLOCK, bytes.byteSize() / BLOCKS);
      for (long from = 0; from < bytes.byteSize(); from += step) {
        long length = Math.min(BLOCK, bytes.byteSize() - from);
        checksum.update(bytes.asSlice(from, length).asByteBuffer());
      }
    }
    return checksum.getValue() << 32 ^ size() ^ settings;
  }

  @Override
  public GgufMetadata metadata() {
    return metadata;
  }

  @Override
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  @Override
  public Map<String, String> unsupported() {
    return unsupported;
  }

  /** Ends the mapping. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
