package dev.zhixing.samples.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.engine.encoder.EncoderConfig;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.kernel.KernelChoice;
import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.transformer.ModelConfig;
import dev.zhixing.samples.cli.ModelOutlook.Loading;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what is in a model file. */
@Command(
    name = "inspect",
    description = {
      "Shows a model file's metadata and tensors, what of it would be loaded, the kernels that"
          + " would run it, and whether it fits in memory."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {"  zhixing inspect -m model.gguf", "  zhixing inspect -m model.gguf --json"})
final class InspectCommand implements Callable<Integer> {

  private static final int SHOWN_ITEMS = 6;
  private static final int SHOWN_CHARACTERS = 200;

  private final PrintStream out;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = ModelFiles.DESCRIPTION)
  private Path model = Path.of("");

  @Option(names = "--json", description = "Writes one JSON object, arrays cut to their size.")
  private boolean json;

  InspectCommand(Surroundings surroundings) {
    out = surroundings.out();
  }

  @Override
  public Integer call() {
    try (ModelFile file = ModelFiles.open(model)) {
      if (json) {
        out.println(asJson(file));
      } else {
        print(file);
      }
    }
    return ExitStatus.ANSWERED;
  }

  private void print(ModelFile file) {
    out.printf("%s: %s, %,d bytes%n%n", file.path(), format(file), file.size());
    file.metadata().asMap().forEach((key, value) -> out.printf("%-44s %s%n", key, shown(value)));
    out.println();
    for (Tensor tensor : file.tensors().values()) {
      out.printf("%-44s %-5s %s%n", tensor.name(), tensor.type(), tensor.shape());
    }
    file.unsupported()
        .forEach(
            (name, type) -> out.printf("%-44s %s, a type that is not supported%n", name, type));
    out.println();
    print(ModelOutlook.of(file), parameters(file), KernelChoice.best(file::matrices).name());
  }

  private static String format(ModelFile file) {
    return file instanceof GgufFile gguf ? "GGUF version " + gguf.version() : "safetensors";
  }

  private void print(ModelOutlook outlook, long parameters, String kernels) {
    outlook
        .types()
        .forEach(
            (type, of) ->
                out.printf(
                    "%-8s %5d tensors %16s  %s kernels%n",
                    type, of.tensors(), megabytes(of.bytes()), kernels));
    out.printf("%,d parameters; kernels: %s, %d lanes%n%n", parameters, kernels, Kernels.LANES);
    out.println(loading(outlook.loading()));
    if (outlook.loading() instanceof Loading.Refused) {
      return;
    }
    out.printf(
        "memory: weights %s, mapped; on the heap %s%n",
        megabytes(outlook.weights()), onHeap(outlook));
    out.printf(
        "this machine has %s, the heap may grow to %s: %s%n",
        megabytes(outlook.memory()), megabytes(outlook.heap()), outlook.verdict());
  }

  private static String loading(Loading loading) {
    return switch (loading) {
      case Loading.Refused(String why) -> "does not load: " + why;
      case Loading.TextEncoder(EncoderConfig c) ->
          "loads as an encoder: %d layers of width %,d, %d heads, %,d tokens, context %,d, pooling %s"
              .formatted(
                  c.layers(), c.width(), c.heads(), c.vocabulary(), c.contextLength(), c.pooling());
      case Loading.Decoder(ModelConfig c, int tokens, String problem) ->
          "loads as %s: %d layers of width %,d, %d heads, %d for keys and values, context %,d%n"
                  .formatted(
                      c.architecture(),
                      c.layers(),
                      c.width(),
                      c.heads(),
                      c.keyValueHeads(),
                      c.contextLength())
              + (problem == null
                  ? "tokenizer: %,d tokens".formatted(tokens)
                  : "tokenizer: does not load: " + problem);
    };
  }

  private static String onHeap(ModelOutlook outlook) {
    String bytes = megabytes(outlook.onHeap());
    return outlook.cachePerToken() == 0
        ? bytes + " as floats"
        : "%s of keys and values at the full context, %,d bytes a token"
            .formatted(bytes, outlook.cachePerToken());
  }

  private static String megabytes(long bytes) {
    return "%,.1f MB".formatted(bytes / 1e6);
  }

  private static ObjectNode asJson(ModelFile file) {
    JsonMapper mapper = new JsonMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("file", file.path().toString());
    root.put("format", format(file));
    if (file instanceof GgufFile gguf) {
      root.put("version", gguf.version());
    }
    root.put("bytes", file.size());
    root.put("parameters", parameters(file));
    root.put("kernels", KernelChoice.best(file::matrices).name());
    root.put("lanes", Kernels.LANES);
    putOutlook(root, ModelOutlook.of(file));
    ObjectNode metadata = root.putObject("metadata");
    file.metadata()
        .asMap()
        .forEach(
            (key, value) -> {
              if (value instanceof List<?> list) {
                metadata.putObject(key).put("length", list.size());
              } else {
                metadata.set(key, mapper.valueToTree(value));
              }
            });
    var tensors = root.putArray("tensors");
    for (Tensor tensor : file.tensors().values()) {
      var entry = tensors.addObject();
      entry.put("name", tensor.name()).put("type", tensor.type().name());
      entry.set("shape", mapper.valueToTree(tensor.shape()));
    }
    ObjectNode unsupported = root.putObject("unsupportedTensors");
    file.unsupported().forEach(unsupported::put);
    return root;
  }

  private static void putOutlook(ObjectNode root, ModelOutlook outlook) {
    ObjectNode counts = root.putObject("types");
    ObjectNode bytes = root.putObject("typeBytes");
    outlook
        .types()
        .forEach(
            (type, of) -> {
              counts.put(type, of.tensors());
              bytes.put(type, of.bytes());
            });
    putLoading(root, outlook.loading());
    root.put("cacheBytesPerToken", outlook.cachePerToken());
    root.put("heapBytesNeeded", outlook.onHeap());
    root.put("memoryBytes", outlook.memory());
    root.put("heapBytes", outlook.heap());
    root.put("fits", outlook.fits());
  }

  private static void putLoading(ObjectNode root, Loading loading) {
    switch (loading) {
      case Loading.Refused(String why) -> root.put("loads", false).put("problem", why);
      case Loading.TextEncoder encoder -> root.put("loads", true).put("encoder", true);
      case Loading.Decoder decoder -> {
        root.put("loads", true).put("tokens", decoder.tokens());
        if (decoder.tokenizerProblem() != null) {
          root.put("tokenizerProblem", decoder.tokenizerProblem());
        }
      }
    }
  }

  private static long parameters(ModelFile file) {
    return file.tensors().values().stream()
        .mapToLong(t -> t.shape().stream().reduce(1L, (a, b) -> a * b))
        .sum();
  }

  private static String shown(Object value) {
    if (!(value instanceof List<?> list)) {
      String text = value.toString().replace("\n", "\\n");
      return text.length() <= SHOWN_CHARACTERS
          ? text
          : text.substring(0, SHOWN_CHARACTERS) + " … (" + text.length() + " characters)";
    }
    int length = list.size();
    StringJoiner items = new StringJoiner(", ", "[", length > SHOWN_ITEMS ? ", …]" : "]");
    for (int i = 0; i < Math.min(length, SHOWN_ITEMS); i++) {
      items.add(String.valueOf(list.get(i)).replace("\n", "\\n"));
    }
    return items + (length > SHOWN_ITEMS ? " (" + length + " items)" : "");
  }
}
