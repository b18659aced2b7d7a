package dev.zhixing.samples.cli;

import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Approver;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.journal.Journals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that run an agent, and the agent that they describe. */
final class RunOptions {

  /** Under these names a run's journal notes what the run needs to go on. */
  private static final String MODEL = "model";

  private static final String PLANNER = "planner";
  private static final String DOCUMENTS = "documents";

  @Option(
      names = {"-m", "--model"},
      paramLabel = ModelChoice.LABEL,
      converter = ModelChoice.Converter.class,
      description = ModelChoice.HELP)
  private @Nullable ModelChoice model;

  @Option(
      names = "--planner",
      paramLabel = "NAME",
      converter = PlannerChoice.Converter.class,
      completionCandidates = PlannerChoice.Names.class,
      description = PlannerChoice.HELP)
  private @Nullable PlannerChoice planner;

  @Option(names = "--json", description = "Writes each event as a line of JSON.")
  private boolean json;

  @Option(
      names = "--approve",
      paramLabel = "HOW",
      description = {
        "ask, auto or deny: asks a person about calls that need approval (the default), approves"
            + " all, denies all.",
        "Or the name of a tool, whose calls are approved beforehand; may be given several times."
      })
  private List<String> how = new ArrayList<>();

  @Option(
      names = "--documents",
      paramLabel = "FOLDER",
      description = "Offers a search in the text files of this folder.")
  private @Nullable Path documents;

  @Option(names = "--verbose", description = "Shows log messages, and stack traces of errors.")
  private boolean verbose; // looked at by the main before anything is logged

  private boolean approveAll;

  @Option(names = "--approve-all", description = "The same as --approve auto.")
  void approveAll(boolean all) {
    approveAll = all;
  }

  boolean json() {
    return json;
  }

  boolean verbose() {
    return verbose;
  }

  boolean approvesAll() {
    return approveAll || how.contains("auto");
  }

  boolean deniesAll() {
    return how.contains("deny");
  }

  /** Takes the model, the planner and the documents of a recorded run, where none are named. */
  void defaultsFrom(Map<String, String> notes) {
    String noted = notes.get(MODEL);
    model = model == null && noted != null ? ModelChoice.parse(noted) : model;
    String proceeding = notes.get(PLANNER);
    if (planner == null && proceeding != null) {
      planner = new PlannerChoice.Converter().convert(proceeding);
    }
    documents = documents == null ? path(notes.get(DOCUMENTS)) : documents;
  }

  /** An agent, still without an approver, whose runs are recorded in {@code journals}. */
  AgentBuilder agent(Surroundings surroundings, Journals journals) {
    Assembly assembly = new Assembly(surroundings.directories(), documents);
    ModelChoice choice = model == null ? new ModelChoice.Embedded() : model;
    PlannerChoice proceeding = planner == null ? PlannerChoice.REACT : planner;
    AgentBuilder builder =
        assembly
            .agent(surroundings.models().load(choice), this::isApproved)
            .planner(proceeding.planner())
            .tools(assembly.tools())
            .memory(surroundings.models().window(choice))
            .journal(journals)
            .note(PLANNER, proceeding.toString());
    surroundings.models().addPorts(builder, choice);
    switch (choice) {
      case ModelChoice.Embedded embedded -> {}
      case ModelChoice.LocalFile file ->
          builder.note(MODEL, file.path().toAbsolutePath().toString());
      case ModelChoice.Remote remote -> builder.note(MODEL, remote.address().toString());
    }
    if (documents != null) {
      builder.note(DOCUMENTS, documents.toAbsolutePath().toString());
    }
    return builder;
  }

  /** Who decides about single calls; empty if nobody is there. */
  Optional<Approver> approver(Surroundings surroundings) {
    if (deniesAll()) {
      return Optional.of(RunOptions::deny);
    }
    return surroundings.asksPeople()
        ? Optional.of(new AskingApprover(new LinePrompt(surroundings)))
        : Optional.empty();
  }

  AgentListener printer(Surroundings surroundings) {
    return json
        ? new JsonEvents(surroundings.out())
        : new RunPrinter(
            surroundings.out(), surroundings.showsToPeople(), Palette.of(surroundings.colours()));
  }

  private boolean isApproved(String tool) {
    return approvesAll() || how.contains(tool);
  }

  private static Approver.Decision deny(ToolCall call, String reason) {
    return new Approver.Decision.Deny("calls of %s are not approved here".formatted(call.name()));
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }
}
