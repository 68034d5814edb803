// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import static dev.assent.TestOperator.form;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import dev.assent.receipt.VerifyCommand;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** An auditor takes an archive home and checks it there, without asking the service. */
class EvidencePackTest {
    private static final String DRAFT =
            """
            {"controller":{"name":"Größe & Söhne <b>Ltd</b>","address":"1 Main Street, 東京都","contact":"privacy@shop.example"},
             "privacyPolicyUrl":"https://shop.example/privacy","defaultLanguage":"en","lifetime":"P6M",
             "ruleset":"opt-in","googleConsentMode":false,"reloadOnWithdrawal":true,
             "purposes":[
              {"id":"session","required":true,"dpv":"dpv:ServiceProvision","trackers":[]},
              {"id":"theme","dpv":"dpv:ServicePersonalisation","trackers":[]},
              {"id":"analytics","dpv":"dpv:ServiceUsageAnalytics","trackers":[]}],
             "texts":{"en":{},"fr":{},"ar":{},"el":{},"uk":{}},
             "appearance":{"position":"bottom","accent":"#1f5f5b","radius":8,"reopen":"floating"}}
            """;

    private static EmbeddedServer server;
    private static TestOperator auditor;
    private static Http http;
    private static String siteKey;
    private static String base;
    private static String size;
    @TempDir static Path folder;
    private static Path pack;

    /** Seven records, of which one is erased, in five languages, and their archive. */
    @BeforeAll
    static void start() throws Exception {
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(TestApi.properties()));
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        auditor =
                TestOperator.setUp(server.getURI(), link, "olive@example.com")
                        .colleague("ada@example.com", "auditor");
        TestApi api = TestApi.of(server.getURI());
        http = new Http(server.getURI());
        TestSite site = publish(api);
        siteKey = site.siteKey();
        base = "/console/sites/" + siteKey + "/audit";
        List<String> ids = new ArrayList<>();
        for (String language : List.of("en", "fr", "ar", "el", "uk", "en", "en")) {
            String id = TestChoice.id().toString();
            String choice =
                    TestChoice.json(site, id)
                            .replace("\"language\":\"fr\"", "\"language\":\"" + language + "\"");
            assertThat(site.send(choice).statusCode()).isEqualTo(201);
            ids.add(id);
        }
        String erase = "/v1/admin/sites/" + siteKey + "/consents/" + ids.get(1);
        assertThat(api.send("DELETE", erase, null).status()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        auditor.get(base + "/sample.csv?seed=x&count=9&size=" + size())
                                .body()
                                .contains(",erased,"));
        size = Long.toString(size());
        pack = fetch("?" + form("seed", "dice é😀", "count", "3", "size", size));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void pack_holdsWhatItSays() throws IOException {
        try (var files = Files.walk(pack)) {
            assertThat(files.filter(Files::isRegularFile).map(it -> pack.relativize(it).toString()))
                    .containsExactlyInAnyOrder(
                            "README.txt",
                            "checkpoint",
                            "vkey",
                            "verify.html",
                            "verify.mjs",
                            "records.ndjson",
                            "receipts/1.tlog-proof",
                            "receipts/3.tlog-proof",
                            "receipts/4.tlog-proof",
                            "receipts/5.tlog-proof",
                            "receipts/6.tlog-proof",
                            "receipts/7.tlog-proof",
                            "artefacts/version-1.json",
                            "artefacts/version-1.tlog-proof",
                            "sample.ndjson",
                            "report.html",
                            "report.pdf");
        }
        assertThat(pack.resolve("verify.html")).hasBinaryContent(get("/verify"));
        assertThat(pack.resolve("vkey")).hasBinaryContent(get("/log/vkey"));
        assertThat(auditor.get("/console/trail").body()).contains("evidence packed");
    }

