package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureEchoTest {
    @Test
    void each_knows_the_other(@TempDir Path folder) throws Exception {
        KeyTool tool = new KeyTool(folder);
        tool.make("server");
        tool.make("client");

        String printed = Printed.by(() -> SecureEcho.main(
                tool.store("server").toString(),
                tool.store("client").toString(),
                KeyTool.PASSWORD,
                tool.certificates().toString()));

        assertThat(printed).isEqualTo("{\"you are\":\"CN=client\"} Is anybody there?\n");
    }
}
