package dev.zhixing.samples.cli;

import dev.zhixing.samples.remote.RemoteAddress;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which model a command line asks for. */
sealed interface ModelChoice {

  /** The model that comes along. */
  record Embedded() implements ModelChoice {
    @Override
    public String name() {
      return "zhixing-tiny";
    }
  }

  /** A model file. */
  record LocalFile(Path path) implements ModelChoice {
    @Override
    public String name() {
      return String.valueOf(path.getFileName());
    }
  }

  /** A model behind a server that speaks OpenAI's protocol. */
  record Remote(RemoteAddress address) implements ModelChoice {
    @Override
    public String name() {
      return address.toString();
    }
  }

  /** How the option is shown in a command's help. */
  String LABEL = "MODEL";

  /** The option's help. */
  String HELP =
      "Another model than the embedded one: FILE.gguf, or openai:URL#MODEL for a server that"
          + " speaks OpenAI's protocol. Its key is read from the environment variable"
          + " OPENAI_API_KEY only, and sent only over https or to this machine.";

  /** Reads the option. */
  final class Converter implements ITypeConverter<ModelChoice> {
    @Override
    public ModelChoice convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** A name for tables and reports, without the folder of a file. */
  String name();

  /** Whether it runs in this process. */
  default boolean isLocal() {
    return !(this instanceof Remote);
  }

  /**
   * Reads {@code FILE.gguf} or {@code openai:URL#MODEL}.
   *
   * @throws IllegalArgumentException if it begins with {@code openai:} and is no such address
   */
  static ModelChoice parse(String text) {
    return RemoteAddress.isOne(text)
        ? new Remote(RemoteAddress.parse(text))
        : new LocalFile(Path.of(text));
  }
}
