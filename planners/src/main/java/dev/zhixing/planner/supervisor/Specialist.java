package dev.zhixing.planner.supervisor;

import java.util.Set;

/**
 * An agent that a supervisor can hand over to.
 *
 * @param name what it is called: letters, digits, - and _
 * @param skills what it can do, in a sentence, for the supervisor and the other agents
 * @param instructions what it is told itself; may be empty
 * @param tools the names of the run's tools that it may call
 */
public record Specialist(String name, String skills, String instructions, Set<String> tools) {
  public Specialist {
    tools = Set.copyOf(tools);
    if (!name.matches("[\\w-]{1,64}")) {
      throw new IllegalArgumentException(
          "specialist: expected a name of up to 64 letters, digits, - and _, found '" + name + "'");
    }
  }
}
