package org.restream.cli;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An input, ready to be sent.
 *
 * @param body what its input has been opened as
 * @param result where the end is told; who completes it first ends it
 */
record SendTask(SendInput input, Body body, CompletableFuture<@Nullable Void> result, Progress.Part progress) {}
