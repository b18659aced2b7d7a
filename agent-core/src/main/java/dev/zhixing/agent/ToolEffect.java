package dev.zhixing.agent;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The effect of a {@code @Tool} method; a method without it counts as {@link Effect#WRITE}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ToolEffect {
  /** The effect. */
  Effect value();
}
