package dev.zhixing.samples.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.kernel.KernelChoice;
import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.tensor.Tensor;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what is in a model file. */
@Command(
    name = "inspect",
    description = "Shows a model file's metadata and tensors, and the kernels that would run it.",
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
      description = "A GGUF file.")
  private Path model = Path.of("");

  @Option(names = "--json", description = "Writes one JSON object, arrays cut to their size.")
  private boolean json;

  InspectCommand(Surroundings surroundings) {
    out = surroundings.out();
  }

  @Override
  public Integer call() {
    try (GgufFile file = GgufFile.open(model)) {
      if (json) {
        out.println(asJson(file));
      } else {
        print(file);
      }
    }
    return ExitStatus.ANSWERED;
  }

  private void print(GgufFile file) {
    out.printf("%s: GGUF version %d, %,d bytes%n%n", file.path(), file.version(), file.size());
    file.metadata().asMap().forEach((key, value) -> out.printf("%-44s %s%n", key, shown(value)));
    out.println();
    for (Tensor tensor : file.tensors().values()) {
      out.printf("%-44s %-5s %s%n", tensor.name(), tensor.type(), tensor.shape());
    }
    out.println();
    types(file).forEach((type, count) -> out.printf("%d tensors of type %s%n", count, type));
    out.printf(
        "%,d parameters; kernels: %s, %d lanes%n",
        parameters(file), KernelChoice.best().name(), Kernels.LANES);
  }

  private static ObjectNode asJson(GgufFile file) {
    JsonMapper mapper = new JsonMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("file", file.path().toString());
    root.put("version", file.version());
    root.put("bytes", file.size());
    root.put("parameters", parameters(file));
    root.put("kernels", KernelChoice.best().name());
    root.put("lanes", Kernels.LANES);
    root.set("types", mapper.valueToTree(types(file)));
    ObjectNode metadata = root.putObject("metadata");
    file.metadata()
        .asMap()
        .forEach(
            (key, value) -> {
              if (value.getClass().isArray()) {
                metadata.putObject(key).put("length", Array.getLength(value));
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
    return root;
  }

  private static Map<String, Integer> types(GgufFile file) {
    Map<String, Integer> types = new TreeMap<>();
    file.tensors().values().forEach(t -> types.merge(t.type().name(), 1, Integer::sum));
    return types;
  }

  private static long parameters(GgufFile file) {
    return file.tensors().values().stream()
        .mapToLong(t -> t.shape().stream().reduce(1L, (a, b) -> a * b))
        .sum();
  }

  private static String shown(Object value) {
    if (!value.getClass().isArray()) {
      String text = value.toString().replace("\n", "\\n");
      return text.length() <= SHOWN_CHARACTERS
          ? text
          : text.substring(0, SHOWN_CHARACTERS) + " … (" + text.length() + " characters)";
    }
    int length = Array.getLength(value);
    StringJoiner items = new StringJoiner(", ", "[", length > SHOWN_ITEMS ? ", …]" : "]");
    for (int i = 0; i < Math.min(length, SHOWN_ITEMS); i++) {
      items.add(String.valueOf(Array.get(value, i)).replace("\n", "\\n"));
    }
    return items + (length > SHOWN_ITEMS ? " (" + length + " items)" : "");
  }
}
