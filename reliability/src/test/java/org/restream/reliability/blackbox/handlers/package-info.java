/** Programs made with the library, of both styles, that do what programs do; seen from a peer in another language. */
@NullMarked
package org.restream.reliability.blackbox.handlers;

import org.jspecify.annotations.NullMarked;
