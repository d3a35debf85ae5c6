using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>Org, AsciiDoc, LaTeX, subtitles, code.</summary>
public sealed class MarkupFormatTests
{
    [Fact]
    public void Org_is_text_with_its_structure()
    {
        var read = Extract(new OrgExtractor(), """
            #+TITLE: Tides
            #+OPTIONS: toc:nil
            # a comment
            * TODO Harbour  :sea:work:
            :PROPERTIES:
            :ID: 1
            :END:
            Some [[https://x.org][link]] and [[b]].
            ** Table
            | a | b |
            |---+---|
            | 1 | 2 |
            - item
            #+BEGIN_SRC sh
            # not a comment
            ,* no heading
            #+END_SRC
            #+BEGIN_COMMENT
            hidden
            #+END_COMMENT
            end
            """);
        read.Text.ShouldBe(
            "# TODO Harbour\n\nSome link and b.\n\n## Table\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n- item\n\n````sh\n# not a comment\n* no heading\n````\n\nend\n");
        read.Metadata.Json.ShouldBe("""{"title":"Tides"}""");
    }

    [Theory]
    [InlineData("= Tides\nAnn Lee <ann@x.org>; Bob_van Dam\nv1.2, 2024-03-01: new\n:toc:\n\nText.\n", "# Tides\n\nText.\n", """{"author":"Ann Lee, Bob van Dam","revdate":"2024-03-01","title":"Tides"}""")]
    [InlineData("= Tides\nAnn Lee\n\nText.\n", "# Tides\n\nText.\n", """{"author":"Ann Lee","title":"Tides"}""")]
    [InlineData("= Tides\nThis is a text, not a person.\n", "# Tides\n\nThis is a text, not a person.\n", """{"title":"Tides"}""")]
    [InlineData("= Tides\n\nAnn Lee\n", "# Tides\n\nAnn Lee\n", """{"title":"Tides"}""")]
    public void Who_wrote_it_and_when_stand_below_the_title(string content, string text, string metadata)
    {
        var read = Extract(new AsciiDocExtractor(), content);

        (read.Text, read.Metadata.Json).ShouldBe((text, metadata));
    }

    [Fact]
    public void AsciiDoc_is_text_with_its_structure()
    {
        var read = Extract(new AsciiDocExtractor(), """
            = Tides
            :description: About them
            :toc:

            // a comment
            == Harbour
            Some https://x.org[link], <<a,there>> and image:b.png[A chart].
            [source,ruby]
            ----
            # not a heading
            == nor this
            ----
            ////
            hidden
            ////
            .Prices
            [cols="1,2"]
            |===
            |Item |Price

            |Anchor
            |5 \| 6
            |Rope |7
            |===
            * one
            ** two
            . first
            NOTE: Mind.
            """);
        read.Text.ShouldBe(
            "# Tides\n\n## Harbour\n\nSome link, there and A chart.\n\n````ruby\n# not a heading\n== nor this\n````\n\nPrices\n\n"
            + "| Item | Price |\n| --- | --- |\n| Anchor | 5 \\| 6 |\n| Rope | 7 |\n\n- one\n  - two\n1. first\nNOTE: Mind.\n");
        read.Metadata.Json.ShouldBe("""{"description":"About them","title":"Tides"}""");
    }

    [Fact]
    public void LaTeX_is_text_with_its_structure()
    {
        var read = Extract(new TexExtractor(), """
            \documentclass{article} % a class
            \title{On \emph{tides}}
            \newcommand{\x}[1]{y}
            \begin{document}
            \maketitle
            \section{Harbour}\label{s:h}
            A ``quay'' is 5\% of \textbf{G\"o{\ss}e}~\cite{a}; $x^2$ -- see\footnote{a \textit{note}}. % comment
            \begin{itemize}
              \item one
              \item[two] \href{https://x.org}{link}
            \end{itemize}
            \begin{tabular}{ll}
            a & b \\ \hline
            1 & 2 \\
            \end{tabular}
            \begin{verbatim}
            % kept {
            \end{verbatim}
            \begin{equation} E = mc^2 \end{equation}
            \end{document}
            after
            """);
        read.Text.ShouldBe(
            "## Harbour\n\nA “quay” is 5% of Göße ; $x^2$ – see (a note).\n\n- one\n- two: link\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n"
            + "````\n% kept {\n````\n\n$$\nE = mc^2\n$$\n");
        read.Metadata.Json.ShouldBe("""{"title":"On tides"}""");
    }

