package dev.zhixing.samples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.data.message.AiMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/** Runs the program in this process with its streams captured. */
final class CommandLineRun {

  private final Path folder;
  private final AiMessage[] replies;
  private String input = "";
  private boolean person;

  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** State goes into {@code folder}; the model says {@code replies}. */
  CommandLineRun(Path folder, AiMessage... replies) {
    this.folder = folder;
    this.replies = replies;
  }

  CommandLineRun typing(String text) {
    input = text;
    return this;
  }

  CommandLineRun withPerson() {
    person = true;
    return this;
  }

  int run(String... arguments) {
    PrintStream outStream = new PrintStream(out, true, UTF_8);
    PrintStream errStream = new PrintStream(err, true, UTF_8);
    ScriptedChat chat = new ScriptedChat(replies);
    return Program.run(
        new Surroundings(
            new Directories(folder, folder.resolve("cache")),
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            outStream,
            errStream,
            person,
            false,
            false,
            choice -> chat),
        arguments);
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
