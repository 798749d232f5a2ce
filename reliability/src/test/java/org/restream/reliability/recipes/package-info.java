/** Runs the recipes of docs/recipes.md as a reader would, and judges what arrives by other programs. */
@NullMarked
package org.restream.reliability.recipes;

import org.jspecify.annotations.NullMarked;