    [Theory]
    [InlineData("See \\url{https://x.org/L%C3%B6w} and more. % gone\n", "See https://x.org/L%C3%B6w and more.\n")]
    [InlineData("See \\href{https://x.org/a%20b}{there} and more. % gone\n", "See there and more.\n")]
    [InlineData("The sign \\verb|%| and \\verb*+50%+ and more. % gone\n", "The sign `%` and `50%` and more.\n")]
    [InlineData("Code \\lstinline[language=C]{a % b} and \\lstinline!c % d! and more. % gone\n", "Code `a % b` and `c % d` and more.\n")]
    [InlineData("one \\\\% gone\ntwo\n", "one\n\ntwo\n")]
    [InlineData("5\\% and \\\\\\% more % gone\n", "5% and\n% more\n")]
    [InlineData("\\url{https://x.org/% gone\nmore}\n", "https://x.org/\nmore\n")]
    public void A_sign_of_a_comment_that_is_meant_ends_no_line(string content, string text) =>
        string.Join('\n', Extract(new TexExtractor(), content).Text.Split('\n').Select(line => line.Trim())).ShouldBe(text);

    [Theory]
    [InlineData("text\n:foo:\nmore\n* Heading\nlast\n", "text\n:foo:\nmore\n\n# Heading\n\nlast\n")]
    [InlineData("text\n:foo:\nmore\n:ID:\nhidden\n:END:\nlast\n", "text\n:foo:\nmore\nlast\n")]
    [InlineData(":a:\nhidden\n:end:\nmore\n:b:\nhidden\n:END:\n:END:\nlast\n", "more\n:END:\nlast\n")]
    [InlineData("* A\n#+BEGIN_COMMENT\nnot closed\n* Heading\nlast\n", "# A\n\nnot closed\n\n# Heading\n\nlast\n")]
    [InlineData("#+BEGIN_COMMENT\nnot closed\n* Heading\n#+END_COMMENT\nlast\n", "not closed\n\n# Heading\n\nlast\n")]
    [InlineData("#+BEGIN_SRC sh\nls\n* Heading\nlast\n", "````sh\nls\n````\n\n# Heading\n\nlast\n")]
    [InlineData("#+BEGIN_SRC sh\nls\n* no heading\n#+END_SRC\nlast\n", "````sh\nls\n* no heading\n````\n\nlast\n")]
    [InlineData("#+BEGIN_SRC\na\n* Heading\n#+BEGIN_SRC\nb\n#+END_SRC\n", "````\na\n````\n\n# Heading\n\n````\nb\n````\n")]
    public void What_Org_opens_and_never_closes_swallows_nothing(string content, string text) =>
        Extract(new OrgExtractor(), content).Text.ShouldBe(text);

    [Theory]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i>\n{\\an8}there.\n\n2\n00:00:02,100 --> 00:00:03,000\nthere.\n\n3\n00:00:09,000 --> 00:00:10,000\nLater &amp; on\n",
        "Hello\nthere.\n\nLater & on\n")]
    [InlineData("WEBVTT\n\nNOTE\nnothing\n\nSTYLE\n::cue { }\n\nid\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hi <00:01.500>you\n\n00:02.000 --> 00:03.000\n<v Bob>1 < 2\n",
        "Ann: Hi you\n\nBob: 1 < 2\n")]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\nfirst\n\nbehind a blank line\n42\n\n2\n00:00:02,500 --> 00:00:03,000\nlast\n\n7\n", "first\nbehind a blank line\n42\nlast\n7\n")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000\nsaid\n\nNOTE\nnot said\n", "said\n")]
    [InlineData("no cues\n", "")]
    public void Subtitles_are_what_is_said(string content, string text) => Extract(new SubtitleExtractor(), content).Text.ShouldBe(text);

    [Fact]
    public void Code_is_a_fence()
    {
        Extract(new CodeExtractor(), "# c\n\ndef f():\n    return '```'\n", "docs/a.py").Text.ShouldBe("````py\n# c\n\ndef f():\n    return '```'\n````\n");
        Extract(new CodeExtractor(), " \n", "a.go").Text.ShouldBe("");
        new CodeExtractor().IsTakenByDefault.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\\footnote{")]
    [InlineData("\\label{")]
    [InlineData("\\begin{tabular}{")]
    [InlineData("\\begin{verbatim}")]
    [InlineData("$")]
    [InlineData("\\\"")]
    [InlineData("{")]
    [InlineData("\\item[")]
    [InlineData("\\section{")]
    [InlineData("|===\n| a ")]
    [InlineData("link:[")]
    [InlineData("<<")]
    [InlineData("[[")]
    [InlineData("#+BEGIN_SRC\n")]
    [InlineData("a --> b\n<v ")]
    [InlineData("* a\n")]
    public void What_never_ends_takes_no_time(string piece)
    {
        var content = new StringBuilder().Insert(0, piece, 100_000).ToString();
        foreach (var extractor in (ITextExtractor[])[new TexExtractor(), new AsciiDocExtractor(), new OrgExtractor(), new SubtitleExtractor()])
        {
            Should.CompleteIn(() => Extract(extractor, content), TimeSpan.FromSeconds(20));
        }
    }

    private static ExtractedText Extract(ITextExtractor extractor, string content, string path = "docs/a") =>
        extractor.Extract(path, Encoding.UTF8.GetBytes(content));
}