    @Test
    void everyFile_verifiesOffline() throws IOException {
        assertThat(verify(pack.resolve("records.ndjson"))).contains("6 records, 1 erased");
        assertThat(verify(pack.resolve("sample.ndjson"))).contains("dice é😀");
        try (var receipts = Files.list(pack.resolve("receipts"))) {
            for (Path receipt : receipts.toList()) {
                verify(receipt);
            }
        }
    }

    @Test
    void everyFile_isInvalidOnceItIsTamperedWith() throws IOException {
        String records = Files.readString(pack.resolve("records.ndjson"));
        assertInvalid(records.replaceFirst("\"theme\":true", "\"theme\":false"), "a.ndjson");
        assertInvalid(withoutLine(records, 1), "c.ndjson");
        assertInvalid(withoutLine(records, 2), "d.ndjson");
        String sample = Files.readString(pack.resolve("sample.ndjson"));
        assertInvalid(withoutLine(sample, 2), "e.ndjson");
        assertInvalid(sample.replaceFirst("dice", "dies"), "f.ndjson");
        String receipt = Files.readString(pack.resolve("receipts/1.tlog-proof"));
        assertInvalid(receipt.replaceFirst("index \\d+", "index 0"), "g.tlog-proof");
    }

    @Test
    void otherKeyThanThePacks_isNotTrusted() throws IOException {
        Path file = pack.resolve("records.ndjson");
        String other = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        var out = new ByteArrayOutputStream();
        assertThat(run(out, file.toString(), "--vkey", other)).isEqualTo(1);
    }

    @Test
    void report_saysWhatWasAskedAndAnswered() throws IOException {
        String report = Files.readString(pack.resolve("report.html"));
        assertThat(report)
                .contains("Größe &amp; Söhne &lt;b&gt;Ltd&lt;/b&gt;", "6, and 1 erased", "dice é😀")
                .contains("A selection saved", "the numbers 1 to 7", "Erased at a request")
                .contains("asked of nobody:", "session (in 6 records).")
                .doesNotContain(">session</th>")
                .contains("lang=\"el\" dir=\"ltr\"", "lang=\"uk\"", "lang=\"ar\" dir=\"rtl\"")
                .doesNotContain("<script", "http://", "src=");
    }

