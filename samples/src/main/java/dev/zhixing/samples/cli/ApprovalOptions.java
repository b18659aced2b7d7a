package dev.zhixing.samples.cli;

import dev.zhixing.agent.Approver;
import dev.zhixing.agent.Guardrail;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.guardrail.ApprovalPolicy;
import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.tool.ToolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which calls wait for a person's approval, and who gives it. */
final class ApprovalOptions {

  private static final String ASK = "ask";
  private static final String AUTO = "auto";
  private static final String DENY = "deny";
  private static final List<String> WAYS = List.of(ASK, AUTO, DENY);

  @Option(
      names = "--approve",
      paramLabel = "HOW",
      converter = How.class,
      description = {
        "ask: a person is asked before each call that changes something; auto: all calls are"
            + " approved; deny: no call that changes something is run. Without it a person is asked"
            + " before what cannot be taken back.",
        "Or the name of a tool, whose calls are approved beforehand; may be given several times.",
        "Where nobody is there to ask, the run ends and can be resumed."
      })
  private List<String> how = new ArrayList<>();

  /** The older name of {@code --approve auto}. */
  @Option(names = "--approve-all", hidden = true, description = "The same as --approve auto.")
  private boolean approveAll;

  private @Nullable String noted;

  /** The way that the command line asks for, or else the noted one; empty for the usual one. */
  Optional<String> way() {
    List<String> ways = how.stream().filter(WAYS::contains).distinct().toList();
    if (ways.size() > 1 || (approveAll && !List.of(AUTO).containsAll(ways))) {
      throw new IllegalArgumentException(
          "--approve: expected one of %s, found several".formatted(String.join(", ", WAYS)));
    }
    return approveAll
        ? Optional.of(AUTO)
        : ways.stream().findFirst().or(() -> Optional.ofNullable(noted));
  }

  /** What a run's journal notes, so that the run goes on as it began; empty for nothing. */
  Optional<String> toNote() {
    return way().filter(way -> !way.equals(AUTO));
  }

  /** Takes the way of a recorded run, where the command line says none. */
  void defaultFrom(@Nullable String note) {
    noted = note;
  }

  /** Forgets what the command line says: it was about calls that are decided now. */
  void forget() {
    how = new ArrayList<>();
    approveAll = false;
  }

  boolean denies() {
    return way().filter(DENY::equals).isPresent();
  }

  /** What wants a person's approval. */
  Guardrail rail() {
    boolean asksBeforeChanges = way().filter(way -> !way.equals(AUTO)).isPresent();
    return new PreApproved(
        asksBeforeChanges
            ? new ApprovalRail(ApprovalPolicy.CHANGES_ARE_ASKED)
            : Assembly.usualApprovals(),
        this::isApproved);
  }

  /** What is decided beforehand about a call that wants approval; empty where nothing is. */
  Optional<Approver.Decision> decision(ToolCall call) {
    if (isApproved(call.name())) {
      return Optional.of(new Approver.Decision.Approve());
    }
    return denies() ? Optional.of(deny(call)) : Optional.empty();
  }

  /** Who decides about single calls; empty if nobody is there. */
  Optional<Approver> approver(Surroundings surroundings) {
    if (denies()) {
      return Optional.of((call, reason) -> deny(call));
    }
    return surroundings.asksPeople()
        ? Optional.of(new AskingApprover(new LinePrompt(surroundings)))
        : Optional.empty();
  }

  private boolean isApproved(String tool) {
    return how.contains(tool) || way().filter(AUTO::equals).isPresent();
  }

  private static Approver.Decision deny(ToolCall call) {
    return new Approver.Decision.Deny("calls of %s are not approved here".formatted(call.name()));
  }

  /** Takes only words that mean something, so that a slip does not pass for a tool. */
  static final class How implements ITypeConverter<String> {
    @Override
    public String convert(String word) {
      if (WAYS.contains(word)) {
        return word;
      }
      List<String> tools = ToolCatalog.standard().names();
      if (!tools.contains(word)) {
        throw new TypeConversionException(
            "expected %s or the name of a tool (%s), found '%s'"
                .formatted(String.join(", ", WAYS), String.join(", ", tools), word));
      }
      return word;
    }
  }
}
