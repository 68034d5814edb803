// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A page as a PDF for those who do not see it and for those who read it in thirty years: tagged
 * (PDF/UA-1, ISO 14289-1), with its fonts and colours inside (PDF/A-2a, ISO 19005-2).
 *
 * <p>DejaVu has the scripts of all languages that our own texts are in: Latin, Greek, Cyrillic,
 * Arabic and Hebrew. What it has no letters for, Chinese for example, is spelt in code points, and
 * the document says so; the page itself has the letters.
 */
final class ReportPdf {
    private static final String FONTS = "/net/sf/jasperreports/fonts/dejavu/";

    private static final String REGULAR = "DejaVuSans.ttf";
    private static final String BOLD = "DejaVuSans-Bold.ttf";

    /** What is said where not all letters are shown. */
    private static final String SPELT =
            "Letters that this document’s font lacks, of Chinese or Korean for example, are spelt by"
                    + " their numbers in Unicode. In report.html they stand as they were shown.";

    private static final class Letters {
        static final PaperLetters ALL = PaperLetters.of(List.of(REGULAR, BOLD));
    }

    static {
        XRLog.setLoggingEnabled(false);
    }

    private ReportPdf() {}

    /**
     * @param page HTML that is well-formed XML, without pictures or anything else to be fetched
     */
    static byte[] of(byte[] page) {
        var out = new ByteArrayOutputStream();
        var builder = new PdfRendererBuilder();
        builder.usePdfUaAccessibility(true);
        builder.usePdfAConformance(PdfAConformance.PDFA_2_A);
        builder.useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
        font(builder, REGULAR, "DejaVu Sans", 400);
        font(builder, BOLD, "DejaVu Sans", 700);
        font(builder, "DejaVuSansMono.ttf", "DejaVu Sans Mono", 400);
        builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
        builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
        builder.defaultTextDirection(TextDirection.LTR);
        // Nothing in the page may have us fetch anything.
        builder.useUriResolver((base, uri) -> null);
        builder.withProducer("Assent");
        builder.withW3cDocument(withBookmarks(withLetters(parse(page))), "");
        builder.toStream(out);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a PDF", e);
        }
        return out.toByteArray();
    }

    /** Spelt where need be, with a note of it below the title. */
    private static Document withLetters(Document document) {
        Element body = (Element) document.getElementsByTagName("body").item(0);
        if (Letters.ALL.spellIn(body)) {
            Element note = document.createElement("p");
            note.setTextContent(SPELT);
            body.insertBefore(note, document.getElementsByTagName("h2").item(0));
        }
        return document;
    }

    /** A bookmark for each heading that has an id. */
    private static Document withBookmarks(Document document) {
        Element bookmarks = document.createElement("bookmarks");
        NodeList headings = document.getElementsByTagName("h2");
        for (int i = 0; i < headings.getLength(); i++) {
            Element heading = (Element) headings.item(i);
            Element bookmark = document.createElement("bookmark");
            bookmark.setAttribute("name", heading.getTextContent());
            bookmark.setAttribute("href", "#" + heading.getAttribute("id"));
            bookmarks.appendChild(bookmark);
        }
        document.getElementsByTagName("head").item(0).appendChild(bookmarks);
        return document;
    }

    private static void font(PdfRendererBuilder builder, String file, String family, int weight) {
        builder.useFont(() -> open(file), family, weight, FontStyle.NORMAL, true);
    }

    /** One of the fonts, a TrueType file. */
    static InputStream open(String file) {
        InputStream font = ReportPdf.class.getResourceAsStream(FONTS + file);
        if (font == null) {
            throw new IllegalStateException("the program was packed without " + file);
        }
        return font;
    }

    private static Document parse(byte[] page) {
        String text = new String(page, UTF_8);
        String xml = withoutForbidden(text.substring(text.indexOf("<html")));
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("the report is not well-formed", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from memory", e);
        }
    }

    /** XML has no way to write most control characters, nor U+FFFE and U+FFFF. */
    private static String withoutForbidden(String text) {
        return text.codePoints()
                .map(c -> isXml(c) ? c : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000;
    }
}
