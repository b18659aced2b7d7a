package dev.zhixing.engine.safetensors;

import dev.zhixing.engine.gguf.GgufException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the files that hold a model's weights. */
final class Shards {
  private static final String WHOLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final int MOST = 1000;

  private Shards() {}

  static List<WeightsFile> open(Path path, Path folder, Arena arena) {
    if (path.toString().endsWith(".safetensors")) {
      return List.of(WeightsFile.open(path, arena));
    }
    Path index = path.toString().endsWith(".index.json") ? path : folder.resolve(INDEX);
    if (Files.isRegularFile(index)) {
      return indexed(index, folder, arena);
    }
    return List.of(WeightsFile.open(folder.resolve(WHOLE), arena));
  }

  private static List<WeightsFile> indexed(Path index, Path folder, Arena arena) {
    String name = String.valueOf(index.getFileName());
    if (!(SafetensorsModel.json(index).get("weight_map") instanceof Map<?, ?> places)) {
      throw new GgufException(name + ": expected a 'weight_map' of names to files, found none");
    }
    Map<String, WeightsFile> files = new LinkedHashMap<>();
    places.forEach(
        (tensor, place) -> {
          String file = place.toString();
          if (file.isEmpty() || file.contains("/") || file.contains("\\") || file.contains("..")) {
            throw new GgufException(
                "%s: %s: expected the name of a file in the same folder, found '%s'"
                    .formatted(name, tensor, file));
          }
          if (files.size() >= MOST && !files.containsKey(file)) {
            throw new GgufException(name + ": expected at most " + MOST + " files, found more");
          }
          WeightsFile shard =
              files.computeIfAbsent(file, f -> WeightsFile.open(folder.resolve(f), arena));
          if (!shard.tensors().containsKey(tensor) && !shard.unsupported().containsKey(tensor)) {
            throw new GgufException(
                "%s: expected the tensor %s, as %s says, found none".formatted(file, tensor, name));
          }
        });
    return new ArrayList<>(files.values());
  }
}
