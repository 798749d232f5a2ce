/**
 * Uploads that survive the death of either process: {@link org.restream.files.FileSender} sends a file, and
 * {@link org.restream.files.UploadReceiver} takes it, on a server of one's own. What has arrived is kept in an
 * {@link org.restream.files.UploadStore}, and the next connection, of the same process or another one, sends the rest.
 *
 * <p>It is a convention of headers on top of an ordinary exchange, so any peer can speak it: docs/wire.md has the format.
 */
@NullMarked
package org.restream.files;

import org.jspecify.annotations.NullMarked;
