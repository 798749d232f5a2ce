package org.restream.internal.exchange;

import java.time.Duration;
import java.util.function.Function;
import org.restream.internal.concurrent.Timer;

/** The configuration of an exchange in a test. */
record Setup(ExchangeConfig config, Duration headerTimeout, Duration idleTimeout) {
    static Setup of(Timer timer, Function<Runnable, Thread> threads, java.util.function.Consumer<Throwable> unheard) {
        return new Setup(
                new ExchangeConfig(ExchangeConfig.Side.CLIENT, 64 * 1024, true, true, false, timer, threads, unheard),
                Duration.ZERO,
                Duration.ZERO);
    }

    private Setup with(ExchangeConfig changed) {
        return new Setup(changed, headerTimeout, idleTimeout);
    }

    Setup server() {
        return with(new ExchangeConfig(
                ExchangeConfig.Side.SERVER,
                config.maxHeaderBytes(),
                config.emptyAllowed(),
                config.refusals(),
                config.interrupts(),
                config.timer(),
                config.threads(),
                config.unheard()));
    }

    Setup interrupts() {
        return interrupts(true);
    }

    Setup interrupts(boolean interrupts) {
        return with(new ExchangeConfig(
                config.side(),
                config.maxHeaderBytes(),
                config.emptyAllowed(),
                config.refusals(),
                interrupts,
                config.timer(),
                config.threads(),
                config.unheard()));
    }

    Setup maxHeaderBytes(int most) {
        return with(new ExchangeConfig(
                config.side(),
                most,
                config.emptyAllowed(),
                config.refusals(),
                config.interrupts(),
                config.timer(),
                config.threads(),
                config.unheard()));
    }

    Setup refusals(boolean refusals) {
        return with(new ExchangeConfig(
                config.side(),
                config.maxHeaderBytes(),
                config.emptyAllowed(),
                refusals,
                config.interrupts(),
                config.timer(),
                config.threads(),
                config.unheard()));
    }

    Setup timer(Timer timer) {
        return with(new ExchangeConfig(
                config.side(),
                config.maxHeaderBytes(),
                config.emptyAllowed(),
                config.refusals(),
                config.interrupts(),
                timer,
                config.threads(),
                config.unheard()));
    }

    Setup threads(Function<Runnable, Thread> threads) {
        return with(new ExchangeConfig(
                config.side(),
                config.maxHeaderBytes(),
                config.emptyAllowed(),
                config.refusals(),
                config.interrupts(),
                config.timer(),
                threads,
                config.unheard()));
    }

    Setup headerTimeout(Duration time) {
        return new Setup(config, time, idleTimeout);
    }

    Setup idleTimeout(Duration time) {
        return new Setup(config, headerTimeout, time);
    }
}
