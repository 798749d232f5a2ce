package org.restream.cli.send;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.restream.cli.send.body.Body;
import org.restream.cli.send.progress.Progress;

/**
 * An input that is ready to be sent.
 *
 * @param body the input's opened body
 * @param result the outcome; the first to complete it ends the task
 */
record SendTask(SendInput input, Body body, CompletableFuture<@Nullable Void> result, Progress.Part progress) {}
