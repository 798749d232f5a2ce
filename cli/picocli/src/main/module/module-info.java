/** Picocli, under the name that its own jar has. */
module info.picocli {
    requires static java.sql;

    exports picocli;
}
