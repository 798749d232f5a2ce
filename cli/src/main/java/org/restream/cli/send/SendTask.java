package org.restream.cli.send;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.restream.cli.send.body.Body;
import org.restream.cli.send.progress.Progress;

/**
 * An input, ready to be sent.
 *
 * @param body what its input has been opened as
 * @param result where the end is told; who completes it first ends it
 */
record SendTask(SendInput input, Body body, CompletableFuture<@Nullable Void> result, Progress.Part progress) {}
