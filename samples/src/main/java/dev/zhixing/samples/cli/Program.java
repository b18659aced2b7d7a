package dev.zhixing.samples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole command line: its commands, its help, and how errors are told. */
final class Program {

  private static final Map<String, Function<Surroundings, Object>> COMMANDS = commands();

  private Program() {}

  /** Runs a command line and returns its exit code. */
  static int run(Surroundings surroundings, String... arguments) {
    CommandLine line = new CommandLine(new Root());
    Function<Surroundings, Object> named =
        arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    if (named != null) {
      // Describing a command to picocli costs time before the first token: only the one needed.
      line.addSubcommand(arguments[0], new CommandLine(named.apply(surroundings)));
    } else {
      COMMANDS.forEach(
          (name, command) ->
              line.addSubcommand(name, new CommandLine(command.apply(surroundings))));
    }
    line.getSubcommands().values().forEach(c -> c.getCommandSpec().mixinStandardHelpOptions(true));
    boolean verbose = Arrays.asList(arguments).contains("--verbose");
    line.setOut(new PrintWriter(surroundings.out(), true, UTF_8))
        .setErr(new PrintWriter(surroundings.err(), true, UTF_8))
        .setColorScheme(Help.defaultColorScheme(surroundings.colours() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler((e, args) -> wrong(e, surroundings))
        .setExecutionExceptionHandler((e, c, parsed) -> failed(e, surroundings, verbose));
    return line.execute(arguments);
  }

  private static Map<String, Function<Surroundings, Object>> commands() {
    Map<String, Function<Surroundings, Object>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand::new);
    commands.put("agent", AgentCommand::new);
    commands.put("resume", ResumeCommand::new);
    commands.put("replay", ReplayCommand::new);
    commands.put("runs", RunsCommand::new);
    commands.put("eval", EvalCommand::new);
    commands.put("home", HomeCommand::new);
    commands.put("tool", ToolCommand::new);
    commands.put("train", TrainCommand::specification);
    commands.put("inspect", InspectCommand::new);
    commands.put("tokenize", TokenizeCommand::new);
    commands.put("embed", EmbedCommand::new);
    commands.put("logits", LogitsCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("chat", ChatCommand::new);
    commands.put("perplexity", PerplexityCommand::new);
    commands.put("bench", BenchCommand::new);
    commands.put("quantize", QuantizeCommand::new);
    commands.put("make-model", MakeModelCommand::new);
    commands.put("rehearse", RehearseCommand::new);
    return commands;
  }

  private static int wrong(ParameterException e, Surroundings surroundings) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    surroundings.err().println(name + ": " + e.getMessage());
    surroundings.err().println("'" + name + " --help' shows how it is used.");
    return ExitStatus.USAGE;
  }

  private static int failed(Exception e, Surroundings surroundings, boolean verbose) {
    surroundings.err().println("zhixing: " + inWords(e));
    if (verbose) {
      e.printStackTrace(surroundings.err());
    }
    return ExitStatus.FAILED;
  }

  private static String inWords(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case AccessDeniedException denied -> denied.getFile() + ": access denied";
      default -> message;
    };
  }

  @Command(
      name = "zhixing",
      mixinStandardHelpOptions = true,
      version = "zhixing 0.1.0",
      description = "An agent that thinks, acts and observes on a model inside the same process.",
      synopsisSubcommandLabel = "COMMAND",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        ExitStatus.HELP_DONE,
        ExitStatus.HELP_FAILED,
        ExitStatus.HELP_USAGE,
        "3 and above:'zhixing agent --help' lists them."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  zhixing demo",
        "  zhixing agent \"turn on the kitchen light\"",
        "  zhixing agent --help"
      })
  private static final class Root implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
      if (spec != null) {
        throw new ParameterException(spec.commandLine(), "expected a command, found none");
      }
    }
  }
}
