using System.IO.Compression;
using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Word documents, and formats that a configured program reads.</summary>
public sealed class FormatTests : IDisposable
{
    private readonly Workspace _work = new();

    public FormatTests() => _work.Environment["TIDEMARK_TRUST"] = "1";

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_Word_document_is_found_by_its_words_and_carries_its_properties()
    {
        _work.Write("docs/mooring.docx", Word("Mooring", "The bowline never slips.", title: "Ropes"));

        (await _work.SyncAsync("docs")).ShouldCount(added: 1);

        var hit = (await _work.RunAsync("search", "bowline", "--json")).ShouldExit(0).Json["hits"]![0]!;
        ((string)hit["document"]!).ShouldBe("docs/mooring.docx");
        ((string)hit["heading"]!).ShouldBe("Mooring");
        ((string)hit["metadata"]!["title"]!).ShouldBe("Ropes");
        (await _work.SyncAsync("docs")).ShouldBeNoOp();
    }

    [Fact]
    public async Task A_hostile_Word_document_fails_alone()
    {
        _work.Write("docs/good.docx", Word("Good", "Fine text."));
        _work.Write("docs/disguise.docx", "not a document");
        _work.Write("docs/deep.docx", Package(
            string.Concat(Enumerable.Repeat("<w:tbl><w:tr><w:tc>", 50_000))
            + string.Concat(Enumerable.Repeat("</w:tc></w:tr></w:tbl>", 50_000))));

        var outcome = (await _work.SyncAsync(3, "docs")).ShouldCount(added: 1);

        outcome.ErrorCodes.ShouldBe(["source.malformed", "source.malformed"]);
        outcome.Errors.ShouldAllBe(e => ((string)e["remedy"]!).Length > 0);
    }

