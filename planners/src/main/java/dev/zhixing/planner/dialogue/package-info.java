/** What planners say to the model, and what they read in a run: for planners only. */
@NullMarked
package dev.zhixing.planner.dialogue;

import org.jspecify.annotations.NullMarked;
