using Shouldly;
using Tidemark.Tests.Formats;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Every format that collections consist of, through the executable, without any setting.</summary>
public sealed class CollectionFormatTests : IDisposable
{
    private static readonly (string File, byte[] Content, string Query, string Heading)[] Files =
    [
        ("tides.ipynb", """{"metadata":{"language_info":{"name":"python"}},"nbformat":4,"cells":[{"cell_type":"markdown","source":["# Soundings\n","Depth at the sill."]},{"cell_type":"code","source":"plot(depth)","outputs":[{"output_type":"stream","text":["fathoms seventeen\n"]}]}]}"""u8.ToArray(), "fathoms seventeen", "Soundings"),
        ("berths.pptx", OfficeFile.Presentation(
            "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><p:cSld><p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"t\"/><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Berthing</a:t></a:r></a:p></p:txBody></p:sp>"
            + "<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"b\"/></p:nvSpPr><p:txBody><a:p><a:r><a:t>Tugboats arrive at noon</a:t></a:r></a:p></p:txBody></p:sp></p:cSld></p:sld>").ToArray(), "tugboats noon", "Berthing"),
        ("prices.xlsx", OfficeFile.Workbook(
            "<row><c t=\"str\"><v>Item</v></c><c t=\"str\"><v>Fee</v></c></row><row><c t=\"str\"><v>Capstan</v></c><c><v>44</v></c></row>").ToArray(), "capstan fee", "Prices"),
        ("pilot.epub", OfficeFile.Book("<dc:title>Pilot book</dc:title>", "<h1>Approaches</h1><p>Leave the groyne to starboard.</p>").ToArray(), "groyne starboard", "Approaches"),
        ("dues.adoc", "= Harbour dues\n\n== Exemptions\n\nDredgers pay nothing.\n"u8.ToArray(), "dredgers", "Harbour dues"),
        ("log.org", "* Watchkeeping\n** Night\nThe foghorn sounds twice.\n"u8.ToArray(), "foghorn", "Watchkeeping"),
        ("paper.tex", "\\documentclass{article}\n\\begin{document}\n\\section{Swell}\nThe seiche has a period of $T$.\n\\end{document}\n"u8.ToArray(), "seiche period", "Swell"),
        ("talk.srt", "1\n00:00:01,000 --> 00:00:02,000\nMind the bollards.\n"u8.ToArray(), "bollards", ""),
        ("talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Coil the hawser.\n"u8.ToArray(), "hawser", ""),
        ("chart.pdf", new PdfFile().Text(72, 720, "Anchorages", 18).Text(72, 690, "Holding ground of blue clay, sheltered from the west.").ToArray(), "blue clay", "Anchorages"),
        ("word.docx", WordFile.Of(WordFile.Paragraph("The windlass is oiled in spring.")), "windlass", ""),
    ];

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Each_is_found_by_its_words_with_its_headings()
    {
        await FindAsync(_work);
        (await _work.SyncAsync("docs")).ShouldBeNoOp();
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task The_same_on_a_server()
    {
        await using var server = new ServerWorkspace();
        await FindAsync(server.Files);
        await server.Files.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task A_hit_in_a_PDF_says_on_which_page_it_is()
    {
        var file = new PdfFile().Text(72, 720, "Tide tables", 18);
        for (var page = 0; page < 3; page++)
        {
            for (var line = 0; line < 40; line++)
            {
                file.Text(72, 690 - (12 * line), $"On page {page} line {line} tells of the ebb and of the flood at the pier.");
            }

            file.Text(72, 150, page == 2 ? "A kedge is laid out astern of the vessel." : "Nothing more is said of it here.");
            file = page < 2 ? file.NextPage() : file;
        }

        _work.Write("docs/tables.pdf", file.ToArray());
        await _work.SyncAsync("docs");

        var hit = (await _work.RunAsync("search", "kedge", "--mode", "keyword", "-k", "1", "--json")).ShouldExit(0).Json["hits"]![0]!;
        ((int)hit["page"]!).ShouldBe(3);
        ((int)hit["metadata"]!["pages"]!).ShouldBe(3);
        (await _work.RunAsync("search", "kedge", "--mode", "keyword", "-k", "1")).ShouldExit(0).Output.ShouldContain("page 3");
    }

    [Fact]
    public async Task A_file_over_the_limit_fails_alone_and_its_size_the_limit_and_the_setting_are_said()
    {
        _work.Write("tidemark.json", """{ "limits": { "maxFileBytes": 2000 } }""");
        _work.Write("docs/small.md", "# Small\n").Write("docs/large.md", "# Large\n" + new string('x', 3_000));

        var outcome = (await _work.SyncAsync(3, "docs")).ShouldCount(added: 1);

        outcome.ErrorCodes.ShouldBe(["source.too-large"]);
        ((string)outcome.Errors[0]["message"]!).ShouldSatisfyAllConditions(
            said => said.ShouldContain("large.md"), said => said.ShouldContain("3"), said => said.ShouldContain("2"));
        ((string)outcome.Errors[0]["remedy"]!).ShouldContain("limits.maxFileBytes");
        _work.Write("tidemark.json", "{ }");
        (await _work.SyncAsync("docs")).ShouldCount(added: 1, skipped: 1);
    }

    private static async Task FindAsync(Workspace work)
    {
        foreach (var (file, content, _, _) in Files)
        {
            work.Write("docs/" + file, content);
        }

        (await work.SyncAsync("docs")).ShouldCount(added: Files.Length);
        foreach (var (file, _, query, heading) in Files)
        {
            var hit = (await work.RunAsync("search", query, "--mode", "keyword", "-k", "1", "--json")).ShouldExit(0).Json["hits"]![0]!;
            ((string)hit["document"]!).ShouldBe("docs/" + file, query);
            (((string?)hit["heading"]) ?? "").ShouldBe(heading, file);
        }
    }
}
