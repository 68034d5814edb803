// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Says in code points what a font has no letters for, so that paper shows it neither as boxes nor
 * not at all: {@code 同意} becomes {@code U+540C U+610F}, marked as an abbreviation of the letters
 * themselves, which a screen reader reads. For any number of threads.
 */
final class PaperLetters {
    private final List<CmapLookup> fonts;

    private PaperLetters(List<CmapLookup> fonts) {
        this.fonts = fonts;
    }

    /**
     * @param fonts names of TrueType files; a letter is had if each of them has it
     */
    static PaperLetters of(List<String> fonts) {
        return new PaperLetters(fonts.stream().map(PaperLetters::letters).toList());
    }

    private static CmapLookup letters(String font) {
        try (TrueTypeFont parsed =
                new TTFParser().parse(new RandomAccessReadBuffer(ReportPdf.open(font)))) {
            return parsed.getUnicodeCmapLookup();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the font " + font, e);
        }
    }

    /**
     * Spells what is missing within {@code body}.
     *
     * @return whether anything is
     */
    boolean spellIn(Element body) {
        boolean any = false;
        Node node = body.getFirstChild();
        while (node != null) {
            Node next = node.getNextSibling();
            if (node instanceof Element element) {
                any |= spellIn(element);
            } else if (node.getNodeType() == Node.TEXT_NODE && !hasAll(node.getNodeValue())) {
                spell(body, node);
                any = true;
            }
            node = next;
        }
        return any;
    }

    private boolean hasAll(String text) {
        return text.codePoints().allMatch(this::has);
    }

    /** Private characters mean something else to each who reads them: never had. */
    private boolean has(int letter) {
        return letter < 0x7F
                || Character.getType(letter) != Character.PRIVATE_USE
                        && fonts.stream().allMatch(font -> font.getGlyphId(letter) != 0);
    }

    private void spell(Element parent, Node text) {
        Document document = parent.getOwnerDocument();
        int[] letters = text.getNodeValue().codePoints().toArray();
        for (int from = 0; from < letters.length; ) {
            boolean had = has(letters[from]);
            int end = end(letters, from, had ? this::has : letter -> !has(letter));
            String run = new String(letters, from, end - from);
            parent.insertBefore(had ? document.createTextNode(run) : spelt(document, run), text);
            from = end;
        }
        parent.removeChild(text);
    }

    private static int end(int[] letters, int from, IntPredicate same) {
        int end = from;
        while (end < letters.length && same.test(letters[end])) {
            end++;
        }
        return end;
    }

    private static Element spelt(Document document, String run) {
        Element spelt = document.createElement("abbr");
        spelt.setAttribute("title", run);
        spelt.setAttribute("dir", "ltr");
        spelt.setTextContent(
                run.codePoints().mapToObj("U+%04X"::formatted).collect(Collectors.joining(" ")));
        return spelt;
    }
}
