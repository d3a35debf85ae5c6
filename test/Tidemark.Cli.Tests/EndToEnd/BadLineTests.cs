using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A bad line is named, counted, and never the reason that something is deleted.</summary>
public sealed class BadLineTests : IDisposable
{
    private const string Good = """{"id":"good","text":"good"}""";

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("cut off", "{\"id\":\"x\",\"text\":\"a\"")]
    [InlineData("not JSON", "hello")]
    [InlineData("not an object", "[1,2,3]")]
    [InlineData("a raw NUL", "{\"id\":\"x\",\"text\":\"a \0 b\"}")]
    [InlineData("two objects", "{\"id\":\"x\",\"text\":\"a\"} {\"id\":\"y\",\"text\":\"b\"}")]
    public async Task A_malformed_line_fails_alone_and_deletes_nothing(string what, string line)
    {
        _work.WriteLines("lines.jsonl", Good, """{"id":"kept","text":"kept"}""");
        await _work.SyncAsync("lines.jsonl", "--cleanup", "full");

        _work.WriteLines("lines.jsonl", Good, line, """{"id":"new","text":"new"}""");
        var outcome = await _work.SyncAsync(3, "lines.jsonl", "--cleanup", "full");

        ShouldNameLine2(outcome, what);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["good", "kept", "new"]);
    }

    [Theory]
    [InlineData("text of a wrong type", "\"text\":5")]
    [InlineData("no text", "\"title\":\"nothing to index\"")]
    [InlineData("metadata of a wrong type", "\"text\":\"a\",\"metadata\":\"none\"")]
    [InlineData("version of a wrong type", "\"text\":\"a\",\"version\":\"latest\"")]
    [InlineData("time of a wrong form", "\"text\":\"a\",\"modified_at\":\"yesterday\"")]
    [InlineData("a lone surrogate", "\"text\":\"a \\ud800 b\"")]
    public async Task A_line_that_cannot_be_taken_keeps_what_is_stored_of_its_document(string what, string fields)
    {
        _work.WriteLines("lines.jsonl", Good, """{"id":"kept","text":"kept"}""");
        await _work.SyncAsync("lines.jsonl", "--cleanup", "full");

        _work.WriteLines("lines.jsonl", Good, $$"""{"id":"kept",{{fields}} }""", """{"id":"new","text":"new"}""");
        var outcome = await _work.SyncAsync(3, "lines.jsonl", "--cleanup", "full");

        ShouldNameLine2(outcome, what);
        (await _work.RunAsync("export")).JsonLines.Select(l => (string)l["text"]!).ShouldBe(["good", "kept", "new"]);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_fail_alone()
    {
        byte[] content =
            [.. Encoding.UTF8.GetBytes(Good + "\n{\"id\":\"x\",\"text\":\"caf"), 0xE9, .. Encoding.UTF8.GetBytes("\"}\n")];
        _work.Write("lines.jsonl", content);

        var outcome = await _work.SyncAsync(3, "lines.jsonl");

        outcome.ShouldCount(added: 1);
        outcome.Failed.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_that_ends_inside_a_line_deletes_nothing()
    {
        _work.WriteLines("lines.jsonl", Good, """{"id":"kept","text":"kept"}""", """{"id":"cut","text":"whole"}""");
        await _work.SyncAsync("lines.jsonl", "--cleanup", "full");

        _work.Write("lines.jsonl", Good + "\n{\"id\":\"cut\",\"text\":\"unfin");
        var outcome = await _work.SyncAsync(3, "lines.jsonl", "--cleanup", "full");

        outcome.ShouldCount(skipped: 1);
        outcome.Failed.ShouldBe(1);
        var lines = (await _work.RunAsync("export")).JsonLines;
        lines.Select(l => (string)l["text"]!).ShouldBe(["whole", "good", "kept"]);
    }

    [Fact]
    public async Task A_last_line_without_an_end_is_a_line_and_blank_lines_are_none()
    {
        _work.Write("lines.jsonl", "\uFEFF" + Good + "\r\n\r\n   \n{\"id\":\"last\",\"text\":\"last\"}");

        (await _work.SyncAsync("lines.jsonl")).ShouldCount(added: 2).Seen.ShouldBe(2);
    }

    [Fact]
    public async Task A_very_long_line_fails_alone_or_is_taken_whole()
    {
        var text = string.Concat(Enumerable.Repeat("tide ", 4_000_000));
        _work.WriteLines("lines.jsonl", Good, $$"""{"id":"long","text":"{{text}}"}""", """{"id":"z","text":"z"}""");

        using var process = _work.Start("sync", "lines.jsonl", "--json");
        var outcome = new SyncOutcome(await process.FinishAsync());

        (outcome.Added + outcome.Failed).ShouldBe(3, outcome.Result.ToString());
        outcome.Result.ExitCode.ShouldBe(outcome.Failed == 0 ? 0 : 3);
        _work.Documents(await _work.ExportAsync()).ShouldContain("z");
        await _work.VerifyCleanAsync();
    }

    [Fact]
    public async Task An_id_that_another_source_holds_is_a_conflict()
    {
        _work.Write("docs/a.md", "the file\n");
        await _work.SyncAsync("docs");

        _work.WriteLines("lines.jsonl", """{"id":"docs/a.md","text":"an impostor"}""", Good);
        var outcome = await _work.SyncAsync(3, "lines.jsonl");

        outcome.ShouldCount(added: 1);
        outcome.ErrorCodes.ShouldBe(["source.conflict"]);
        (await _work.SyncAsync("docs")).ShouldCount(skipped: 1).ShouldBeNoOp();
    }

    private static void ShouldNameLine2(SyncOutcome outcome, string what)
    {
        outcome.ShouldCount(added: 1, skipped: 1);
        outcome.Failed.ShouldBe(1, what);
        outcome.Outcome.ShouldBe("partial");
        var error = outcome.Errors.ShouldHaveSingleItem();
        ((string)error["item"]!).ShouldContain("line 2");
        ((string)error["code"]!).ShouldStartWith("source.");
        ((string)error["remedy"]!).ShouldNotBeNullOrWhiteSpace();
    }
}