    [Fact]
    public async Task A_program_reads_what_the_settings_give_it_and_runs_only_for_what_changed()
    {
        Configure("""[ { "glob": "**/*.pdf", "command": ["./tools/count", "{file}"] } ]""");
        Script("tools/count", "echo run >> runs; tr a-z A-Z < \"$1\"");
        _work.Write("docs/a.pdf", "the first paper\n").Write("docs/deep/b.pdf", "the second paper\n").Write("docs/c.md", "# Plain\n");
        await Workspace.SettleAsync();

        (await _work.SyncAsync("docs")).ShouldCount(added: 3);
        Runs().ShouldBe(2);
        (await _work.ExportAsync()).ShouldContain("THE SECOND PAPER");

        (await _work.SyncAsync("docs")).ShouldBeNoOp();
        Runs().ShouldBe(2);

        _work.Write("docs/a.pdf", "the first paper, again\n");
        (await _work.PlanAsync("docs")).ShouldCount(updated: 1, skipped: 2);
        (await _work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 2).ShouldEmbed(1);
        Runs().ShouldBe(4);
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task Another_command_line_reads_its_files_again_and_embeds_what_differs()
    {
        Configure("""[ { "glob": "*.log", "command": ["cat", "{file}"] } ]""");
        _work.Write("docs/a.log", "same in any case\n").Write("docs/b.log", "ONLY CAPITALS\n");
        (await _work.SyncAsync("docs")).ShouldCount(added: 2);

        Configure("""[ { "glob": "*.log", "command": ["tr", "a-z", "A-Z"] } ]""");

        (await _work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 1).ShouldEmbed(1);
        (await _work.ExportAsync()).ShouldContain("SAME IN ANY CASE");
        (await _work.SyncAsync("docs")).ShouldBeNoOp();
    }

    [Fact]
    public async Task A_program_that_fails_keeps_what_was_indexed_and_says_why()
    {
        Configure("""[ { "glob": "*.pdf", "command": ["./tool", "{file}"] } ]""");
        Script("tool", "cat \"$1\"");
        _work.Write("docs/a.pdf", "the good old text\n");
        await _work.SyncAsync("docs");

        Script("tool", "echo 'xref table is broken' >&2; exit 3");
        _work.Write("docs/a.pdf", "newer bytes\n");
        var outcome = await _work.SyncAsync(3, "docs");

        outcome.ErrorCodes.ShouldBe(["extractor.failed"]);
        ((string)outcome.Errors[0]["message"]!).ShouldContain("exit code 3");
        ((string)outcome.Errors[0]["message"]!).ShouldContain("xref table is broken");
        (await _work.ExportAsync()).ShouldContain("the good old text");
    }

    [Theory]
    [InlineData("""["no-such-program-here", "{file}"]""", "extractor.missing")]
    [InlineData("""["sleep", "300"]""", "extractor.timeout")]
    [InlineData("""["yes"]""", "extractor.too-large")]
    [InlineData("""["printf", "\\377"]""", "source.encoding")]
    public async Task Whatever_goes_wrong_fails_the_file_alone(string command, string code)
    {
        Configure($$"""[ { "glob": "*.pdf", "command": {{command}}, "timeoutSeconds": 1, "maxOutputBytes": 1000 } ]""");
        _work.Write("docs/a.pdf", "x").Write("docs/b.md", "# B\n");

        var outcome = (await _work.SyncAsync(3, "docs")).ShouldCount(added: 1);

        outcome.ErrorCodes.ShouldBe([code]);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_program_and_the_run()
    {
        Configure("""[ { "glob": "*.pdf", "command": ["./slow", "{file}"] } ]""");
        Script("slow", "sleep 300 & echo $! > child; wait");
        _work.Write("docs/a.pdf", "x");
        using var process = _work.Start("sync", "docs", "--json");
        var child = _work.PathOf("child");
        while (!File.Exists(child) || File.ReadAllText(child).Length == 0)
        {
            process.HasExited.ShouldBeFalse();
            await Task.Yield();
        }

        process.Interrupt();

        (await process.ExitAsync()).ShouldExit(130);
        var stat = $"/proc/{File.ReadAllText(child).Trim()}/stat";
        (!File.Exists(stat) || File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{ "glob": "*.pdf" }""", "'extractors' in")]
    [InlineData("""[ { "glob": "*.pdf" } ]""", "has no 'command'")]
    [InlineData("""[ { "command": ["cat"] } ]""", "has no 'glob'")]
    [InlineData("""[ { "glob": "*.pdf", "command": "pdftotext {file} -" } ]""", "'extractors[0].command'")]
    [InlineData("""[ { "glob": "*.pdf", "command": [] } ]""", "names no program")]
    [InlineData("""[ { "glob": "*.pdf", "command": ["pdftotext {file} -"] } ]""", "no shell")]
    [InlineData("""[ { "glob": "*.pdf", "command": ["cat"], "timeoutSecond": 3 } ]""", "timeoutSeconds")]
    [InlineData("""[ { "glob": "*.pdf", "command": ["cat"], "timeoutSeconds": 0 } ]""", "timeoutSeconds")]
    public async Task A_mistake_in_the_settings_is_named(string extractors, string named)
    {
        Configure(extractors);
        _work.Write("docs/a.pdf", "x");

        var error = (await _work.RunAsync("sync", "docs", "--json")).ShouldFail(2, "configuration.invalid");

        $"{error["message"]} {error["remedy"]}".ShouldContain(named);
        File.Exists(_work.PathOf(Workspace.Database)).ShouldBeFalse();
    }

    private void Configure(string extractors) => _work.Write("tidemark.json", $$"""{ "extractors": {{extractors}} }""");

    private void Script(string name, string body)
    {
        _work.Write(name, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_work.PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private int Runs() => File.ReadAllLines(_work.PathOf("runs")).Length;

    private static byte[] Word(string heading, string text, string title = "") => Package(
        $"<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>{heading}</w:t></w:r></w:p><w:p><w:r><w:t>{text}</w:t></w:r></w:p>",
        title);

    private static byte[] Package(string body, string title = "")
    {
        const string relation = "http://schemas.openxmlformats.org/";
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("_rels/.rels", $"<Relationships xmlns=\"{relation}package/2006/relationships\">"
                + $"<Relationship Id=\"a\" Type=\"{relation}officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>"
                + $"<Relationship Id=\"b\" Type=\"{relation}package/2006/relationships/metadata/core-properties\" Target=\"core.xml\"/>"
                + "</Relationships>");
            Add("core.xml", $"<coreProperties><title>{title}</title></coreProperties>");
            Add("word/document.xml", $"<w:document xmlns:w=\"{relation}wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>");

            void Add(string name, string text)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }
}
