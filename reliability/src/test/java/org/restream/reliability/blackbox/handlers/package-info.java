/** Handlers of both styles that do what users' handlers do, and what a peer in another language sees of them. */
@NullMarked
package org.restream.reliability.blackbox.handlers;

import org.jspecify.annotations.NullMarked;
