/** Libraries that are loaded when a command first needs them. */
@NullMarked
package org.restream.cli.library;

import org.jspecify.annotations.NullMarked;
