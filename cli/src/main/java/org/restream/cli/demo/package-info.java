/**
 * The command {@code restream demo}.
 *
 * <p>Start at {@link DemoCommand}.
 */
@NullMarked
package org.restream.cli.demo;

import org.jspecify.annotations.NullMarked;