    @Test
    void reportOnPaper_isTaggedAndHasItsFontsInside() throws IOException {
        try (PDDocument paper = Loader.loadPDF(pack.resolve("report.pdf").toFile())) {
            assertThat(paper.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(paper.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
            assertThat(paper.getDocumentCatalog().getLanguage()).isEqualTo("en");
            assertThat(paper.getDocumentCatalog().getDocumentOutline().children()).isNotEmpty();
            assertThat(paper.getDocumentInformation().getTitle()).contains("Evidence of consent");
            for (var page : paper.getPages()) {
                for (var name : page.getResources().getFontNames()) {
                    assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
                }
            }
            String text = new PDFTextStripper().getText(paper);
            assertThat(text)
                    .contains("Größe & Söhne <b>Ltd</b>", "6, and 1 erased")
                    .contains("Αποδοχή", "Прийняти")
                    .contains("قبول الكل")
                    .doesNotContain("\u2370");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PDFUA_1", "PDFA_2_A"})
    void reportOnPaper_keepsTheStandard(PDFAFlavour standard) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (var paper = Files.newInputStream(pack.resolve("report.pdf"));
                var parser = Foundries.defaultInstance().createParser(paper, standard);
                var validator = Foundries.defaultInstance().createValidator(standard, false)) {
            assertThat(validator.validate(parser).getTestAssertions()).isEmpty();
        }
    }

    @Test
    void lettersThatTheFontLacks_areSpeltOnPaper_andReadAloud() throws IOException {
        assertThat(Files.readString(pack.resolve("report.html"))).contains("1 Main Street, 東京都");
        try (PDDocument paper = Loader.loadPDF(pack.resolve("report.pdf").toFile())) {
            assertThat(new PDFTextStripper().getText(paper).replaceAll("\\s+", " "))
                    .contains("1 Main Street, U+6771 U+4EAC U+90FD")
                    .contains("are spelt by their numbers in Unicode");
            assertThat(expanded(paper.getDocumentCatalog().getStructureTreeRoot())).contains("東京都");
        }
    }

    /** What stands for the abbreviations of a document. */
    private static List<String> expanded(PDStructureNode node) {
        List<String> found = new ArrayList<>();
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                Optional.ofNullable(element.getExpandedForm()).ifPresent(found::add);
                found.addAll(expanded(element));
            }
        }
        return found;
    }

    @Test
    void faultyWish_isToldAtItsField() {
        for (String query :
                List.of(
                        "from=yesterday",
                        "to=2026-13-01",
                        "from=2199-01-01",
                        "to=2000-01-01",
                        "seed=x&size=0&count=3",
                        "seed=x&size=999999999&count=3",
                        "seed=x&size=" + size + "&count=0",
                        "seed=" + "x".repeat(201) + "&size=" + size + "&count=3")) {
            var answer = auditor.get(base + "/pack.zip?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(422);
            assertThat(answer.body()).as(query).contains("class=\"note warns\"");
            assertThat(answer.headers().firstValue("content-type").orElseThrow())
                    .startsWith("text/html");
        }
        assertThat(auditor.get(base + "/records.ndjson?from=x").statusCode()).isEqualTo(422);
    }

    private static void assertInvalid(String text, String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        var out = new ByteArrayOutputStream();
        assertThat(run(out, file.toString(), "--vkey", vkey())).as(name).isEqualTo(1);
    }

    private static String withoutLine(String text, int line) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        lines.remove(line);
        return String.join("\n", lines) + "\n";
    }

    /** What the command says of a file that it finds valid. */
    private static String verify(Path file) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(run(out, file.toString(), "--vkey", vkey()))
                .as(file + "\n" + out.toString(UTF_8))
                .isZero();
        return out.toString(UTF_8);
    }

    private static int run(ByteArrayOutputStream out, String... arguments) {
        PrintStream stream = new PrintStream(out, true, UTF_8);
        return new VerifyCommand(stream, stream).run(arguments);
    }

    private static String vkey() throws IOException {
        return Files.readString(pack.resolve("vkey")).strip();
    }

    private static long size() {
        return Long.parseLong(http.get("/log/checkpoint").body().split("\n")[1]);
    }

    private static byte[] get(String path) {
        return bytes(HttpRequest.newBuilder(server.getURI().resolve(path)).build());
    }

    /** Fetches the archive and unpacks it. */
    private static Path fetch(String query) throws IOException {
        URI address = server.getURI().resolve(base + "/pack.zip" + query);
        byte[] archive =
                bytes(
                        HttpRequest.newBuilder(address)
                                .header("Cookie", "assent-session=" + auditor.cookie())
                                .build());
        Path target = folder.resolve("pack");
        try (var zip = new ZipInputStream(new java.io.ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = target.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (var out = Files.newOutputStream(file)) {
                    zip.transferTo(out);
                }
            }
        }
        String painted = System.getProperty("assent.pack", "");
        if (!painted.isEmpty()) {
            Files.write(Path.of(painted), archive);
        }
        return target;
    }

    private static byte[] bytes(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
            return body.readAllBytes();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestSite publish(TestApi api) {
        String wish = "{\"name\":\"Shop\",\"origins\":[\"" + TestSite.ORIGIN + "\"]}";
        String key = api.post("/v1/admin/sites", wish).text("siteKey");
        String site = "/v1/admin/sites/" + key;
        assertThat(api.send("PUT", site + "/draft", DRAFT).status()).isEqualTo(200);
        TestApi.Answer published =
                api.post(site + "/policies", "{\"material\":true,\"reason\":\"first\"}");
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> api.get(site + "/policies/1").text("state").equals("live"));
        return new TestSite(new Http(server.getURI()), key, 1, published.text("sha256"));
    }
}
